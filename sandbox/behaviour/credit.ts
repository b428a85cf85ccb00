import type { Platform } from '../platform/platform';
import type { Allocation, Waba } from '../world/schema';

/** The line stays glued to the account; sending stops (meta §5.1, 131042). */
export function revokeFunding(platform: Platform, waba: Waba): void {
  if (!waba.funding) return;
  waba.funding.active = false;
  platform.effect('credit_revoked', { waba: waba.id, funding: waba.funding.id });
}

/** Revoking an allocation hits every WABA of that client (meta §5.1). */
export function revokeAllocation(platform: Platform, allocation: Allocation): void {
  allocation.status = 'DELETED';
  for (const waba of platform.world.wabas) {
    const { funding } = waba;
    if (funding?.kind === 'credit_line' && funding.allocationId === allocation.id)
      revokeFunding(platform, waba);
  }
}

/** The share of a line with a business, unless it was withdrawn. */
export function activeShare(
  platform: Platform,
  creditLineId: string,
  businessId: string,
): Allocation | undefined {
  return platform.world.allocations.find(
    (allocation) =>
      allocation.creditLineId === creditLineId &&
      allocation.receivingBusinessId === businessId &&
      allocation.status === 'CREATED',
  );
}

export function share(platform: Platform, creditLineId: string, receivingBusinessId: string): Allocation {
  const existing = activeShare(platform, creditLineId, receivingBusinessId);
  if (existing) return existing;
  const allocation: Allocation = {
    id: platform.newId(),
    creditLineId,
    receivingBusinessId,
    credentialId: platform.newId(),
    status: 'CREATED',
  };
  platform.world.allocations.push(allocation);
  platform.effect('credit_shared', {
    creditLine: creditLineId,
    business: receivingBusinessId,
    allocation: allocation.id,
  });
  return allocation;
}

export function attach(platform: Platform, waba: Waba, allocation: Allocation, currency: string): void {
  const earlier = waba.funding?.kind === 'credit_line' ? waba.funding.creditLineId : null;
  waba.funding = {
    kind: 'credit_line',
    id: allocation.credentialId,
    creditLineId: allocation.creditLineId,
    allocationId: allocation.id,
    active: true,
  };
  waba.currency = currency;
  platform.effect(
    'credit_attached',
    { waba: waba.id, creditLine: allocation.creditLineId, allocation: allocation.id },
    { earlier, currency },
  );
}
