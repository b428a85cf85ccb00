/** Every call of every route meets everything that can go wrong with a call. */
import type { Migration } from '../../../client';
import { judge } from '../../oracle';
import { describe, openPlayer, type Played } from '../../player';
import type { PracticeRequest } from '../../practice-answers';
import type { Random } from '../../random';
import type { Site } from '../../site';
import type { Outcome } from '../../trial';
import { callsOf } from '../calls';
import type { Way } from '../ways';
import { casesOf, isAnybodys, isSlow, ordealsOf, ruleOf, type Case, type Ordeal } from './cases';

export interface Extent {
  readonly ways: readonly Way[];
  /** Which of the cases; all by default. */
  readonly only?: (one: Case) => boolean;
  /** How many ordeals at most, drawn by the seed; all by default. */
  readonly atMost?: number;
  /** No ordeal is begun after so long. */
  readonly beginWithinMs: number;
}

/** So many migrations at once keep two cores busy; one that takes long holds up those of its lane only. */
const LANES = 2;
const AT_ONCE = 6;
/** Of those that are waited for long. */
const SLOW_AT_ONCE = 20;
/** A call for templates that hangs is given up after 200 s, one that registers is followed by reads, and rests, before the next. */
const OVERCOME_WITHIN_MS = 380_000;

interface Overcome {
  readonly played: Played;
  readonly ordeal: Ordeal;
  readonly rules: readonly { readonly id: string; readonly one: Case }[];
  readonly ended: Migration;
}

export const matrix = async (site: Site, random: Random, extent: Extent): Promise<Outcome> => {
  const begun = Date.now();
  const measured: { way: Way; calls: Awaited<ReturnType<typeof callsOf>> }[] = [];
  for (const way of extent.ways) measured.push({ way, calls: await callsOf(site, way) });
  const cases = casesOf(measured, random).filter(extent.only ?? (() => true));
  const ordeals = ordealsOf(cases, random).slice(0, extent.atMost);
  const mayBegin = (): boolean => Date.now() - begun < extent.beginWithinMs;
  // Those that are waited for long begin first, all together; the others pass them by.
  const slow = ordeals.filter((each) => each.cases.some(isSlow));
  const quick = ordeals.filter((each) => !slow.includes(each));
  const overcome = (
    await Promise.all([
      undergo(site, slow.slice(0, SLOW_AT_ONCE)),
      inTurns(quick, mayBegin, (some) => undergo(site, some)),
    ])
  ).flat();
  // What another fault of the same migration kept from happening is met by itself, with the first call.
  const unmetFirst = await unmet(site, overcome);
  const again = unmetFirst
    .filter((one) => !isAnybodys(one))
    .map((one): Ordeal => ({
      way: one.way,
      cases: [{ ...one, nth: 1 }],
    }));
  const alone = again.length === 0 ? [] : await undergo(site, again);
  const neverMet = await unmet(site, alone);
  const outcome = await outcomeOf(site, [...overcome, ...alone], ordeals);
  return {
    ...outcome,
    tried: outcome.tried - again.length,
    figures: {
      ...outcome.figures,
      'met by nobody, because the answer was known': unmetFirst.filter(isAnybodys).length,
    },
    broken: [...outcome.broken, ...neverMet.map((one) => `met no call: ${nameOf(one)}`)],
  };
};

const unmet = async (site: Site, overcome: readonly Overcome[]): Promise<Case[]> => {
  const met = new Set(
    (await site.platform.faults()).filter(({ applied }) => applied > 0).map(({ id }) => id),
  );
  return overcome.flatMap(({ rules }) => rules.filter(({ id }) => !met.has(id)).map(({ one }) => one));
};

const nameOf = ({ kind, call, nth }: Case): string =>
  `${kind.name} at ${call.method} ${call.path} (${String(nth)})`;

const inTurns = async (
  all: readonly Ordeal[],
  mayBegin: () => boolean,
  run: (some: readonly Ordeal[]) => Promise<Overcome[]>,
): Promise<Overcome[]> => {
  const left = [...all];
  const done: Overcome[] = [];
  const lane = async (): Promise<void> => {
    while (left.length > 0 && mayBegin()) done.push(...(await run(left.splice(0, AT_ONCE))));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return done;
};

const undergo = async (site: Site, ordeals: readonly Ordeal[]): Promise<Overcome[]> => {
  const player = await openPlayer(site, { retries: 6 });
  const families = await site.families(ordeals.length, (index) => ordeals[index]?.way.family ?? {});
  const under = families.flatMap((family, index) => {
    const ordeal = ordeals[index];
    return ordeal === undefined ? [] : [{ family, ordeal }];
  });
  const started = await Promise.all(
    under.map(async ({ family, ordeal }) => {
      const rules = await Promise.all(
        ordeal.cases.map(async (one) => ({ ...(await site.platform.fault(ruleOf(one, family))), one })),
      );
      return { ordeal, rules, played: await player.start(family, ordeal.way.patch(family)) };
    }),
  );
  const deadline = Date.now() + OVERCOME_WITHIN_MS;
  // Who is late is judged as it stands then, with what it went through.
  const ended = await player.play(
    started.map(({ played }) => played),
    { withinMs: OVERCOME_WITHIN_MS + 30_000, met: () => Date.now() > deadline },
  );
  return started.flatMap((each) => {
    const migration = ended.get(each.played.id);
    return migration === undefined ? [] : [{ ...each, ended: migration }];
  });
};

const outcomeOf = async (
  site: Site,
  overcome: readonly Overcome[],
  ordeals: readonly Ordeal[],
): Promise<Outcome> => {
  // What is still under way changes while it is looked at: it is told as late, and that is all.
  const isLate = ({ ended: { state } }: Overcome): boolean =>
    !['completed', 'aborted', 'failed', 'blocked'].includes(state);
  const late = overcome.filter(isLate).map(({ ended }) => `was to be migrated by now: ${describe(ended)}`);
  const judgement = await judge(
    site,
    overcome.filter((each) => !isLate(each)).map(({ played }) => played),
  );
  const requests = await site.platform.requests();
  const cases = overcome.flatMap(({ rules }) => rules);
  const told = new Map(overcome.map((each) => [each.played.id, sufferings(each)]));
  return {
    ...judgement,
    tried: cases.length,
    broken: [...late, ...judgement.broken].map((sentence) => withSufferings(sentence, told)),
    slowestRecoveryMs: Math.max(0, ...overcome.map((each) => recoveryOf(each, requests))),
    figures: {
      migrations: overcome.length,
      'kinds of calls': new Set(cases.map(({ one }) => `${one.call.method} ${one.call.path}`)).size,
      'kinds of faults': new Set(cases.map(({ one }) => one.kind.name)).size,
      'cases left for another seed': leftFor(ordeals, overcome),
    },
  };
};

const leftFor = (ordeals: readonly Ordeal[], overcome: readonly Overcome[]): number => {
  const begun = new Set(overcome.map(({ ordeal }) => ordeal));
  return ordeals.filter((each) => !begun.has(each)).flatMap(({ cases }) => cases).length;
};

const sufferings = ({ rules }: Overcome): string => rules.map(({ one }) => nameOf(one)).join(', ');

const withSufferings = (sentence: string, told: ReadonlyMap<string, string>): string => {
  const id = [...told.keys()].find((each) => sentence.includes(each));
  return id === undefined ? sentence : `${sentence} [${told.get(id) ?? ''}]`;
};

/** From the last call that went wrong to the end of the migration. */
const recoveryOf = ({ rules, ended }: Overcome, requests: readonly PracticeRequest[]): number => {
  const ids = new Set(rules.map(({ id }) => id));
  const last = requests.findLast(({ fault }) => fault !== null && ids.has(fault));
  return last === undefined ? 0 : Date.parse(ended.updatedAt) - Date.parse(last.wallAt);
};
