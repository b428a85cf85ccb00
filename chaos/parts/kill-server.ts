/** The server is killed between what it stores, what it says and what it answers. */
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import { z } from 'zod';
import type { Migration } from '../../client';
import { QUERIES, RECONCILE_SCHEDULE_ID } from '../../shared/messages';
import { judge } from '../oracle';
import { insistently, openPlayer, requestOf, type Played, type Player } from '../player';
import type { Site } from '../site';
import type { Outcome } from '../trial';
import { killAndStart } from './server-death';

const LOOK_EVERY_MS = 50;
const WITHIN_MS = 60_000;
/** Reconcile leaves a start that is younger to the server that accepted it (activities/reconcile). */
const HALF_STARTED_AFTER_MS = 61_000;

interface Case {
  readonly played: readonly Played[];
  readonly broken: readonly string[];
  /** What is asked again later: a server that died holds its keys for half a minute. Answers in sentences. */
  readonly askAgain?: () => Promise<string[]>;
}

const until = async <T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> => {
  const deadline = Date.now() + WITHIN_MS;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (Date.now() > deadline) throw new Error(`never came: ${what}`);
    await sleep(LOOK_EVERY_MS);
  }
};

const present = ({ temporalClient }: Site, id: string): Promise<Migration> =>
  temporalClient.workflow.getHandle(id).query<Migration>(QUERIES.migration);

/** Stored, and the workflow not started: some ask again, the others never do. */
const betweenStoreAndStart = async (site: Site): Promise<Case> => {
  const families = await site.families(4);
  const backend = await site.client('backend', { tries: 1 });
  site.server.gates.temporal.hold();
  const starts = families.map((family) => {
    const key = `start-${family.name}-0`;
    backend.startMigration(requestOf(family), { idempotencyKey: key }).catch(() => undefined);
    return { family, key, body: requestOf(family) };
  });
  const stored = await Promise.all(
    starts.map(async (start) => {
      const { phoneNumber } = start.family;
      const id = await until('the stored migration', async () => {
        const { items } = await site.store.migrations.search(site.tenant, { phoneNumber }, { limit: 1 });
        return items[0]?.id;
      });
      return { ...start, id };
    }),
  );
  const missed = (await startedAmong(site, stored)).map(({ id }) => `${id}: started before the server died`);
  await killAndStart(site);
  // The others never ask again.
  const asking = stored.slice(0, 2);
  const askAgain = async (): Promise<string[]> => {
    const broken: string[] = [];
    for (const { id, key, body } of asking) {
      const again = await insistently(() => backend.startMigration(body, { idempotencyKey: key }));
      if (again.id !== id) broken.push(`${id}: the repeated start made ${again.id}`);
    }
    return broken;
  };
  return { played: stored, broken: missed, askAgain };
};

const startedAmong = async ({ temporalClient }: Site, stored: readonly Played[]): Promise<Played[]> => {
  const known = await Promise.all(
    stored.map(({ id }) =>
      temporalClient.workflow
        .getHandle(id)
        .describe()
        .then(
          () => true,
          (error: unknown) => {
            if (error instanceof WorkflowNotFoundError) return false;
            throw error;
          },
        ),
    ),
  );
  return stored.filter((_, index) => known[index]);
};

/** The update is under way in the worker: the verdict is collected by whoever asks again with the same key. */
const betweenUpdateAndAnswer = async (site: Site, player: Player): Promise<Case> => {
  const families = await site.families(2);
  const played = await Promise.all(families.map((family) => player.start(family)));
  const waits = ({ waitingFor }: Migration) => waitingFor?.kind === 'submit_verification_code';
  await player.play(played, { withinMs: WITHIN_MS, met: waits });
  const backend = await site.client('backend', { tries: 1 });
  const handIns = await Promise.all(
    played.map(async ({ id, family }) => {
      const [message] = await site.platform.messages(family.phoneNumber);
      const code = (message?.text ?? '').replace(/\D/g, '');
      await site.platform.fault({
        match: { path: '/{phone}/verify_code', id: family.businessId },
        action: { type: 'hold', when: 'after' },
      });
      const handIn = () => backend.submitVerificationCode(id, code, { idempotencyKey: `${id}/once` });
      handIn().catch(() => undefined);
      return { id, handIn };
    }),
  );
  await until('the held verdicts', async () =>
    (await site.platform.faults()).every(({ holding }) => holding > 0),
  );
  await killAndStart(site);
  await site.platform.removeFaults();
  const askAgain = async (): Promise<string[]> => {
    const broken: string[] = [];
    for (const { id, handIn } of handIns) {
      const answer = await until('the verdict', async () => {
        const { outcome } = await insistently(handIn);
        return outcome === 'pending' ? null : outcome;
      });
      if (answer !== 'verified') broken.push(`${id}: the verdict that was collected is ${answer}`);
    }
    return broken;
  };
  return { played, broken: [], askAgain };
};

/** Meta has been told "received": the news reaches the migration although nobody else says it. */
const betweenWebhookAndRouting = async (site: Site, player: Player): Promise<Case> => {
  const families = await site.families(2, { twoStepOn: true, sourceSubscribed: true });
  const played = await Promise.all(families.map((family) => player.start(family)));
  const isAsked = ({ waitingFor }: Migration) => waitingFor?.kind === 'two_step_verification_enabled';
  await player.play(played, { withinMs: WITHIN_MS, met: isAsked });
  site.server.gates.temporal.hold();
  for (const { family } of played) await site.platform.act('two-step-off', { number: family.subscriberId });
  const webhooks = z.object({ items: z.array(z.object({ status: z.string() })) });
  await until('the delivered webhooks', async () =>
    webhooks
      .parse(await site.platform.call('GET', 'webhooks'))
      .items.every(({ status }) => status !== 'pending'),
  );
  await killAndStart(site);
  const broken: string[] = [];
  for (const { id } of played)
    await until('the step after two-step verification', async () => !isAsked(await present(site, id))).catch(
      () => broken.push(`${id}: the webhook that was received never reached it`),
    );
  return { played, broken };
};

export const killServer = async (site: Site): Promise<Outcome> => {
  const player = await openPlayer(site);
  const startedAt = Date.now();
  const cases: Case[] = [await betweenStoreAndStart(site)];
  site.note('killed between storing and starting');
  cases.push(await betweenUpdateAndAnswer(site, player));
  site.note('killed between an update and its answer');
  // Nobody reports what only the webhook tells.
  const silent = await openPlayer(site, {
    acts: ({ waitingFor }) => waitingFor?.party !== 'source_provider',
  });
  cases.push(await betweenWebhookAndRouting(site, silent));
  site.note('killed between a webhook and its routing');
  await sleep(Math.max(0, startedAt + HALF_STARTED_AFTER_MS - Date.now()));
  const said: string[] = [];
  for (const { askAgain } of cases) said.push(...((await askAgain?.()) ?? []));
  site.note('asked again');
  await site.temporalClient.schedule.getHandle(RECONCILE_SCHEDULE_ID).trigger();
  const played = cases.flatMap((each) => [...each.played]);
  await player.play(played, { withinMs: 2 * WITHIN_MS });
  const judged = await judge(site, played);
  return {
    ...{ tried: played.length, repeated: judged.repeated, adopted: judged.adopted },
    broken: [...cases.flatMap((each) => each.broken), ...said, ...judged.broken],
  };
};
