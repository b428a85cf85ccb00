import { migrationError, GraphError } from '../graph/errors';
import type { MigrationErrorName } from '../graph/error-texts';
import type { Platform } from '../platform/platform';
import { appOf, businessOf, ownerOf, solutionOf, wabaOf } from '../world/lookups';
import type { Intent, Solution } from '../world/partner-schema';
import type { App, Business, NumberRecord, Waba } from '../world/schema';
import { tellSolution } from '../webhooks/queue';
import { forgets } from './announcement';
import {
  appsOfSolution,
  businessesBehind,
  makeAccount,
  shareAccount,
  tellAccountAdded,
} from './partner-access';

const isOpen = (intent: Intent): boolean => intent.status === 'INITIATED' || intent.status === 'ACCEPTED';

/** 2593079 and 2593085 (meta §2.3); as code or as sub-code, a knob says. */
export function intentRefused(platform: Platform, name: MigrationErrorName): GraphError {
  const error = migrationError(name, 100);
  const { subcode, ...parts } = error.parts;
  if (platform.world.knobs.intentErrorAs === 'subcode' || subcode === undefined) return error;
  return new GraphError({ ...parts, code: subcode, message: `(#${String(subcode)}) Invalid parameter` });
}

/**
 * Marks an account for a move to another solution, or off one to an app (meta §2.3). An account has one open intent.
 *
 * @returns the new intent; the open one when it says the same and the knob `intentRepeated` is `same`.
 */
export function setIntent(
  platform: Platform,
  source: Waba,
  target: Intent['target'],
  byAppId: string,
): Intent {
  const open = platform.world.intents.find((intent) => intent.sourceWabaId === source.id && isOpen(intent));
  if (open && !forgets(platform, 'one_open_intent')) {
    const same = JSON.stringify(open.target) === JSON.stringify(target);
    if (same && platform.world.knobs.intentRepeated === 'same') return open;
    throw intentRefused(platform, 'marked_already');
  }
  if (!canMove(platform, source)) throw intentRefused(platform, 'not_mobile');
  const intent: Intent = {
    id: platform.newId(),
    sourceWabaId: source.id,
    target,
    status: 'INITIATED',
    destinationWabaId: null,
    byAppId,
    createdAt: platform.now(),
  };
  platform.world.intents.push(intent);
  platform.effect('intent_set', { waba: source.id, intent: intent.id, app: byAppId });
  return intent;
}

/** An account in good order that no longer is on anybody's behalf (meta §0, §2.3). */
function canMove(platform: Platform, source: Waba): boolean {
  return (
    source.reviewStatus === 'APPROVED' &&
    source.ownershipType !== 'ON_BEHALF_OF' &&
    source.obo === null &&
    ownerOf(platform.world, source).verificationStatus === 'verified'
  );
}

/**
 * An admin of the client answers in Business settings. Accepted: the platform makes the destination account in the same
 * portfolio and shares it with the destination side (meta §2.3). Only an open request can be answered.
 */
export function decideIntent(
  platform: Platform,
  intent: Intent,
  decision: 'accept' | 'reject',
  account: { readonly funded?: boolean; readonly reviewStatus?: Waba['reviewStatus'] } = {},
): Waba | null {
  const source = wabaOf(platform.world, intent.sourceWabaId);
  if (!source) throw new Error(`intent ${intent.id} has no source`);
  intent.status = decision === 'accept' ? 'ACCEPTED' : 'REJECTED';
  platform.effect('intent_decided', { intent: intent.id, waba: source.id }, { decision });
  if (decision === 'reject') {
    tell(platform, intent);
    return null;
  }
  const apps = destinationApps(platform, intent);
  const waba = makeAccount(platform, ownerOfDestination(platform, source, apps), {
    name: source.name,
    currency: source.currency,
    timezoneId: source.timezoneId,
    ...account,
  });
  waba.solutionId = intent.target.kind === 'solution' ? intent.target.solutionId : null;
  intent.destinationWabaId = waba.id;
  shareAccount(platform, waba, apps);
  tellAccountAdded(platform, waba, apps);
  tell(platform, intent);
  return waba;
}

/** The client, always; a platform told to forget that gives it to the partner. */
function ownerOfDestination(platform: Platform, source: Waba, apps: readonly App[]): Business {
  const client = ownerOf(platform.world, source);
  if (!forgets(platform, 'intent_owner')) return client;
  const [partner] = apps.flatMap((app) => businessesBehind(platform.world, app));
  return businessOf(platform.world, partner ?? '') ?? client;
}

function destinationApps(platform: Platform, intent: Intent): App[] {
  if (intent.target.kind === 'app') {
    const app = appOf(platform.world, intent.target.appId);
    return app ? [app] : [];
  }
  const solution = solutionOf(platform.world, intent.target.solutionId);
  return solution ? appsOfSolution(platform.world, solution) : [];
}

export const solutionOfIntent = (platform: Platform, intent: Intent): Solution | null =>
  intent.target.kind === 'solution' ? solutionOf(platform.world, intent.target.solutionId) : null;

/** `partner_solutions`: which moments send it is not documented (knob `intentTells`). */
function tell(platform: Platform, intent: Intent): void {
  const solution = solutionOfIntent(platform, intent);
  if (!solution || !platform.world.knobs.intentTells) return;
  for (const app of appsOfSolution(platform.world, solution)) {
    for (const businessId of businessesBehind(platform.world, app)) {
      tellSolution(platform, app, businessId, {
        event: 'SOLUTION_UPDATED',
        solution_id: solution.id,
        solution_status: solution.status,
      });
    }
  }
}

/** The last number has left the source: the intent is done (meta §2.3). */
export function completeIntents(platform: Platform, record: NumberRecord): void {
  const { world } = platform;
  for (const intent of world.intents) {
    if (intent.status !== 'ACCEPTED' || intent.destinationWabaId !== record.wabaId) continue;
    const left = world.records.some(
      (other) =>
        other.wabaId === intent.sourceWabaId &&
        !other.vanished &&
        (other.status === 'CONNECTED' || other.live),
    );
    if (left) continue;
    intent.status = 'COMPLETED';
    platform.effect('intent_completed', {
      intent: intent.id,
      waba: record.wabaId,
      sourceWaba: intent.sourceWabaId,
    });
    tell(platform, intent);
  }
}
