/** What must stand at the practice platform for what a migration says: that it is done, or that it was left behind. */
import { z } from 'zod';
import type { Migration } from '../client';
import { straightIds } from '../sandbox/world/straight-world';
import type { LedgerRow, TemplateReportRow } from '../shared/answers';
import { templateKey } from '../shared/template-report';
import type { PracticeEffect, PracticeWorld } from './practice-answers';
import { countedIn, type TrailEntry } from './trail';

/** What is known of a migration from both sides. */
export interface BothSides {
  readonly migration: Pick<Migration, 'destination' | 'steps' | 'leftInPlace' | 'attempt'>;
  readonly world: PracticeWorld;
  /** Of this migration's family only. */
  readonly effects: readonly PracticeEffect[];
  readonly subscriberId: string;
  readonly trail: readonly TrailEntry[];
  readonly templates: readonly TemplateReportRow[];
  readonly ledger: readonly LedgerRow[];
}

type Account = PracticeWorld['wabas'][number];

const isSubscribed = ({ subscribedApps }: Account): boolean =>
  subscribedApps.some(({ appId }) => appId === straightIds.appId);

const accountOf = ({ migration, world }: BothSides): Account | undefined =>
  world.wabas.find(({ id }) => id === migration.destination.wabaId);

const ARRIVED: readonly string[] = ['copied', 'recreated', 'rejected'];

/** Each template that is said to have arrived has, under its id, and nothing was left without a word. */
const templatesThere = ({ templates, migration }: BothSides, account: Account): string[] => {
  const there = new Map(
    account.templates.filter(({ status }) => status !== 'DELETED').map((one) => [one.id, one]),
  );
  const last = migration.steps.findLast(({ name }) => name === 'templates' || name === 'remaining_templates');
  const isDone = last?.status === 'done';
  return templates.flatMap(({ name, language, createAs, outcome, destinationId }) => {
    const key = templateKey({ name, language });
    if (outcome === 'pending') return isDone ? [`nothing is told of the template ${key}`] : [];
    if (!ARRIVED.includes(outcome)) return [];
    const found = there.get(destinationId ?? '');
    const wanted = templateKey({ name: createAs ?? name, language });
    return found !== undefined && templateKey(found) === wanted
      ? []
      : [`the template ${key} is told to be ${outcome}, and is not there`];
  });
};

const movedSchema = z.object({ moved: z.number(), adopted: z.number() });

const flowsThere = ({ trail, effects }: BothSides, account: Account): string[] =>
  countedIn(trail)
    .filter(({ type }) => type === 'flows_moved')
    .flatMap(({ data }) => {
      const { moved, adopted } = movedSchema.parse(data);
      const happened = effects.filter(({ kind }) => kind === 'flow_migrated').length;
      return moved > happened || moved + adopted > account.flows.length
        ? [
            `${String(moved)} flows are told to be moved and ${String(adopted)} found, ${String(happened)} were moved ` +
              `and ${String(account.flows.length)} are there`,
          ]
        : [];
    });

const MONEY = ['funding', 'payer_after'];

/** The line that pays is the one that every row of the ledger names. */
const fundingThere = ({ ledger }: BothSides, account: Account): string[] => {
  const fundingId = account.funding?.id ?? null;
  if (fundingId === null || account.funding?.active !== true)
    return ['it is migrated, and nothing pays at its account'];
  return ledger
    .filter(({ kind }) => MONEY.includes(kind))
    .filter(({ evidence }) => evidence['fundingId'] !== fundingId)
    .map(
      ({ kind, evidence }) =>
        `the ledger’s ${kind} names ${String(evidence['fundingId'])}, and ${fundingId} pays`,
    );
};

/** What a migrated migration has done is there, whatever its report says. */
export const lackingThere = (sides: BothSides): string[] => {
  const account = accountOf(sides);
  if (account === undefined) return ['it is migrated, and its account is not there'];
  return [
    ...(isSubscribed(account) ? [] : ['it is migrated, and the app is not subscribed to its account']),
    ...fundingThere(sides, account),
    ...templatesThere(sides, account),
    ...flowsThere(sides, account),
  ];
};

/** Of each kind that a migration may leave behind: whether it stands there, and whether the migration has put it there. */
const STANDING: Readonly<Record<string, (sides: BothSides) => { stands: boolean; isOurs: boolean }>> = {
  announced_number: ({ world, subscriberId, migration, effects }) => ({
    stands: world.records.some(
      (record) =>
        record.subscriberId === subscriberId &&
        record.wabaId === migration.destination.wabaId &&
        record.status === 'PENDING' &&
        !record.vanished,
    ),
    // In the popup it is the client who announces it.
    isOurs: effects.some(({ kind, requestSeq }) => kind === 'announced' && requestSeq !== null),
  }),
  copied_templates: ({ effects }) => {
    const isOurs = effects.some(({ kind }) => kind === 'template_copied' || kind === 'template_created');
    return { stands: isOurs, isOurs };
  },
  credit_line: (sides) => ({
    stands: accountOf(sides)?.funding?.kind === 'credit_line',
    isOurs: sides.effects.some(({ kind }) => kind === 'credit_attached'),
  }),
  subscribed_app: (sides) => {
    const account = accountOf(sides);
    return {
      stands: account !== undefined && isSubscribed(account),
      isOurs: sides.effects.some(({ kind }) => kind === 'app_subscribed'),
    };
  },
  migration_intent: ({ effects }) => {
    const isOurs = effects.some(({ kind }) => kind === 'intent_set');
    return { stands: isOurs, isOurs };
  },
};

/** `leftInPlace` of one that ended without the number, held against what stands there. */
export const leftThere = (sides: BothSides): string[] => {
  const { migration } = sides;
  return Object.entries(STANDING).flatMap(([kind, look]) => {
    const left = migration.leftInPlace.find((one) => one.kind === kind);
    const { stands, isOurs } = look(sides);
    if (left === undefined) {
      // What an earlier attempt has left stands among its own leftovers.
      return stands && isOurs && migration.attempt === 1
        ? [`${kind} of this migration stands there, and leftInPlace does not say so`]
        : [];
    }
    const isCertain = left.text?.key.endsWith('.uncertain') !== true;
    return isCertain && !stands ? [`leftInPlace names ${kind}, and it does not stand there`] : [];
  });
};
