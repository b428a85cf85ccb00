/**
 * What other people do at the platform while a migration waits for its code: between the check and the registration.
 * The migration waits for whoever must act, and goes on when that party has acted.
 */
import type { Migration } from '../../../client';
import { endedOrParked, judge } from '../../oracle';
import { describe, isClosed, openPlayer, type Played } from '../../player';
import type { Site } from '../../site';
import type { Outcome } from '../../trial';

interface Turn {
  readonly name: string;
  /** What happens; the migration is in the middle of its way. */
  readonly happens: (site: Site, played: Played) => Promise<unknown>;
  /** A code that must be told, as a step's error, a finding or a task; null: the migration mends it by itself. */
  readonly told: RegExp | null;
  /** The oracle's words about what has to be done anew, because it was undone. */
  readonly happensAgain?: RegExp;
  /** What the party that is named does about it; `never`: there is nothing to be done, and it ends without the number. */
  readonly mended: ((site: Site, played: Played) => Promise<unknown>) | 'by itself' | 'never';
}

const number = ({ family }: Played): { number: string } => ({ number: family.subscriberId });
const act =
  (name: string, input: (played: Played) => Record<string, unknown>) =>
  (site: Site, played: Played): Promise<unknown> =>
    site.platform.act(name, input(played));
const destination = ({ family }: Played): { wabaId: string | null } => ({ wabaId: family.destinationWabaId });

/** The client's system user makes a new token, and the backend stores it under the same name. */
const newToken = async (site: Site, { family }: Played): Promise<void> => {
  const { name, value } = family.tokens.destination;
  const fresh = `${value}-new`;
  const old = (await site.platform.world()).tokens.find((token) => token.name === name);
  await site.platform.add({ tokens: [{ ...old, name: `${name} new`, value: fresh, expiresAt: null }] });
  await (await site.client()).putCredential(name, fresh);
};

export const TURNS: readonly Turn[] = [
  {
    name: 'the token expires',
    happens: act('expire-token', ({ family }) => ({ token: family.tokens.destination.name })),
    told: /TOKEN|CREDENTIAL/i,
    mended: newToken,
  },
  {
    name: 'two-step verification is switched on again',
    happens: act('two-step-on', number),
    told: /TWO_STEP/i,
    mended: act('two-step-off', number),
  },
  {
    name: 'the display name is declined',
    happens: act('decline-name', number),
    told: /DISPLAY_NAME/i,
    mended: act('approve-name', number),
  },
  {
    name: 'the destination account is refused',
    happens: act('review-decision', (played) => ({ ...destination(played), decision: 'REJECTED' })),
    told: /DESTINATION_ACCOUNT/i,
    mended: act('review-decision', (played) => ({ ...destination(played), decision: 'APPROVED' })),
  },
  {
    name: 'the number is restricted',
    happens: act('set-status', (played) => ({ ...number(played), status: 'RESTRICTED' })),
    told: /NOT_LIVE|CANNOT_SEND/i,
    mended: act('set-status', (played) => ({ ...number(played), status: 'CONNECTED' })),
  },
  {
    name: 'somebody unsubscribes the app',
    happens: act('unsubscribe-app', destination),
    told: null,
    mended: 'by itself',
    happensAgain: /app_subscribed happened 2 times/,
  },
  {
    name: 'an admin removes the announced number',
    happens: act('remove-pending-number', number),
    told: null,
    mended: 'by itself',
    happensAgain: /announced happened 2 times/,
  },
  {
    name: 'somebody else takes the number',
    happens: act('move-away', number),
    told: /DIFFERENT_BUSINESS|MOVED|NOT_LIVE/i,
    mended: 'never',
  },
];

const AT_THE_CODE_WITHIN_MS = 60_000;
const TELLS_WITHIN_MS = 45_000;
const MENDED_WITHIN_MS = 60_000;

const waitsForCode = ({ waitingFor }: Migration): boolean => waitingFor?.kind === 'submit_verification_code';

/** Everything by which a migration says what is wrong now. */
const wordsOf = ({ outcome, steps, tasks, findings }: Migration): string =>
  [
    ...steps.flatMap(({ error }) => (error === null ? [] : [error.code])),
    ...tasks.filter(({ status, blocking }) => status === 'open' && blocking).map(({ kind }) => kind),
    ...findings.filter(({ severity }) => severity === 'blocker').map(({ code }) => code),
    String(outcome),
  ].join(' ');

export const worldsTurns = async (site: Site): Promise<Outcome> => {
  const families = await site.families(TURNS.length);
  const player = await openPlayer(site, { acts: (migration) => !waitsForCode(migration) });
  const turns = await Promise.all(
    TURNS.map(async (turn, index) => {
      const family = families[index];
      if (family === undefined) throw new Error('too few families');
      return { turn, played: await player.start(family) };
    }),
  );
  const all = turns.map(({ played }) => played);
  const turnOf = new Map(turns.map(({ turn, played }) => [played.id, turn]));
  await player.play(all, { withinMs: AT_THE_CODE_WITHIN_MS, met: waitsForCode });
  for (const { turn, played } of turns) await turn.happens(site, played);

  const told = new Set<string>();
  const hasTold = (migration: Migration): boolean => {
    const turn = turnOf.get(migration.id);
    if (turn === undefined || turn.told === null || !turn.told.test(wordsOf(migration))) return false;
    told.add(migration.id);
    return true;
  };
  const patience = Date.now() + TELLS_WITHIN_MS;
  const unaware = await openPlayer(site, { retries: 0 });
  const seen = await unaware.play(all, {
    withinMs: 2 * TELLS_WITHIN_MS,
    met: (migration) => hasTold(migration) || Date.now() > patience,
  });
  for (const { turn, played } of turns)
    if (typeof turn.mended === 'function') await turn.mended(site, played);
  const helped = turns.filter(({ turn }) => turn.mended !== 'never').map(({ played }) => played);
  const deadline = Date.now() + MENDED_WITHIN_MS;
  await (
    await openPlayer(site, { retries: 6 })
  ).play(helped, { withinMs: 2 * MENDED_WITHIN_MS, met: () => Date.now() > deadline });

  const judgement = await judge(site, all, {
    ending: (migration, { id }) => {
      const turn = turnOf.get(id);
      if (turn?.mended === 'never')
        return migration.outcome === 'migrated'
          ? 'moved a number that is not there any more'
          : endedOrParked(migration);
      return isClosed(migration) && migration.outcome === 'migrated'
        ? null
        : `was to be migrated: ${describe(migration)}`;
    },
  });
  const silent = turns.flatMap(({ turn, played }) => {
    const migration = seen.get(played.id);
    return turn.told === null || told.has(played.id) || migration === undefined
      ? []
      : [`${played.id}: ${turn.name}, and it does not say so: ${describe(migration)}`];
  });
  const named = judgement.broken.flatMap((sentence) => {
    const [, turn] = [...turnOf].find(([id]) => sentence.includes(id)) ?? [];
    if (turn?.happensAgain?.test(sentence) === true) return [];
    return turn === undefined ? [sentence] : [`${sentence} [${turn.name}]`];
  });
  return { ...judgement, tried: turns.length, broken: [...silent, ...named] };
};
