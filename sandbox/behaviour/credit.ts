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
