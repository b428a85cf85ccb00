/** What follows the move for weeks: the source's last invoice, the end of its subscription (R15 to R18, P-14). */
import { straightIds } from '../../sandbox/world/straight-world';
import type { WorldInput } from '../../sandbox/world/schema';
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

const INVOICE = 'settle_source_invoice';
const SUBSCRIPTION = 'cancel_source_subscription';

let journey: TimedJourney;
beforeAll(async () => {
  journey = await openTimedJourney({ numbers: 5, templates: 0, change: withThirdAccount });
});

/** Where a client moves on to. */
const THIRD = '2003';
const withThirdAccount = (world: WorldInput): WorldInput => ({
  ...world,
  wabas: world.wabas?.flatMap((waba) => {
    if (waba.id === straightIds.sourceWabaId) return [{ ...waba, commerceAccountId: '8801' }];
    if (waba.id !== straightIds.destinationWabaId) return [waba];
    return [waba, { ...waba, id: THIRD, name: 'Padaria Sol at the third provider' }];
  }),
  tokens: world.tokens?.map((token) =>
    token.targetIds.includes(straightIds.destinationWabaId)
      ? { ...token, targetIds: [...token.targetIds, THIRD] }
      : token,
  ),
});

const isLive = ({ state, step }: { state: string; step: string | null }) =>
  state === 'live' && step === 'aftercare';

const moved = async (number: number, hours: number): Promise<string> => {
  const { start, handInCode } = journey;
  const { id } = await start({ aftercare: { hours } }, number);
  await handInCode(id, number);
  return id;
};

/** Whatever was written at the platform, each kind of call once. */
const writesOf = async (): Promise<string[]> => {
  const requests = await journey.people.requests();
  const writes = requests.filter(({ method }) => method !== 'GET');
  return [...new Set(writes.map(({ method, path }) => `${method} ${path}`))];
};

describe('R18, P-14: the invoice tail', () => {
  test('R11, R12, R18, P-11, P-14: the migration stays live, and reminds, until the invoice and the end of the subscription are reported', async () => {
    const { stage, until, pass, report } = journey;
    const id = await moved(0, 24);
    const accepted = await until(id, isLive);
    for (const [kind, party, requirement] of [
      ['relink_catalogue', 'client', 'R11'],
      ['reupload_media', 'client', 'R12'],
      ['retire_old_integration', 'operator', 'P-11'],
    ] as const)
      expect(openTask(accepted, kind)).toMatchObject({ party, requirement, blocking: false });
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

  test('a client who moves on after ten days is not held up: the watch over, the number is free, and the tail goes on', async () => {
    const { stage, people, until, pass, report, body, handInCode, start } = journey;
    const id = await moved(4, 24);
    await until(id, isLive);
    const { ids } = journey.straight;
    const onwards = {
      ...body({ aftercare: { hours: 0 } }, 4),
      source: {
        ...{ provider: 'second-bsp', businessId: ids.businessId, wabaId: ids.destinationWabaId },
        credential: 'meta-destination',
      },
      destination: { ...body().destination, wabaId: THIRD },
    };
    const early = await refusalOf(stage.client.startMigration(onwards));
    expect(early).toMatchObject({ status: 409, code: 'number_in_migration' });

    await people.act('send-traffic', { number: journey.subscriber(4), volume: 7 });
    await pass(10 * DAY);
    expect(await until(id, ({ numberFreedAt }) => typeof numberFreedAt === 'string')).toMatchObject({
      state: 'live',
    });
    await people.act('two-step-off', { number: journey.subscriber(4) });
    const { id: next } = await stage.client.startMigration(onwards);
    const both = await refusalOf(start({}, 4));
    expect(both).toMatchObject({ status: 409, code: 'number_in_migration' });
    await handInCode(next, 4);
    expect(await until(next, isClosed)).toMatchObject({ outcome: 'migrated' });

    await stage.client.recheck(id);
    await report(id, INVOICE);
    await report(id, SUBSCRIPTION);
    const done = await until(id, isClosed);
    expect(done).toMatchObject({ state: 'completed', outcome: 'migrated' });
    expect(done.findings.filter(({ code }) => code.startsWith('DRIFT_'))).toEqual([]);
    const { statement } = await stage.client.getBilling(id);
    expect(statement.sides).toContainEqual(expect.objectContaining({ side: 'destination', messages: 7 }));
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

  test('R45, P-19: the account is never shared anew, which would silence it until the next month; steps go by their names', async () => {
    const { items } = await journey.stage.client.listMigrations({ limit: 1 });
    expect(items[0]?.steps.map(({ name }) => name)).toEqual([
      ...['claim', 'eligibility', 'destination', 'templates', 'preparation', 'window', 'two_step_off'],
      ...['funding', 'announcement', 'ownership', 'registration', 'acceptance', 'billing', 'aftercare'],
    ]);
    expect(await writesOf()).toEqual([
      'POST /{waba}/subscribed_apps',
      'POST /{credit}/whatsapp_credit_sharing_and_attach',
      'POST /{waba}/phone_numbers',
      'POST /{phone}/request_code',
      'POST /{phone}/verify_code',
      'POST /{phone}/register',
    ]);
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
