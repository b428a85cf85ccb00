/** What follows the move for weeks: the source's last invoice, the end of its subscription (R15 to R18, P-14). */
import { runsOf } from '../support/aftermath';
import { isClosed } from '../support/journey';
import {
  DAY,
  HOUR,
  openTask,
  openTimedJourney,
  refusalOf,
  stepOf,
  tasksOf,
  type TimedJourney,
} from './timed-journey';

jest.setTimeout(120_000);

const INVOICE = 'settle_source_invoice';
const SUBSCRIPTION = 'cancel_source_subscription';

let journey: TimedJourney;
beforeAll(async () => {
  journey = await openTimedJourney({ numbers: 4, templates: 0 });
});

const isLive = ({ state, step }: { state: string; step: string | null }) =>
  state === 'live' && step === 'aftercare';

const moved = async (number: number, hours: number): Promise<string> => {
  const { start, handInCode } = journey;
  const { id } = await start({ aftercare: { hours } }, number);
  await handInCode(id, number);
  return id;
};

describe('R18, P-14: the invoice tail', () => {
  test('the migration stays live, and reminds, until the invoice and the end of the subscription are reported', async () => {
    const { stage, until, pass, report } = journey;
    const id = await moved(0, 24);
    const accepted = await until(id, isLive);
    expect(openTask(accepted, INVOICE)).toMatchObject({
      party: 'client',
      requirement: 'R18',
      blocking: false,
    });
    expect(openTask(accepted, SUBSCRIPTION)?.howTo).toContain('not before 20');
    await pass(20 * DAY);
    const late = await until(id, (now) => (openTask(now, SUBSCRIPTION)?.remindersSent ?? 0) >= 4);
    expect(late).toMatchObject({ state: 'live', outcome: null, waitingFor: null });
    expect(late.allowedActions).toEqual(expect.arrayContaining(['complete_task', 'skip', 'recheck']));
    await report(id, INVOICE, 'paid, no. 4711');
    await pass(DAY);
    expect(await until(id, isLive)).toMatchObject({ state: 'live' });
    await report(id, SUBSCRIPTION, 'ends on the 30th');
    const done = await until(id, isClosed);
    expect(done).toMatchObject({ state: 'completed', outcome: 'migrated' });
    expect(tasksOf(done, INVOICE)[0]).toMatchObject({
      status: 'done',
      evidence: { statement: 'paid, no. 4711' },
    });
    const lengths = (await runsOf(stage, id)).map(({ history }) => history.events?.length ?? 0);
    expect(lengths.length).toBeGreaterThan(2);
    expect(Math.max(...lengths.slice(-2))).toBeLessThan(60);
  });

  test('when its day has come, what nobody reported is waived and says so, and a late report is refused clearly', async () => {
    const { stage, until, pass } = journey;
    const id = await moved(1, 24);
    await until(id, isLive);
    await pass(44 * DAY);
    expect(await until(id, isLive)).toMatchObject({ state: 'live' });
    await pass(2 * DAY);
    const over = await until(id, isClosed);
    expect(over).toMatchObject({ state: 'completed', outcome: 'migrated', allowedActions: [] });
    for (const kind of [INVOICE, SUBSCRIPTION]) {
      expect(tasksOf(over, kind)[0]).toMatchObject({
        status: 'waived',
        evidence: { statement: expect.stringContaining('not reported done'), by: { kind: 'system' } },
      });
    }
    const taskId = tasksOf(over, INVOICE)[0]?.id ?? '';
    const late = await refusalOf(stage.client.completeTask(id, taskId, { statement: 'paid' }));
    expect(late).toMatchObject({
      status: 409,
      code: 'migration_closed',
      problem: { detail: expect.stringContaining('waived'), allowedActions: [] },
    });
  });

  test('a person may end it: the step is left out, the tasks are waived', async () => {
    const { stage, until, pass } = journey;
    const id = await moved(2, 1);
    await pass(2 * HOUR);
    await until(id, (now) => isLive(now) && stepOf(now, 'aftercare')?.status === 'waiting');
    await stage.as('support').skipStep(id, { step: 'aftercare', reason: 'billing takes it from here' });
    const over = await until(id, isClosed);
    expect(stepOf(over, 'aftercare')?.status).toBe('skipped');
    expect(tasksOf(over, INVOICE)[0]?.status).toBe('waived');
  });

  test('aftercare of no hours ends at once, with the tasks waived', async () => {
    const id = await moved(3, 0);
    const over = await journey.until(id, isClosed);
    expect(over).toMatchObject({ state: 'completed', outcome: 'migrated' });
    expect(tasksOf(over, SUBSCRIPTION)[0]).toMatchObject({ status: 'waived', requirement: 'R18' });
  });
});
