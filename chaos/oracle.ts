/**
 * What must be true of every migration when it has come to rest, whatever was done to it on the way. Reads the practice
 * platform's own account of what happened to it, and holds it against what Carryover says. Answers in sentences.
 */
import { CarryoverProblem, type CarryoverClient, type Migration } from '../client';
import type { LedgerRow, TemplateReportRow } from '../shared/answers';
import { QUERIES } from '../shared/messages';
import type { Effects } from './effects';
import { readEffects } from './effects';
import { wrongInLedger } from './ledger-rows';
import { describe, insistently, isClosed, type Played } from './player';
import { uncountedRegistrations } from './register-attempts';
import type { Site } from './site';
import { lackingThere, leftThere, type BothSides } from './standing-there';
import { gapsIn, readTrail, untrueIn } from './trail';

export interface Expectation {
  /** A sentence when it did not end as it should; by default it must be migrated, with its number live. */
  ending?: (migration: Migration, played: Played) => string | null;
}

export interface Judgement {
  broken: string[];
  /** Calls made again that could have had an effect. */
  repeated: number;
  /** Effects whose reply nobody got, and that are there once all the same. */
  adopted: number;
}

const AT_ONCE = 6;

/** Unless it is told otherwise: the number has moved. */
const migrated = (migration: Migration): string | null =>
  migration.state === 'completed' && migration.outcome === 'migrated'
    ? null
    : `was to be migrated: ${describe(migration)}`;

/** It may end any way that is an end, or wait: parked with a remedy, or for what a named party has been asked to do. */
export const endedOrParked = (migration: Migration): string | null => {
  if (isClosed(migration)) return null;
  const { state, steps, tasks, waitingFor } = migration;
  const isParked =
    state === 'blocked' &&
    steps.some(({ status, error }) => status === 'blocked' && error !== null && error.remedy !== '');
  const isAsked = tasks.some(
    ({ status, blocking, kind, party }) =>
      status === 'open' && blocking && kind === waitingFor?.kind && party === waitingFor.party,
  );
  const isWaiting = state === 'waiting' && isAsked && waitingFor?.party !== 'system';
  return isParked || isWaiting ? null : `neither ended nor says whom it waits for: ${describe(migration)}`;
};

/** A replay begins when nothing of the earlier attempt can be under way any more. */
export const waitsForItsTurn = ({ attempt, state, steps }: Migration): boolean =>
  attempt > 1 &&
  state === 'running' &&
  steps.every(({ status }) => status === 'pending' || status === 'done');

/** @param played all that were started at the site and are to be judged. */
export const judge = async (
  site: Site,
  played: readonly Played[],
  { ending = migrated }: Expectation = {},
): Promise<Judgement> => {
  const backend = await site.client('backend');
  const effects = await readEffects(site, played);
  const broken = [...effects.violations, ...(await uncountedRegistrations(site, played, effects.all))];
  const waiting = [...played];
  const worker = async (): Promise<void> => {
    for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
      const told = await judgeOne(site, backend, effects, each, ending);
      broken.push(...told.map((sentence) => `${each.id} (${each.family.name}): ${sentence}`));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { broken, repeated: effects.repeated, adopted: effects.adopted };
};

const judgeOne = async (
  site: Site,
  backend: CarryoverClient,
  effects: Effects,
  played: Played,
  ending: NonNullable<Expectation['ending']>,
): Promise<string[]> => {
  const migration = await insistently(() => backend.getMigration(played.id));
  const isMigrated = migration.outcome === 'migrated';
  const ended = ending(migration, played);
  return [
    ...(ended === null ? [] : [ended]),
    ...effects.troubleWith(played, isMigrated),
    ...(isMigrated ? await numberIsLive(effects, backend, migration, played) : []),
    ...(await sidesAgree(site, backend, effects, migration, played)),
    ...(await claimIsRight(site, migration)),
    ...(await startIsIdempotent(backend, played)),
    ...(await documentIsCurrent(site, migration)),
  ];
};

const numberIsLive = async (
  effects: Effects,
  backend: CarryoverClient,
  migration: Migration,
  { family }: Played,
): Promise<string[]> => {
  const live = effects.world.records.filter(
    ({ subscriberId, live: isLive }) => isLive && subscriberId === family.subscriberId,
  );
  const [record] = live;
  const { wabaId, phoneNumberId } = migration.destination;
  const told: string[] = [];
  const isThere = record?.wabaId === wabaId && record.id === phoneNumberId;
  if (live.length !== 1 || !isThere)
    told.push(
      `the number is live at ${live.map((one) => `${one.wabaId}/${one.id}`).join(', ') || 'no account'}, ` +
        `not at ${String(wabaId)}/${String(phoneNumberId)} as the migration says`,
    );
  const there = effects.world.subscribers.find(({ id }) => id === family.subscriberId)?.twoStep;
  try {
    const pin = await insistently(() => backend.revealTwoStepPin(migration.id, 'compared with the platform'));
    if (there?.pin !== pin) told.push('the PIN that is revealed is not the one of the platform');
  } catch (error) {
    if (!(error instanceof CarryoverProblem)) throw error;
    // Found registered: which PIN it has cannot be known, and a task says so.
    const isSaid = migration.tasks.some(({ kind }) => kind === 'set_two_step_pin');
    if (error.code !== 'pin_unknown' || !isSaid) told.push(`the PIN is not revealed: ${error.code}`);
  }
  return told;
};

/** What the platform, the trail, the ledger and the reports say of each other. */
const sidesAgree = async (
  site: Site,
  backend: CarryoverClient,
  effects: Effects,
  migration: Migration,
  played: Played,
): Promise<string[]> => {
  const [verdict, trail, ledger, templates] = await Promise.all([
    site.store.events.verifyChain(migration.id),
    readTrail(site, migration.id),
    insistently(() => backend.getBilling(migration.id)),
    templatesOf(backend, migration),
  ]);
  const own = effects.of(played);
  const sides: BothSides = {
    ...{ migration, trail, templates, world: effects.world, effects: own },
    ...{ subscriberId: played.family.subscriberId, ledger: ledger.items },
  };
  const isMigrated = migration.outcome === 'migrated';
  const isGivenUp = migration.state === 'aborted' || migration.state === 'failed';
  return [
    ...(verdict.ok ? [] : [`the audit trail is broken at ${String(verdict.brokenAt)}: ${verdict.why}`]),
    ...gapsIn(trail, migration),
    ...untrueIn(trail, own, migration),
    ...twiceIn(ledger.items),
    ...(isMigrated ? wrongInLedger(ledger.items, migration, played.body) : []),
    ...(isMigrated ? lackingThere(sides) : []),
    ...(isGivenUp ? leftThere(sides) : []),
  ];
};

const templatesOf = async (client: CarryoverClient, { id }: Migration): Promise<TemplateReportRow[]> => {
  const rows: TemplateReportRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await insistently(() => client.getTemplates(id, { limit: 200, cursor }));
    rows.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
};

const twiceIn = (rows: readonly LedgerRow[]): string[] => {
  const seen = new Set<string>();
  const twice = rows.filter(({ kind, side, payer, from, to, evidence }) => {
    const row = JSON.stringify({ kind, side, payer, from, to, evidence });
    return seen.has(row) || !seen.add(row);
  });
  return twice.map(({ kind, side }) => `the ledger has the row ${kind} of the ${side} twice`);
};

const claimIsRight = async ({ store }: Site, migration: Migration): Promise<string[]> => {
  const holder = await store.claims.holder(migration.phoneNumber);
  if (isClosed(migration))
    return holder?.migrationId === migration.id ? ['it is closed and still holds the number'] : [];
  return holder?.migrationId === migration.id ? [] : ['it is open and does not hold its number'];
};

const startIsIdempotent = async (client: CarryoverClient, { id, key, body }: Played): Promise<string[]> => {
  const again = await insistently(() => client.startMigration(body, { idempotencyKey: key }));
  return again.id === id ? [] : [`the same start again made another migration, ${again.id}`];
};

/** What the database shows is what the workflow knows: nothing is still under way, and nothing got lost. */
const documentIsCurrent = async (site: Site, migration: Migration): Promise<string[]> => {
  // A replay keeps still until nothing of the earlier attempt can be under way; its document is new until then.
  if (migration.attempt > 1 && migration.revision === 0) return [];
  const { workflow } = site.temporalClient;
  const known = await insistently(() => workflow.getHandle(migration.id).query<Migration>(QUERIES.migration));
  // The one thing that is said of a migration when its workflow has ended.
  const settled = (await readTrail(site, migration.id)).filter(({ type }) => type === 'left_number_settled');
  return known.revision + settled.length === migration.revision && known.state === migration.state
    ? []
    : [
        `the database has revision ${String(migration.revision)} (${migration.state}), ` +
          `the workflow ${String(known.revision)} (${known.state})`,
      ];
};
