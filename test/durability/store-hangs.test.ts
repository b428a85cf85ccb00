import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporal as proto } from '@temporalio/proto';
import { CarryoverProblem, createCarryoverClient, type Migration } from '../../client';
import { startMongoServer, type MongoServer } from '../../scripts/servers/mongo-server';
import { QUERIES, SIGNALS, UPDATES, type CodeVerdict, type UpdateArguments } from '../../shared/messages';
import { atEndOfFile } from '../support/after-each-file';
import { runsOf } from '../support/aftermath';
import { isClosed, openJourney, type Journey } from '../support/journey';
import { eventually } from './eventually';

const REGISTER = '/{phone}/register';
const { EventType } = proto.api.enums.v1;

let folder: string;
let mongo: MongoServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-durability-'));
  atEndOfFile(() => rm(folder, { recursive: true, force: true }));
  mongo = await startMongoServer({ folder });
  atEndOfFile(() => mongo.process.stop());
});

const hang = (): void => void process.kill(mongo.process.pid, 'SIGSTOP');
const goOn = (): void => void process.kill(mongo.process.pid, 'SIGCONT');
afterEach(goOn);

const openPlant = (database: string): Promise<Journey> =>
  openJourney({ templates: 1, stage: { mongo: mongo.uri(database) } });

/** The migration as its workflow knows it; needs no database. */
const present = ({ stage }: Journey, id: string): Promise<Migration> =>
  stage.temporal.workflow.getHandle(id).query<Migration>(QUERIES.migration);

/** As a forwarder with access to Temporal does it: past the HTTP server, which needs the database. */
const handInPastTheServer = ({ stage }: Journey, id: string, code: string): Promise<CodeVerdict> =>
  stage.temporal.workflow
    .getHandle(id)
    .executeUpdate<CodeVerdict, [UpdateArguments['submitCode']]>(UPDATES.submitCode, {
      updateId: randomUUID(),
      args: [{ ...aMessage(), code }],
    });

const aMessage = () => ({
  messageId: randomUUID(),
  actor: { kind: 'operator' as const, name: 'forwarder' },
  at: new Date().toISOString(),
});

/** A client that takes the first answer for the last. */
const impatient = ({ stage }: Journey) =>
  createCarryoverClient({ baseUrl: stage.url, apiKey: stage.apiKey('backend'), tries: 1 });

const expectAway = async (call: Promise<unknown>): Promise<void> => {
  const answer = await call.catch((error: unknown) => error);
  expect(answer).toBeInstanceOf(CarryoverProblem);
  expect(answer).toMatchObject({ status: 503, code: 'temporarily_unavailable' });
  expect(String(answer)).toContain('the database is away');
};

/** Every event in the trail, once and in order; the document says what the workflow says. */
const expectNothingLost = async (journey: Journey, id: string): Promise<void> => {
  const { stage, people } = journey;
  const moved = await journey.until(id, isClosed, 120_000);
  expect(moved).toMatchObject({ state: 'completed', outcome: 'migrated' });
  expect(await people.effects('registered')).toHaveLength(1);
  expect(await people.invariants()).toMatchObject({ ok: true, violations: [] });
  const { items } = await stage.store.events.list('acme', id, { limit: 200, order: 'oldest' });
  const sequences = items.flatMap(({ sequence }) => (sequence === null ? [] : [sequence]));
  expect(sequences).toEqual(sequences.map((_sequence, index) => index + 1));
  expect(items.filter(({ type }) => type === 'closed')).toHaveLength(1);
  expect(await stage.store.events.verifyChain(id)).toEqual({ ok: true, length: items.length });
  const known = await present(journey, id);
  expect(moved).toMatchObject({ revision: known.revision, cutover: known.cutover, steps: known.steps });
  expect(await stage.store.claims.holder(moved.phoneNumber)).toBeNull();
  const pin = stage.sandbox.world().subscribers[0]?.twoStep.pin;
  expect(await stage.client.revealTwoStepPin(id, 'the test compares it')).toBe(pin);
};

/** How long each workflow task took, in milliseconds: while it runs, no update is answered. */
const taskTimes = async ({ stage }: Journey, id: string): Promise<number[]> => {
  const runs = await runsOf(stage, id);
  const millis = (time: { seconds?: unknown; nanos?: number | null } | null | undefined): number =>
    Number(time?.seconds ?? 0) * 1_000 + (time?.nanos ?? 0) / 1e6;
  return runs.flatMap(({ history: { events } }) => {
    const started = new Map(
      (events ?? [])
        .filter(({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED)
        .map(({ eventId, eventTime }) => [String(eventId), millis(eventTime)]),
    );
    return (events ?? []).flatMap(({ eventTime, workflowTaskCompletedEventAttributes: completed }) => {
      const from = started.get(String(completed?.startedEventId));
      return from === undefined ? [] : [millis(eventTime) - from];
    });
  });
};

test('with MongoDB hanging a code is verified; the registration waits, because its PIN must be stored before', async () => {
  const journey = await openPlant('hang-before-code');
  const { id } = await journey.start();
  const code = await journey.codeFor(id);
  hang();
  expect(await handInPastTheServer(journey, id, code)).toMatchObject({ outcome: 'verified' });
  await eventually('the step registration', async () => (await present(journey, id)).step === 'registration');
  await expectAway(impatient(journey).getMigration(id));
  expect(await journey.people.effects('register_attempt')).toEqual([]);
  goOn();
  await expectNothingLost(journey, id);
  // An unbounded flush holds a task back until Temporal's own limit of ten seconds, again and again.
  expect(Math.max(...(await taskTimes(journey, id)))).toBeLessThan(5_000);
}, 180_000);

test('R21: with MongoDB hanging from the registration on, the number goes live and is accepted all the same; its PIN is confirmed late', async () => {
  const journey = await openPlant('hang-after-register');
  const { id } = await journey.start();
  await journey.people.fault({
    match: { path: REGISTER },
    action: { type: 'delay', ms: 1_500, when: 'after' },
  });
  await journey.handInCode(id);
  await eventually('the registration', async () => (await journey.people.effects('registered')).length === 1);
  hang();
  const live = await eventually('the number to be live', async () => {
    const migration = await present(journey, id);
    return migration.cutover.connectedAt === null ? null : migration;
  });
  expect(live.registerAttemptedAt).not.toBeNull();
  expect(await journey.people.effects('connected')).toHaveLength(1);
  const accepted = await eventually('acceptance', async () => {
    const migration = await present(journey, id);
    return migration.steps.some(({ name, status }) => name === 'acceptance' && status === 'done')
      ? migration
      : null;
  });
  expect(accepted.acceptance.filter(({ ok, required }) => required && !ok)).toEqual([]);
  goOn();
  await expectNothingLost(journey, id);
}, 180_000);

test('while MongoDB is dead the server says so; the client of the library hands its code in as soon as it is back', async () => {
  const journey = await openPlant('dies-in-a-wait');
  const { id } = await journey.start();
  const code = await journey.codeFor(id);
  const port = Number(new URL(mongo.uri('any')).port);
  process.kill(mongo.process.pid, 'SIGKILL');
  await mongo.process.ended;
  await expectAway(impatient(journey).submitVerificationCode(id, code));
  await expectAway(impatient(journey).startMigration(journey.body()));
  const handedIn = journey.stage.client.submitVerificationCode(id, code);
  mongo = await startMongoServer({ folder, port });
  expect(await handedIn).toMatchObject({ outcome: 'verified' });
  await expectNothingLost(journey, id);
}, 180_000);

test('chaos, seed 7: a message that comes while a run ends makes Temporal drop its last workflow task, and nothing of that is told twice', async () => {
  const journey = await openPlant('hangs-while-a-run-ends');
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const { id } = await journey.start({ cutover: { notBefore: inDays(5) } });
  await journey.until(id, ({ state, step }) => state === 'waiting' && step === 'window');
  const handle = journey.stage.temporal.workflow.getHandle(id);
  const { runId: firstRun } = await handle.describe();
  const reasons = Array.from({ length: 6 }, (_, n) => `no. ${String(n)}`);
  for (const [n, reason] of reasons.entries()) {
    let isAnswered = false;
    hang();
    const moved = handle
      .executeUpdate<Migration, [UpdateArguments['reschedule']]>(UPDATES.reschedule, {
        args: [{ ...aMessage(), reason, notBefore: inDays(6 + n), notAfter: inDays(7 + n) }],
      })
      .finally(() => {
        isAnswered = true;
      });
    await eventually('the workflow task of the message, or its end', async () => {
      const { raw } = await handle.describe();
      return isAnswered || raw.pendingWorkflowTask?.startedTime != null;
    });
    // By then the history is long enough for a new run.
    if (n === 3) await handle.signal(SIGNALS.code, { ...aMessage(), code: '123456' });
    goOn();
    await moved;
  }
  await eventually('a new run', async () => (await handle.describe()).runId !== firstRun);
  await journey.stage.client.abort(id, 'enough');
  await journey.until(id, isClosed);
  const { items } = await journey.stage.store.events.list('acme', id, { limit: 200, order: 'oldest' });
  const told = items.filter(({ type }) => type === 'rescheduled').map(({ data }) => data['reason']);
  expect(told).toEqual(reasons);
  expect(items.filter(({ type }) => type === 'message_dropped')).toHaveLength(1);
  expect(items.map(({ type }) => type)).not.toContain('events_retold');
}, 180_000);
