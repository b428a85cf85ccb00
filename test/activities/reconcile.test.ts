/** `reconcile`: what ended from outside, what was never started, what keeps failing. Real Temporal, real MongoDB. */
import { Client, Connection } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { Db } from 'mongodb';
import { pino } from 'pino';
import { createReconcileActivities } from '../../activities/reconcile';
import type { MigrationInput } from '../../shared/messages';
import type { Migration } from '../../shared/migration';
import { SEARCH_ATTRIBUTES } from '../../shared/search-attributes';
import { startMigrationWorkflow } from '../../shared/start-workflow';
import type { Store } from '../../store';
import { aMigration, inputOf, openTestStore, startOf } from '../store/world';
import { atEndOfFile } from '../support/after-each-file';
import { temporalAddress } from '../support/servers';

/** Nobody listens here, so that an execution stays as the test left it. */
const TASK_QUEUE = `reconcile-test-${String(process.pid)}`;
const TWO_MINUTES_MS = 120_000;

let store: Store;
let raw: Db;
let client: Client;

beforeAll(async () => {
  ({ store, raw } = await openTestStore('reconcile'));
  const connection = await Connection.connect({ address: temporalAddress() });
  atEndOfFile(() => connection.close());
  client = new Client({ connection });
});

const reconcile = () => {
  const activities = createReconcileActivities({
    store,
    client,
    taskQueue: TASK_QUEUE,
    graphFor: () => Promise.reject(new Error('reconcile calls no platform')),
    appId: null,
    clock: () => new Date(Date.now() + TWO_MINUTES_MS),
    logger: pino({ level: 'silent' }),
  });
  const environment = new MockActivityEnvironment({ startToCloseTimeoutMs: 60_000 });
  return environment.run(activities.reconcileExecutions);
};

const stored = async (
  change: Partial<Migration> = {},
): Promise<{ migration: Migration; input: MigrationInput }> => {
  const migration = aMigration(change);
  expect(await store.migrations.start(startOf(migration))).toEqual({ kind: 'started' });
  return { migration, input: inputOf(migration) };
};

const running = async (change: Partial<Migration> = {}): Promise<Migration> => {
  const { migration, input } = await stored(change);
  await startMigrationWorkflow(client, input, { taskQueue: TASK_QUEUE });
  await store.migrations.markStarted(migration.id);
  atEndOfFile(() =>
    client.workflow
      .getHandle(migration.id)
      .terminate('end of the test')
      .catch(() => undefined),
  );
  return migration;
};

test('a running migration is left alone', async () => {
  const migration = await running();
  expect(await reconcile()).toEqual({ closed: 0, started: 0, stuck: [] });
  expect(await store.migrations.get('acme', migration.id)).toMatchObject({ state: 'running' });
});

test('a terminated migration is closed as failed and its number is free again', async () => {
  const migration = await running();
  await client.workflow.getHandle(migration.id).terminate('somebody did it');
  expect(await reconcile()).toMatchObject({ closed: 1 });
  expect(await store.migrations.get('acme', migration.id)).toMatchObject({
    state: 'failed',
    outcome: 'terminated',
  });
  expect(await store.claims.holder(migration.phoneNumber)).toBeNull();
  expect(await reconcile()).toMatchObject({ closed: 0 });
});

test('a migration terminated after the registration was attempted is blocked on the operator, not failed', async () => {
  const migration = await running({ step: 'registration', registerAttemptedAt: '2026-11-22T12:00:00.000Z' });
  await client.workflow.getHandle(migration.id).terminate('somebody did it');
  expect(await reconcile()).toMatchObject({ closed: 1 });
  expect(await store.migrations.get('acme', migration.id)).toMatchObject({
    state: 'blocked',
    waitingFor: { party: 'operator' },
  });
});

test('a migration whose execution the server no longer knows is closed', async () => {
  const { migration } = await stored();
  await store.migrations.markStarted(migration.id);
  expect(await reconcile()).toMatchObject({ closed: 1, started: 0 });
  expect(await store.migrations.get('acme', migration.id)).toMatchObject({ state: 'failed' });
});

test('a start that a dying server left half done is finished once, and says nothing about the number', async () => {
  const { migration } = await stored();
  expect(await reconcile()).toEqual({ closed: 0, started: 1, stuck: [] });
  expect(await reconcile()).toEqual({ closed: 0, started: 0, stuck: [] });

  const description = await client.workflow.getHandle(migration.id).describe();
  expect(description.status.name).toBe('RUNNING');
  expect(description.taskQueue).toBe(TASK_QUEUE);
  expect(description.memo ?? {}).toEqual({});
  const attributes = description.typedSearchAttributes;
  expect(attributes.get(SEARCH_ATTRIBUTES.Tenant)).toBe('acme');
  expect(attributes.get(SEARCH_ATTRIBUTES.SourceProvider)).toBe('acme-bsp');
  expect(attributes.get(SEARCH_ATTRIBUTES.CountryCode)).toBe('55');
  expect(attributes.get(SEARCH_ATTRIBUTES.MigrationState)).toBe('running');
  expect(attributes.get(SEARCH_ATTRIBUTES.WaitingFor)).toBe('nobody');
  const summary = await description.staticSummary();
  expect(summary).toContain('acme-bsp');
  expect(`${String(summary)}${JSON.stringify(attributes)}`).not.toContain(migration.phoneNumber.slice(-8));
  await client.workflow.getHandle(migration.id).terminate('end of the test');
  await reconcile();
});

test('a half-done start that cannot be read is reported, and the others are finished all the same', async () => {
  const { migration: lost } = await stored();
  const { migration: whole } = await stored();
  const inputs = raw.collection<{ _id: string }>('migrations');
  await inputs.updateOne({ _id: lost.id }, { $set: { 'input.keyId': 'gone', openedAt: new Date(0) } });
  expect(await reconcile()).toEqual({ closed: 0, started: 1, stuck: [lost.id] });
  await client.workflow.getHandle(whole.id).terminate('end of the test');
  await inputs.updateOne({ _id: lost.id }, { $set: { input: null } });
  await reconcile();
});

test('a start whose execution exists already is only noted', async () => {
  const { migration, input } = await stored();
  await startMigrationWorkflow(client, input, { taskQueue: TASK_QUEUE });
  await reconcile();
  expect(await store.migrations.halfStarted(new Date(Date.now() + TWO_MINUTES_MS))).toEqual([]);
  await client.workflow.getHandle(migration.id).terminate('end of the test');
  expect(await reconcile()).toMatchObject({ closed: 1 });
});

test('a closed execution is not run again by a second start', async () => {
  const { migration, input } = await stored();
  await startMigrationWorkflow(client, input, { taskQueue: TASK_QUEUE });
  await client.workflow.getHandle(migration.id).terminate('closed');
  await expect(startMigrationWorkflow(client, input, { taskQueue: TASK_QUEUE })).rejects.toThrow(
    'Workflow execution already started',
  );
  expect(await reconcile()).toMatchObject({ started: 0, closed: 1 });
});

test('a migration whose workflow task keeps failing is reported', async () => {
  const migration = await running();
  const { workflowService } = client.connection;
  const poll = () =>
    client.connection.withDeadline(Date.now() + 50_000, () =>
      workflowService.pollWorkflowTaskQueue({
        namespace: 'default',
        taskQueue: { name: TASK_QUEUE },
        identity: 'a worker with a defect',
      }),
    );
  for (let failures = 0; failures < 10;) {
    const task = await poll();
    if (task.workflowExecution?.workflowId !== migration.id) continue;
    await workflowService.respondWorkflowTaskFailed({
      namespace: 'default',
      taskToken: task.taskToken,
      identity: 'a worker with a defect',
    });
    failures += 1;
  }
  expect(await reconcile()).toEqual({ closed: 0, started: 0, stuck: [migration.id] });
}, 60_000);
