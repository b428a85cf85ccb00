import type { Platform } from '../platform/platform';
import { appOf, solutionOf } from '../world/lookups';
import type { Solution } from '../world/partner-schema';
import { wabaSchema, type App, type Business, type Waba, type World } from '../world/schema';
import { tellPartner } from '../webhooks/queue';

/** The businesses that run an app: its owner, or those of its system users. */
export function businessesBehind(world: World, app: App): string[] {
  if (app.businessId !== null) return [app.businessId];
  const partners = world.tokens.filter((token) => token.appId === app.id && token.kind === 'system');
  return [...new Set(partners.map((token) => token.businessId))];
}

export function appsOfSolution(world: World, solution: Solution): App[] {
  return [solution.ownerAppId, ...solution.partnerAppIds]
    .map((id) => appOf(world, id))
    .filter((app) => app !== null);
}

export interface NewAccount {
  readonly name: string;
  readonly reviewStatus?: Waba['reviewStatus'];
  readonly currency?: string;
  readonly timezoneId?: string;
  readonly funded?: boolean;
}

/** An account in a portfolio, which it never leaves (meta §12.7). Nobody else has access to it yet. */
export function makeAccount(platform: Platform, business: Business, asked: NewAccount): Waba {
  const waba = wabaSchema.parse({
    id: platform.newId(),
    name: asked.name,
    businessId: business.id,
    reviewStatus: asked.reviewStatus ?? 'APPROVED',
    createdAt: platform.now(),
    ...(asked.currency === undefined ? {} : { currency: asked.currency }),
    ...(asked.timezoneId === undefined ? {} : { timezoneId: asked.timezoneId }),
    funding: asked.funded === true ? { kind: 'card', id: platform.newId() } : null,
  });
  platform.world.wabas.push(waba);
  platform.state.owners[waba.id] = business.id;
  platform.effect('account_made', { waba: waba.id, business: business.id });
  return waba;
}

/** Gives the partners behind these apps the account: their system users are on it, their tokens of this client see it. */
export function shareAccount(platform: Platform, waba: Waba, apps: readonly App[]): void {
  const { world } = platform;
  for (const app of apps) {
    for (const businessId of businessesBehind(world, app)) {
      if (!waba.sharedWith.includes(businessId)) waba.sharedWith.push(businessId);
    }
    for (const token of world.tokens) {
      if (token.appId !== app.id) continue;
      const ofClient = token.businessId === waba.businessId || token.targetIds.includes(waba.businessId);
      if (token.kind !== 'system' && !ofClient) continue;
      if (!token.targetIds.includes(waba.id)) token.targetIds.push(waba.id);
      if (token.kind === 'system') assign(waba, token.userId, token.name, token.businessId);
    }
    platform.effect('account_shared', { waba: waba.id, app: app.id, business: waba.businessId });
  }
}

function assign(waba: Waba, id: string, name: string, businessId: string): void {
  if (waba.assignedUsers.some((user) => user.id === id)) return;
  waba.assignedUsers.push({ id, name, businessId, tasks: ['MANAGE', 'DEVELOP'] });
}

/** `PARTNER_ADDED`, and `PARTNER_APP_INSTALLED` as the knob `signupTells` says (meta §8.2). */
export function tellAccountAdded(platform: Platform, waba: Waba, apps: readonly App[]): void {
  const { signupTells } = platform.world.knobs;
  const solution = waba.solutionId === null ? null : solutionOf(platform.world, waba.solutionId);
  for (const app of apps) {
    const info = {
      waba_id: waba.id,
      owner_business_id: waba.businessId,
      partner_app_id: app.id,
      ...(solution
        ? {
            solution_id: solution.id,
            solution_partner_business_ids: appsOfSolution(platform.world, solution).flatMap((partner) =>
              businessesBehind(platform.world, partner),
            ),
          }
        : {}),
    };
    if (signupTells === 'both' || signupTells === 'partner_added') {
      tellPartner(platform, app, waba.businessId, { event: 'PARTNER_ADDED', waba_info: info });
    }
    if (signupTells === 'both' || signupTells === 'app_installed') {
      tellPartner(platform, app, waba.businessId, { event: 'PARTNER_APP_INSTALLED', waba_info: info });
    }
  }
}
