/** What the trials about messages say, and how they look at what came of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import { z } from 'zod';
import { CarryoverProblem, type CarryoverClient, type Migration } from '../client';
import { SIGNALS } from '../shared/messages';
import { judge, type Expectation } from './oracle';
import { insistently, openPlayer, type Played } from './player';
import type { Random } from './random';
import type { Site } from './site';
import type { Outcome } from './trial';

export const DAY = 86_400_000;
export const from = (span: number): string => new Date(Date.now() + span).toISOString();

/** `done`, the verdict on a code, or the code of the refusal. What meets a server that is away is said again. */
export const answerTo = (call: () => Promise<unknown>): Promise<string> =>
  insistently(call).then(
    (answer) =>
      typeof answer === 'object' && answer !== null && 'outcome' in answer && 'guessesLeft' in answer
        ? String(answer.outcome)
        : 'done',
    (error: unknown) => {
      if (error instanceof CarryoverProblem) return error.code;
      throw error;
    },
  );

/** A code that nobody waits for is refused so, whatever its digits; a sentence when it is answered otherwise. */
export const unwantedCode = async (
  client: CarryoverClient,
  { id }: Pick<Played, 'id'>,
  refusal: 'migration_closed' | 'not_waiting_for_code',
): Promise<string[]> => {
  const answer = await answerTo(() => client.submitVerificationCode(id, '123456'));
  return answer === refusal
    ? []
    : [`${id}: a code that nobody waits for was answered with ${answer}, not ${refusal}`];
};

const waitsFor =
  (kind: string) =>
  (migration: Migration): boolean =>
    migration.waitingFor?.kind === kind;
export const atCode = waitsFor('submit_verification_code');

export const codeOf = async ({ platform }: Site, { family }: Played): Promise<string> => {
  const [message] = await platform.messages(family.phoneNumber);
  return message?.text.replace(/\D/g, '') ?? '';
};

export const anotherCode = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

export const signal = async (site: Site, { id }: Played, messageId: string, code: string): Promise<void> => {
  const message = {
    ...{ messageId, code, at: new Date().toISOString() },
    actor: { kind: 'system', name: 'sms-forwarder' },
  };
  await site.temporalClient.workflow
    .getHandle(id)
    .signal(SIGNALS.code, message)
    .catch((error: unknown) => {
      // It has ended meanwhile: nobody is there to hear it.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
};

/** All at once, each a moment of its own later. */
export const scattered = <T>(
  random: Random,
  withinMs: number,
  deeds: readonly (() => Promise<T>)[],
): Promise<T[]> =>
  Promise.all(
    random.shuffled([...deeds]).map(async (deed) => {
      const wait = random.int(0, withinMs);
      if (wait > 0) await sleep(wait);
      return deed();
    }),
  );

interface Entry {
  sequence: number | null;
  type: string;
  data: Record<string, unknown>;
}

const trailOf = async ({ store, tenant }: Site, { id }: Played): Promise<Entry[]> => {
  const found: Entry[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.events.list(tenant, id, {
      ...{ limit: 200, order: 'oldest' },
      ...(cursor === undefined ? {} : { cursor }),
    });
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
};

/** Every entry of this type, as often as it stands in the trail. */
export const entries = async (site: Site, played: Played, type: string): Promise<Entry[]> =>
  (await trailOf(site, played)).filter((entry) => entry.type === type);

const retoldSchema = z.object({ from: z.number(), count: z.number() });

/** Those that the trail itself names as told again (`events_retold`) count only where they stand under their new numbers. */
export const entriesOnce = async (site: Site, played: Played, type: string): Promise<Entry[]> => {
  const trail = await trailOf(site, played);
  const retold = trail
    .filter((entry) => entry.type === 'events_retold')
    .map(({ data }) => retoldSchema.parse(data));
  const isRetold = (sequence: number): boolean =>
    retold.some(({ from: first, count }) => sequence >= first && sequence < first + count);
  return trail.filter(
    (entry) => entry.type === type && !(entry.sequence !== null && isRetold(entry.sequence)),
  );
};

/** How often the platform was asked about a code of this number, wherever the number was announced. */
export const codesAskedAbout = async ({ platform }: Site, { destination }: Migration): Promise<number> => {
  const calls = await platform.requests('?method=POST');
  const { phoneNumberId } = destination;
  return calls.filter(
    ({ path, ids }) =>
      path === '/{phone}/verify_code' && phoneNumberId !== null && Object.values(ids).includes(phoneNumberId),
  ).length;
};

export const migrationsAt = async (site: Site, count: number, met: (migration: Migration) => boolean) => {
  const player = await openPlayer(site, { retries: 0, acts: (migration) => !met(migration) });
  const families = await site.families(count);
  const played = await Promise.all(families.map((family) => player.start(family)));
  await player.play(played, { withinMs: 90_000, met });
  return played;
};

export const toTheEnd = async (
  site: Site,
  played: readonly Played[],
  broken: string[],
  expectation: Expectation = {},
): Promise<Outcome> => {
  const startedAt = Date.now();
  await (await openPlayer(site)).play(played, { withinMs: 120_000 });
  const slowestRecoveryMs = Date.now() - startedAt;
  const judgement = await judge(site, played, expectation);
  return { tried: played.length, ...judgement, broken: [...broken, ...judgement.broken], slowestRecoveryMs };
};

export const killAndStart = async ({ workers }: Site): Promise<void> => {
  for (const worker of workers) await worker.kill();
  await Promise.all(workers.map((worker) => worker.start()));
};
