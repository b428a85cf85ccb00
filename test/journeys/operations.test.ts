import { setImmediate } from 'node:timers/promises';
import { temporal } from '@temporalio/proto';
import { RECONCILE_SCHEDULE_ID } from '../../shared/messages';
import { ensureReconcileSchedule } from '../../worker/reconcile-schedule';
import { runsOf } from '../support/aftermath';
import { isClosed, openJourney, type Journey } from '../support/journey';

const { EventType } = temporal.api.enums.v1;

let journey: Journey;
beforeAll(async () => {
  journey = await openJourney({ numbers: 2 });
});

test('operations see who must act, and until when, without opening a payload', async () => {
  const { stage, start, until } = journey;
  const { id, phoneNumber } = await start({}, 0);
  await until(id, ({ state, step }) => state === 'waiting' && step === 'ownership');
  const handle = stage.temporal.workflow.getHandle(id);

  expect(await (await handle.describe()).staticSummary()).toMatch(
    /programmatic migration from acme-bsp to meta/,
  );
  // Set by the same workflow task as the event that the read model shows, and visible when that is completed.
  const shown = async () => {
    const { typedSearchAttributes } = await handle.describe();
    return Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
  };
  while ((await shown())['WaitingFor'] !== 'client') await setImmediate();
  expect(await shown()).toMatchObject({
    MigrationState: 'waiting',
    WaitingFor: 'client',
    Tenant: 'acme',
    SourceProvider: 'acme-bsp',
    CountryCode: '55',
  });

  const metadata = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  expect(metadata.currentDetails).toMatch(/\*\*waiting\*\* in step `ownership`/);
  expect(metadata.currentDetails).toMatch(
    /\*\*the client\*\*: Hand in the six digits .* \(since .*, until .*\)/,
  );
  expect(metadata.currentDetails).not.toContain(phoneNumber.slice(1));
});

test('every activity and every timer says in a line what it is for', async () => {
  const { stage, start, until, handInCode } = journey;
  const { id } = await start({}, 1);
  await handInCode(id, 1);
  await until(id, isClosed);
  const events = (await runsOf(stage, id)).flatMap(({ history }) => history.events ?? []);
  const worded = events.filter(
    ({ eventType }) =>
      eventType === EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED ||
      eventType === EventType.EVENT_TYPE_TIMER_STARTED,
  );
  expect(worded.length).toBeGreaterThan(15);
  expect(worded.filter(({ userMetadata }) => userMetadata?.summary == null)).toEqual([]);
});

test('the schedule that keeps the read model in line is made once', async () => {
  const { stage } = journey;
  await ensureReconcileSchedule(stage.temporal, stage.taskQueue);
  await ensureReconcileSchedule(stage.temporal, stage.taskQueue);
  const schedule = stage.temporal.schedule.getHandle(RECONCILE_SCHEDULE_ID);
  expect((await schedule.describe()).spec.intervals).toEqual([expect.objectContaining({ every: 300_000 })]);
  await schedule.delete();
});
