/** Migrations that wait for their window while the server is flooded: what is decided about them, and what they are told. */
import { setTimeout as sleep } from 'node:timers/promises';
import { entries, DAY, from } from '../../saying';
import { insistently, isClosed, type Played, type Player } from '../../player';
import type { Random } from '../../random';
import type { Site } from '../../site';
import type { Answered, Question, Questions } from './callers';
import type { Receipts } from './receipts';

/** Fewer than a migration may be told of at once: what comes faster is told later, which is another promise. */
const WEBHOOKS_EACH = 2;
const DECISIONS_EACH = 4;
const ARRIVES_WITHIN_MS = 90_000;
const TOLD_WITHIN_MS = 60_000;
const LOOK_MS = 500;

export interface Waiting {
  readonly played: readonly Played[];
  /** Each is to be repeated until it is accepted, as Meta and a backend do. */
  readonly deeds: readonly Question[];
  /** What is amiss when `accepted` of the deeds were answered with 2xx. */
  verify(accepted: readonly Answered[], receipts: () => Promise<Receipts>): Promise<string[]>;
  /** Nobody waits any longer. */
  abort(): Promise<void>;
}

/** Resolves when each waits for its window, days away. */
export const openWaiting = async (
  site: Site,
  player: Player,
  { questions, random, count }: { questions: Questions; random: Random; count: number },
): Promise<Waiting> => {
  const cutover = { notBefore: from(5 * DAY) };
  const played = await Promise.all(
    (await site.families(count)).map((family) => player.start(family, { cutover })),
  );
  await player.play(played, {
    withinMs: ARRIVES_WITHIN_MS,
    met: ({ state, step }) => state === 'waiting' && step === 'window',
  });
  const told = new Map(
    played.map(({ id, family }) => [id, webhooksAbout(questions, family.destinationWabaId)]),
  );
  const decided = new Map(played.map(({ id }) => [id, decisionsAbout(questions, id)]));
  const verifyOne = async (
    each: Played,
    kept: Receipts,
    accepted: ReadonlySet<string>,
  ): Promise<string[]> => {
    const found = (await entries(site, each, 'rescheduled')).map(({ data }) => String(data['reason']));
    const broken = (decided.get(each.id) ?? []).flatMap(({ about }) => {
      const times = found.filter((reason) => reason === about).length;
      return times > 1 || (times === 0 && accepted.has(about))
        ? [`${each.id}: ${about} was decided once and stands in the trail ${String(times)} times`]
        : [];
    });
    const own = (told.get(each.id) ?? []).filter(({ about }) => accepted.has(about));
    const hints = (await entries(site, each, 'platform_hinted')).map(({ data }) => data['receiptId']);
    const rows = own.flatMap(({ about }) => kept.get(about) ?? []);
    if (rows.some(({ fate }) => fate === null))
      broken.push(`${each.id}: a webhook about it was accepted and has been shown to nobody`);
    if (own.length > 0 && !rows.some(({ id }) => hints.includes(id)))
      broken.push(`${each.id}: ${String(own.length)} webhooks about it were accepted, and it was not told`);
    return broken;
  };
  return {
    played,
    deeds: random.shuffled([...told.values(), ...decided.values()].flat()),
    verify: async (answers, receipts) => {
      const accepted = new Set(answers.map(({ question }) => question.about));
      const deadline = Date.now() + TOLD_WITHIN_MS;
      for (;;) {
        const kept = await receipts();
        const broken = (await Promise.all(played.map((each) => verifyOne(each, kept, accepted)))).flat();
        if (broken.length === 0 || Date.now() > deadline) return broken;
        await sleep(LOOK_MS);
      }
    },
    abort: async () => {
      const client = await site.client('backend');
      for (const { id } of played) {
        const idempotencyKey = `${id}/abort`;
        await insistently(() => client.abort(id, 'the flood is over', { idempotencyKey }));
        while (!isClosed(await insistently(() => client.getMigration(id)))) await sleep(LOOK_MS);
      }
    },
  };
};

const webhooksAbout = (questions: Questions, account: string | null): Question[] =>
  account === null ? [] : Array.from({ length: WEBHOOKS_EACH }, (_, n) => questions.webhook(account, n));

const decisionsAbout = (questions: Questions, id: string): Question[] =>
  Array.from({ length: DECISIONS_EACH }, (_, n) =>
    questions.reschedule(id, {
      ...{ notBefore: from((6 + n) * DAY), notAfter: from((7 + n) * DAY) },
      reason: `flood no. ${String(n)} of ${id}`,
    }),
  );
