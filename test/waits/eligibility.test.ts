import { join } from 'node:path';
import type { StartRequestBody } from '../../client';
import { isClosed, openJourney, type Journey } from '../support/journey';
import { isWaitingIn, openTask, tasksOf } from './timed-journey';

const classicWorld = join(__dirname, '../../sandbox/worlds/classic.json');

describe('in the classic world', () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await openJourney({ stage: { world: classicWorld } });
  });

  const move = async (
    phoneNumber: string,
    from: string,
    to: string,
    patch: Partial<StartRequestBody> = {},
  ): Promise<string> => {
    const plain = journey.body();
    const body = {
      ...plain,
      phoneNumber,
      source: { ...plain.source, wabaId: from },
      destination: { ...plain.destination, wabaId: to },
      ...patch,
    };
    return (await journey.stage.client.startMigration(body)).id;
  };
  const findingsOf = (id: string) =>
    journey
      .until(id, ({ findings }) => findings.length > 0)
      .then(({ findings }) => findings.map(({ code }) => code));

  test('R16, R20, R27: a number with five problems hears of all of them in the first look, each with its task', async () => {
    const { stage, people, until } = journey;
    const id = await move('+5511987650022', '2014', '2015', { funding: { payer: 'client_card' } });
    const first = await until(id, isWaitingIn('eligibility'));
    const blockers = [
      'DISPLAY_NAME_CHANGE_PENDING',
      'SOURCE_ACCOUNT_NOT_APPROVED',
      'DESTINATION_ACCOUNT_NOT_APPROVED',
      'DESTINATION_PAYMENT_MISSING',
    ];
    expect(first.findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining([...blockers, 'APP_NOT_SUBSCRIBED']),
    );
    const open = first.tasks
      .filter(({ status, blocking }) => blocking && status === 'open')
      .map(({ kind }) => kind);
    expect(open.sort()).toEqual(blockers.map((code) => code.toLowerCase()).sort());

    await people.act('approve-name', { number: 'sub_five_at_once' });
    await people.act('review-decision', { wabaId: '2014', decision: 'APPROVED' });
    await people.act('attach-card', { wabaId: '2015' });
    await stage.client.recheck(id);
    const later = await until(
      id,
      ({ tasks }) => tasks.filter(({ status, blocking }) => blocking && status === 'open').length === 1,
    );
    expect(openTask(later, 'destination_account_not_approved')).toBeDefined();
    await people.act('review-decision', { wabaId: '2015', decision: 'APPROVED' });
    await stage.client.recheck(id);
    const fifth = await until(id, isWaitingIn('two_step_off'));
    expect(openTask(fifth, 'two_step_verification_enabled')?.party).toBe('source_provider');
    await people.act('two-step-off', { number: 'sub_five_at_once' });
    await stage.client.recheck(id);
    await until(id, ({ waitingFor }) => waitingFor?.kind === 'submit_verification_code');
    const code = await people.newestCode('+5511987650022');
    await stage.client.submitVerificationCode(id, code);
    expect(await until(id, isClosed)).toMatchObject({ state: 'completed', outcome: 'migrated' });
  });

  test('a number that is at the destination already is a success (E4)', async () => {
    const { people, until } = journey;
    const id = await move('+5511987650008', '2001', '2002');
    const done = await until(id, isClosed);
    expect(done).toMatchObject({
      state: 'completed',
      outcome: 'already_at_destination',
      registerAttemptedAt: null,
    });
    expect(done.steps.filter(({ status }) => status === 'skipped').map(({ name }) => name)).toEqual([
      'destination',
      'templates',
      'preparation',
      'window',
      'two_step_off',
      'funding',
      'announcement',
      'ownership',
      'registration',
    ]);
    expect(done.findings).toContainEqual(expect.objectContaining({ code: 'ALREADY_AT_DESTINATION' }));
    expect(done.acceptance.filter(({ required, ok }) => required && !ok)).toEqual([]);
    expect(await people.effects('credit_attached')).toEqual([]);
  });

  test.each([
    ['not on the API', 'NO_MIGRATION_NEEDED', 'E3', '+5511987650009', 'new_registration_needed'],
    ['in coexistence with the app', 'NUMBER_IN_COEXISTENCE', 'P-17', '+5511987650005', 'coexistence_refused'],
    ['a test number', 'TEST_NUMBER', 'R3', '+15550001234', 'test_number_refused'],
  ])(
    'R3: a number that is %s (%s, %s) ends without a change',
    async (_what, code, _row, phoneNumber, outcome) => {
      const { stage, until } = journey;
      const id = await move(phoneNumber, '2001', '2002');
      const done = await until(id, isClosed);
      expect(done).toMatchObject({ state: 'completed', outcome, leftInPlace: [], waitingFor: null });
      expect(done.findings).toContainEqual(expect.objectContaining({ code, severity: 'blocker' }));
      expect(await stage.store.claims.holder(phoneNumber)).toBeNull();
    },
  );

  test('R3: a number that moved elsewhere meanwhile ends so', async () => {
    const { people, until } = journey;
    await people.act('move-away', { number: 'sub_no_app' });
    const id = await move('+5511987650013', '2001', '2008');
    const done = await until(id, isClosed);
    expect(done).toMatchObject({ state: 'completed', outcome: 'moved_elsewhere' });
    expect(done.findings).toContainEqual(expect.objectContaining({ code: 'NUMBER_MOVED_ELSEWHERE' }));
  });

  test('R4: a number of another business is a task of the client', async () => {
    const { until } = journey;
    const id = await move('+5511987650007', '2003', '2002');
    const waiting = await until(id, isWaitingIn('eligibility'));
    expect(openTask(waiting, 'different_business')).toMatchObject({ party: 'client', requirement: 'R4' });
  });

  test('R16: a destination that cannot pay waits for the card of the client', async () => {
    const { stage, people, until } = journey;
    const id = await move('+5511987650012', '2001', '2007', { funding: { payer: 'client_card' } });
    const waiting = await until(id, isWaitingIn('eligibility'));
    const task = openTask(waiting, 'destination_payment_missing');
    expect(task).toMatchObject({ party: 'client', requirement: 'R16' });
    await people.act('attach-card', { wabaId: '2007' });
    await stage.client.completeTask(id, task?.id ?? '', { statement: 'the card is there' });
    expect(await until(id, isWaitingIn('ownership'))).toMatchObject({ waitingFor: { party: 'client' } });
  });

  test('a name that is said to be approved although it is pending asks again, and goes on when it is (R27, P-4, E7)', async () => {
    const { stage, people, until } = journey;
    const kind = 'display_name_change_pending';
    const id = await move('+5511987650004', '2001', '2002');
    const waiting = await until(id, isWaitingIn('eligibility'));
    await stage.client.completeTask(id, openTask(waiting, kind)?.id ?? '', { statement: 'it is approved' });
    const again = await until(id, (migration) => tasksOf(migration, kind).length === 2);
    expect(tasksOf(again, kind)).toMatchObject([{ status: 'done' }, { status: 'open' }]);
    await people.act('approve-name', { number: 'sub_name_change' });
    await stage.client.recheck(id);
    await until(id, isWaitingIn('ownership'));
  });

  test('R27: findings come with evidence and an end of their freshness', async () => {
    const id = await move('+5511987650003', '2001', '2002');
    expect(await findingsOf(id)).toContain('DISPLAY_NAME_NOT_APPROVED');
    const { findings } = await journey.stage.client.getMigration(id);
    for (const finding of findings) {
      expect(Date.parse(finding.expiresAt)).toBeGreaterThan(Date.parse(finding.checkedAt));
    }
  });
});

describe('without a credential of the source', () => {
  test('P-17, R1, R3, R5, R13, R14, R20, R27, R31: what only it could see is stated by the parties, in one go, and the number moves', async () => {
    const journey = await openJourney({ templates: 2 });
    const { stage, people, straight, body, until, handInCode } = journey;
    const { credential: _unseen, ...source } = body().source;
    const { id } = await stage.client.startMigration({ ...body(), source });
    const asked = await until(id, isWaitingIn('eligibility'));
    const open = asked.tasks.filter(({ status, blocking }) => blocking && status === 'open');
    expect(
      open.map(({ requirement, kind, party }) => `${String(requirement)} ${kind} ${party}`).sort(),
    ).toEqual([
      'P-17 number_in_coexistence client',
      'R20 source_account_not_approved source_provider',
      'R27 display_name_not_approved client',
      'R3 number_not_live_at_source source_provider',
      // A number of Brazil would be announced on a guess.
      'R31 number_written_differently client',
    ]);
    // Hosting, rating, badge and volume hold nothing up, and nobody is asked to book support for a volume nobody saw.
    for (const code of [
      'SOURCE_HOSTED_ON_PREMISE',
      'QUALITY_RATING_LOW',
      'OFFICIAL_BUSINESS_ACCOUNT',
      'VOLUME_NOT_SEEN',
    ]) {
      expect(asked.findings).toContainEqual(expect.objectContaining({ code, severity: 'info' }));
    }
    expect(openTask(asked, 'book_support')).toBeUndefined();
    // A statement that comes while the one before it is looked at counts as well.
    await people.fault({
      match: { method: 'GET', path: '/2002*' },
      action: { type: 'delay', ms: 300 },
    });
    for (const task of open) {
      await stage.client.completeTask(id, task.id, { statement: 'seen in WhatsApp Manager' });
    }
    const next = await until(id, isWaitingIn('two_step_off'));
    await people.noFaults();
    const twoStep = openTask(next, 'two_step_verification_enabled');
    await stage.client.completeTask(id, twoStep?.id ?? '', { statement: 'switched off' });
    await handInCode(id);
    const moved = await until(id, isClosed);
    expect(moved).toMatchObject({ state: 'completed', outcome: 'migrated', baseline: null });
    expect(moved.findings.filter(({ severity }) => severity === 'blocker')).toEqual([]);
    expect((await people.effects('template_copied')).length).toBe(straight.templates.length);
  });
});
