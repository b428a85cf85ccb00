import type { Migration } from '../../client';
import { isClosed } from '../support/journey';
import {
  DAY,
  HOUR,
  isBlockedIn,
  isWaitingIn,
  MINUTE,
  openTask,
  openTimedJourney,
  refusalOf,
  tasksOf,
  type TimedJourney,
} from './timed-journey';

let journey: TimedJourney;
beforeAll(async () => {
  journey = await openTimedJourney({ numbers: 8, templates: 2 });
});
afterEach(async () => {
  await journey.people.noFaults();
});

describe('a manual approval', () => {
  test('is asked for twelve hours before the window, holds for the plan that was seen, and the window opens by itself', async () => {
    const { stage, start, until, untilAsked, pass, handInCode, windowIn, announced } = journey;
    const { id } = await start(
      { cutover: { ...windowIn(30 * HOUR, 34 * HOUR), approval: 'manual', timeZone: 'America/Sao_Paulo' } },
      0,
    );
    expect(openTask(await until(id, isWaitingIn('window')), 'approve_cutover')).toBeUndefined();
    await pass(19 * HOUR);
    const asked = await untilAsked(id, 'approve_cutover');
    const { plan } = asked;
    expect(openTask(asked, 'approve_cutover')?.howTo).toContain('-03:00 America/Sao_Paulo');
    expect(openTask(asked, 'approve_cutover')?.howTo).toContain(plan.planHash);
    const stale = '0'.repeat(32);
    expect(await refusalOf(stage.client.approveCutover(id, 'go', { planHash: stale }))).toMatchObject({
      status: 409,
      code: 'plan_changed',
      problem: { plan: { given: stale, present: plan.planHash } },
    });
    await stage.client.approveCutover(id, 'go', { planHash: plan.planHash });
    const before = await announced();
    await until(id, (now) => isWaitingIn('window')(now) && now.waitingFor === null);
    expect(await announced()).toBe(before);
    await pass(11 * HOUR + 2 * MINUTE);
    await handInCode(id, 0);
    expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
  });

  test('is void when the request is amended, and the next task says what has changed', async () => {
    const { stage, start, until, untilAsked, pass, handInCode, windowIn, announced } = journey;
    const { id } = await start({ cutover: { ...windowIn(2 * HOUR, 9 * HOUR), approval: 'manual' } }, 1);
    await untilAsked(id, 'approve_cutover');
    await stage.client.approveCutover(id, 'go');
    await stage.client.amendMigration(id, { templates: { required: ['order_update/pt_BR'] } });
    const again = await until(id, (migration) => tasksOf(migration, 'approve_cutover').length === 2);
    expect(openTask(again, 'approve_cutover')?.title).toContain('templates: 0 required → 1 required');
    await pass(2 * HOUR + MINUTE);
    const before = await announced();
    expect(await until(id, isWaitingIn('window'))).toMatchObject({ waitingFor: { kind: 'approve_cutover' } });
    expect(await announced()).toBe(before);
    await stage.client.approveCutover(id, 'also so');
    await handInCode(id, 1);
    expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
  });

  test('is void when the last look finds something new, and holds when a finding is over', async () => {
    const { stage, people, start, until, untilAsked, subscriber, handInCode } = journey;
    const { id } = await start({ cutover: { approval: 'manual' } }, 2);
    await untilAsked(id, 'approve_cutover');
    await stage.client.approveCutover(id, 'go');
    await until(id, isWaitingIn('ownership'));
    await people.act('request-name-change', { number: subscriber(2), name: 'Padaria Lua' });
    await handInCode(id, 2);
    await untilAsked(id, 'display_name_change_pending');
    await people.act('approve-name', { number: subscriber(2) });
    await stage.client.recheck(id);
    expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
    expect(tasksOf(await stage.client.getMigration(id), 'approve_cutover')).toHaveLength(1);
  });
});

describe('nothing irreversible starts by itself when the window is over', () => {
  test('nobody is rung up for a code after the window without an approval', async () => {
    const { stage, people, start, until, untilAsked, pass, handInCode, windowIn } = journey;
    await people.fault({
      match: { method: 'POST', path: '/{phone}/request_code' },
      action: { type: 'fail', status: 400, code: 200, message: 'refused' },
    });
    const { id } = await start({ cutover: windowIn(-HOUR, HOUR) }, 3);
    await until(id, isBlockedIn('ownership'));
    await people.noFaults();
    await pass(90 * MINUTE);
    const sent = (await people.effects('code_sent')).length;
    await stage.client.retryStep(id, { reason: 'the right is given' });
    const asked = await untilAsked(id, 'approve_cutover');
    expect(asked.step).toBe('ownership');
    expect((await people.effects('code_sent')).length).toBe(sent);
    await stage.client.approveCutover(id, 'still today');
    await handInCode(id, 3);
    expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
  });

  test('an announcement that is tried again after the window leads back to the approval (WINDOW_OVER)', async () => {
    const { stage, people, start, until, untilAsked, pass, handInCode, subscriber, windowIn, announced } =
      journey;
    await people.act('two-step-on', { number: subscriber(4) });
    const { id } = await start({ cutover: windowIn(-HOUR, 16 * MINUTE) }, 4);
    await until(id, isWaitingIn('two_step_off'));
    // Before the migration looks by itself, which it does after ten.
    await pass(9 * MINUTE);
    await people.fault({
      match: { method: 'POST', path: '/{waba}/phone_numbers' },
      action: { type: 'fail', status: 500, code: 2, message: 'Service temporarily unavailable' },
    });
    await people.act('two-step-off', { number: subscriber(4) });
    await stage.client.recheck(id);
    await until(id, (migration) => migration.step === 'announcement');
    const before = await announced();
    await pass(8 * MINUTE);
    const asked = await untilAsked(id, 'approve_cutover');
    expect(asked.step).toBe('window');
    expect(openTask(asked, 'approve_cutover')?.title).toContain('window is over');
    await people.noFaults();
    expect(await announced()).toBe(before);
    await stage.client.approveCutover(id, 'still today');
    await handInCode(id, 4);
    expect(await until(id, isClosed)).toMatchObject({ outcome: 'migrated' });
  });
});

describe('a number that is announced and not registered', () => {
  test('past its window is told to the operator, and closed with the registration (meta §1.7)', async () => {
    const { stage, start, until, untilAsked, pass, handInCode, windowIn } = journey;
    const { id } = await start({ cutover: windowIn(-HOUR, HOUR) }, 5);
    await until(id, isWaitingIn('ownership'));
    await pass(70 * MINUTE);
    const told = await untilAsked(id, 'announced_number_waits');
    expect(openTask(told, 'announced_number_waits')).toMatchObject({ party: 'operator', blocking: false });
    expect(await stage.metrics()).toContain('carryover_announced_numbers_overdue 1\n');
    await journey.newCodeFor(id, 5);
    await handInCode(id, 5);
    await untilAsked(id, 'approve_cutover');
    await stage.client.approveCutover(id, 'late');
    const moved = await until(id, isClosed);
    expect(moved.outcome).toBe('migrated');
    expect(tasksOf(moved, 'announced_number_waits')).toMatchObject([{ status: 'done' }]);
    expect(await stage.metrics()).toContain('carryover_announced_numbers_overdue 0\n');
  });

  test('meta §1.7: without a window is told after two hours, an abort leaves a finding that says so, a replay tells anew, and once more when the alert was reported done and the number still waits', async () => {
    const { stage, start, until, untilAsked, pass, report } = journey;
    const codes = ({ findings }: Migration) => findings.map(({ code }) => code);
    const { id } = await start({}, 6);
    await until(id, isWaitingIn('ownership'));
    await pass(DAY / 8);
    await untilAsked(id, 'announced_number_waits');
    await stage.client.abort(id, 'the client has changed its mind');
    const aborted = await until(id, isClosed);
    expect(aborted.leftInPlace.map(({ kind }) => kind)).toContain('announced_number');
    expect(aborted.findings.find(({ code }) => code === 'ANNOUNCED_NUMBER_LEFT')).toMatchObject({
      severity: 'blocker',
      party: 'operator',
    });

    expect(await stage.metrics()).toContain('carryover_announced_numbers_overdue 1\n');
    await stage.as('support').replay(id, { reason: 'the client is back' });
    expect(codes(await stage.client.getMigration(id))).not.toContain('ANNOUNCED_NUMBER_LEFT');
    await pass(10 * MINUTE);
    const again = await untilAsked(id, 'announced_number_waits');
    expect(again.attempt).toBe(2);
    expect(codes(again)).not.toContain('ANNOUNCED_NUMBER_LEFT');
    await report(id, 'announced_number_waits', 'messages still reach the source');
    await pass(HOUR);
    expect(openTask(await stage.client.getMigration(id), 'announced_number_waits')).toBeUndefined();
    await pass(70 * MINUTE);
    await untilAsked(id, 'announced_number_waits');
    await journey.newCodeFor(id, 6);
    await journey.handInCode(id, 6);
    const moved = await until(id, isClosed);
    expect(moved).toMatchObject({ attempt: 2, outcome: 'migrated' });
    expect(codes(moved)).not.toContain('ANNOUNCED_NUMBER_LEFT');
    expect(tasksOf(moved, 'announced_number_waits').map(({ status }) => status)).toEqual([
      ...['waived', 'done', 'done'],
    ]);
  });
});
