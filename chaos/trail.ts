/** The audit trail, held against itself and against what the practice platform says has happened. */
import { z } from 'zod';
import type { Migration } from '../client';
import { isClosed } from './player';
import type { PracticeEffect } from './practice-answers';
import type { Site } from './site';

export interface TrailEntry {
  /** Null: not told by the workflow, such as a look at a secret. */
  readonly sequence: number | null;
  readonly type: string;
  readonly step: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Oldest first. */
export const readTrail = async ({ store, tenant }: Site, migrationId: string): Promise<TrailEntry[]> => {
  const entries: TrailEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.events.list(tenant, migrationId, {
      ...{ limit: 200, order: 'oldest' },
      ...(cursor === undefined ? {} : { cursor }),
    });
    entries.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return entries;
};

const retoldSchema = z.object({ from: z.number(), count: z.number() });

/** Told again under new numbers, because a worker's death or a late workflow task left it open which had been told. */
const retoldIn = (entries: readonly TrailEntry[]): Set<number> =>
  new Set(
    entries
      .filter(({ type }) => type === 'events_retold')
      .flatMap(({ data }) => {
        const { from, count } = retoldSchema.parse(data);
        return Array.from({ length: count }, (_, at) => from + at);
      }),
  );

/** Without what `events_retold` takes back. */
export const countedIn = (entries: readonly TrailEntry[]): TrailEntry[] => {
  const retold = retoldIn(entries);
  return entries.filter(({ sequence }) => sequence === null || !retold.has(sequence));
};

/** Without a gap, with nothing twice, and with one end of each attempt. */
export const gapsIn = (
  entries: readonly TrailEntry[],
  migration: Pick<Migration, 'state' | 'attempt'>,
): string[] => {
  const told: string[] = [];
  const retold = retoldIn(entries);
  const sequences = entries.flatMap(({ sequence }) => (sequence === null ? [] : [sequence]));
  const known = new Set(sequences);
  if (known.size !== sequences.length) told.push('the trail tells an event twice');
  const lacking = Array.from({ length: Math.max(0, ...sequences) }, (_, index) => index + 1).filter(
    (sequence) => !known.has(sequence) && !retold.has(sequence),
  );
  if (lacking.length > 0) told.push(`the trail lacks the events ${lacking.join(', ')}`);
  const closings = countedIn(entries).filter(({ type }) => type === 'closed').length;
  if (isClosed(migration) && closings !== migration.attempt)
    told.push(
      `the trail tells ${String(closings)} times that it closed, after ${String(migration.attempt)} attempts`,
    );
  return told;
};

interface Telling {
  readonly effect: string;
  readonly events: readonly string[];
  /** Whether an event says that this migration did it, rather than that it was found done. */
  readonly saysDone: (entry: TrailEntry) => boolean;
  /** Steps that do it once more when they are led back to. */
  readonly steps: readonly string[];
}

/** How each effect is told; an event of acceptance is a second look at what the steps before it did. */
const TELLINGS: readonly Telling[] = [
  {
    ...{ effect: 'app_subscribed', events: ['app_subscribed'], steps: ['destination'] },
    saysDone: ({ data }) => data['alreadySubscribed'] === false,
  },
  {
    ...{ effect: 'credit_attached', events: ['funding_attached'], steps: ['funding'] },
    saysDone: ({ data }) => data['payer'] === 'partner_credit' && data['alreadyAttached'] === false,
  },
  {
    effect: 'announced',
    events: ['number_announced', 'signup_finished'],
    steps: ['announcement', 'destination'],
    saysDone: ({ type, data }) => type === 'signup_finished' || data['adopted'] === false,
  },
  {
    effect: 'code_verified',
    events: ['ownership_verified'],
    steps: ['ownership', 'announcement', 'destination'],
    saysDone: ({ data }) => data['how'] === 'code' || data['how'] === 'signup',
  },
  {
    ...{ effect: 'registered', events: ['registered'], steps: [] },
    saysDone: ({ data }) => data['outcome'] === 'registered',
  },
  { effect: 'connected', events: ['connected'], steps: [], saysDone: () => true },
  {
    ...{ effect: 'intent_set', events: ['intent_set'], steps: ['destination'] },
    saysDone: ({ data }) => data['adopted'] === false,
  },
];

const stepsSchema = z.object({ steps: z.array(z.string()) });

/** How often steps that do it were led back to. */
const reopenings = (entries: readonly TrailEntry[], steps: readonly string[]): number =>
  entries.filter(
    ({ type, data }) =>
      type === 'steps_reopened' && stepsSchema.parse(data).steps.some((step) => steps.includes(step)),
  ).length;

/**
 * What happened is told, once each, and what is told to have been done has happened.
 * @param entries the whole trail, as `readTrail` answers it.
 * @param effects of this migration's family only.
 */
export const untrueIn = (
  entries: readonly TrailEntry[],
  effects: readonly PracticeEffect[],
  { outcome, attempt }: Pick<Migration, 'outcome' | 'attempt'>,
): string[] => {
  const counted = countedIn(entries);
  // The number was there before it could be registered: nothing is told of what somebody else has done.
  const isFound = counted.some(({ type }) => type === 'found_at_destination');
  return TELLINGS.flatMap(({ effect, events, saysDone, steps }) => {
    const happened = effects.filter(({ kind }) => kind === effect).length;
    const telling = counted.filter(({ type, step }) => events.includes(type) && step !== 'acceptance');
    const most = Math.max(1, happened) + attempt - 1 + reopenings(counted, steps);
    const name = events.join(' or ');
    return [
      ...(outcome === 'migrated' && !isFound && happened > 0 && telling.length === 0
        ? [`${effect} happened, and the trail tells no ${name}`]
        : []),
      ...(telling.length > most
        ? [`the trail tells ${name} ${String(telling.length)} times, and ${String(most)} at most can be`]
        : []),
      ...(happened === 0 && telling.some(saysDone)
        ? [`the trail tells ${name}, and ${effect} never happened`]
        : []),
    ];
  });
};
