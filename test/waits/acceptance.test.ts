/** The number at its destination is what it was, or somebody is told what is not and what to do (R5, R13, R21, E4, E8). */
import { isClosed } from '../support/journey';
import { eventually } from '../durability/eventually';
import { MINUTE, openTask, openTimedJourney, tasksOf, type TimedJourney } from './timed-journey';

const PROFILE = { about: 'Bread every day', vertical: 'RESTAURANT' };

let journey: TimedJourney;
beforeAll(async () => {
  journey = await openTimedJourney({
    ...{ numbers: 9, templates: 0, knobs: { registerDelayMs: 4_000 } },
    change: (world) => ({
      ...world,
      records: (world.records ?? []).map((record, place) =>
        place === 4 ? { ...record, throughput: 'HIGH' } : record,
      ),
    }),
    stage: { policy: { invoiceTail: 0 } },
  });
});

/** Registered, and not connected for some seconds: what people do meanwhile is found by acceptance. */
const registering = async (
  number: number,
  patch: Parameters<TimedJourney['start']>[0] = {},
): Promise<string> => {
  const { people, start, handInCode, until } = journey;
  const before = (await people.effects('registered')).length;
  const { id } = await start(patch, number);
  await handInCode(id, number);
  await until(id, ({ registerAttemptedAt }) => registerAttemptedAt !== null);
  await eventually('the registration', async () => (await people.effects('registered')).length > before);
  return id;
};
const checkOf = (migration: Awaited<ReturnType<TimedJourney['until']>>, name: string) =>
  migration.acceptance.find((check) => check.name === name);

test('R5: fields of the profile that did not move become a task of the client, in the language of the client', async () => {
  const { stage, people, until, subscriber, report } = journey;
  await people.act('set-profile', { number: subscriber(0), profile: PROFILE });
  const id = await registering(0, {
    aftercare: { hours: 48 },
    business: { name: 'Padaria Sol', contact: { locale: 'pt-BR' } },
  });
  const live = await until(id, ({ state, step }) => state === 'live' && step === 'aftercare');
  expect(checkOf(live, 'business profile')).toMatchObject({
    observed: 'diferente de antes: about, vertical',
    required: false,
  });
  // What Meta writes stands as it is; who asks for no language in particular reads the operator's checks in English.
  expect(checkOf(live, 'status')).toMatchObject({ expected: 'CONNECTED', observed: 'CONNECTED' });
  expect(checkOf(live, 'two-step verification on again')).toMatchObject({ expected: 'yes', observed: 'yes' });
  const task = openTask(live, 'restore_business_profile');
  expect(task).toMatchObject({ party: 'client', blocking: false, requirement: 'R5' });
  expect(task?.title).toBe('Corrija o perfil comercial: about, vertical');
  expect(live.baseline?.profile).toEqual(PROFILE);
  await report(id, 'restore_business_profile', 'filled in');
  await until(id, (now) => tasksOf(now, 'restore_business_profile').length === 2);
  await people.act('set-profile', { number: subscriber(0), profile: PROFILE });
  await stage.client.recheck(id);
  const mended = await until(id, (now) => openTask(now, 'restore_business_profile') === undefined);
  expect(tasksOf(mended, 'restore_business_profile')[1]?.evidence?.statement).toBe('no longer observed');
});

test('R5: a profile that moved with the number asks nothing of anybody', async () => {
  const { people, until, subscriber } = journey;
  await people.knobs({ profileAfterMove: 'kept', profileShape: 'nested' });
  await people.act('set-profile', { number: subscriber(1), profile: PROFILE });
  const id = await registering(1);
  const moved = await until(id, isClosed);
  expect(checkOf(moved, 'business profile')).toMatchObject({
    expected: 'about, vertical',
    observed: 'all there',
  });
  expect(moved.tasks.filter(({ step }) => step === 'acceptance')).toEqual([]);
});

test('meta §3.5: a number that Meta limits is accepted when a person says so, with the reason', async () => {
  const { people, until, untilAsked, report } = journey;
  const id = await registering(2);
  await people.act('business-verification', { businessId: '1001', status: 'pending' });
  const limited = await untilAsked(id, 'decide_limited_health');
  expect(limited).toMatchObject({ step: 'acceptance', state: 'waiting', waitingFor: { party: 'operator' } });
  expect(openTask(limited, 'decide_limited_health')?.title).toContain('LIMITED');
  await report(id, 'decide_limited_health', 'the verification is being renewed');
  const moved = await until(id, isClosed);
  await people.act('business-verification', { businessId: '1001', status: 'verified' });
  expect(moved).toMatchObject({ state: 'completed', outcome: 'migrated' });
  expect(checkOf(moved, 'health')).toMatchObject({ ok: false, observed: expect.stringContaining('LIMITED') });
});

test('E8: an account that is blocked after the move parks it with what Meta advises, in the language of the client, until it is mended', async () => {
  const { people, until, untilAsked, pass } = journey;
  const id = await registering(3, { business: { name: 'Padaria Sol', contact: { locale: 'pt-BR' } } });
  await people.act('review-decision', { wabaId: '2002', decision: 'REJECTED' });
  const blocked = await untilAsked(id, 'repair_acceptance');
  expect(openTask(blocked, 'repair_acceptance')).toMatchObject({
    party: 'client',
    title: expect.stringMatching(/^Ainda não aceito: a situação de envio é BLOCKED.*141010/),
    howTo: expect.stringMatching(/^A Meta recomenda: Complete the account review.*Informações do negócio/),
  });
  await people.act('review-decision', { wabaId: '2002', decision: 'APPROVED' });
  await pass(15 * MINUTE);
  expect(await until(id, isClosed)).toMatchObject({ state: 'completed', outcome: 'migrated' });
});

test('R13: a badge that did not stay is followed up; R14, meta §3.4: a throughput that did not is told', async () => {
  const { people, until, subscriber } = journey;
  await people.act('set-badge', { number: subscriber(4), official: true });
  const id = await registering(4);
  await people.act('set-badge', { number: subscriber(4), official: false });
  const moved = await until(id, isClosed);
  expect(tasksOf(moved, 'restore_badge')[0]).toMatchObject({ requirement: 'R13', status: 'waived' });
  expect(checkOf(moved, 'throughput')).toMatchObject({
    ...{ expected: 'HIGH', observed: 'STANDARD', ok: false, required: false, requirement: 'R14' },
  });
});

test('meta §1.5: data that Meta keeps in another country than the one asked for is the operator’s task and a finding, one that is still being set up is neither', async () => {
  const { stage, people, body, start, handInCode, until, untilAsked, subscriber, pass } = journey;
  const keepIn = (region: string | null) => people.act('keep-data-in', { number: subscriber(8), region });
  const destination = { ...body().destination, dataLocalizationRegion: 'BR' as const };
  const { id } = await start({ destination, aftercare: { hours: 48 } }, 8);
  await handInCode(id, 8);
  await until(id, ({ state, step }) => state === 'live' && step === 'aftercare');
  await keepIn('SG');
  await stage.client.recheck(id);
  const elsewhere = await untilAsked(id, 'correct_data_region');
  expect(openTask(elsewhere, 'correct_data_region')).toMatchObject({
    ...{ party: 'operator', blocking: false },
    title: 'Settle where Meta keeps the data: the data of the number is kept in SG instead of BR',
    howTo: expect.stringContaining('/deregister'),
  });

  await keepIn(null);
  await stage.client.recheck(id);
  const young = await until(id, (now) => openTask(now, 'correct_data_region') === undefined);
  expect(checkOf(young, 'data region')).toMatchObject({ expected: 'BR', required: false });
  await pass(15 * MINUTE);
  await stage.client.recheck(id);
  const isTold = ({ findings }: typeof young) => findings.some(({ code }) => code === 'DRIFT_DATA_REGION');
  const told = await until(id, isTold);
  expect(told.findings.find(({ code }) => code === 'DRIFT_DATA_REGION')).toMatchObject({
    ...{ requirement: 'meta §1.5', severity: 'warning', party: 'operator' },
    message:
      'After the move, the data of the number is kept where Meta keeps it by default instead of in BR.',
    evidence: { expected: 'BR', observed: 'where Meta keeps it by default' },
  });
  expect(openTask(told, 'correct_data_region')).toBeDefined();

  await keepIn('BR');
  await stage.client.recheck(id);
  const back = await until(id, (now) => !isTold(now));
  expect(openTask(back, 'correct_data_region')).toBeUndefined();
});

test('P-10: an app that somebody unsubscribed meanwhile is subscribed again, and then the number is accepted', async () => {
  const { people, until } = journey;
  const id = await registering(5);
  await people.act('unsubscribe-app', { wabaId: '2002' });
  const moved = await until(id, isClosed);
  expect(checkOf(moved, 'webhooks reach our app')).toMatchObject({ observed: 'yes', ok: true });
  expect((await people.effects('app_subscribed')).length).toBe(2);
});

test('E4: a number that was at the destination already has a PIN nobody here knows: a task says so', async () => {
  const { people, start, until, subscriber } = journey;
  await people.act('move-away', { number: subscriber(6), wabaId: '2002' });
  const { id } = await start({ aftercare: { hours: 0 } }, 6);
  const found = await until(id, isClosed);
  expect(found).toMatchObject({ state: 'completed', outcome: 'already_at_destination' });
  expect(tasksOf(found, 'set_two_step_pin')[0]).toMatchObject({ party: 'operator', requirement: 'R21' });
});

test('P-10: messages that somebody turns elsewhere keep it from being accepted, with the host named; who says that it is meant so is believed, for that address', async () => {
  const { stage, people, until, untilAsked, report, pass, subscriber } = journey;
  const turn = (what: { number: string } | { wabaId: string }, uri: string | null) =>
    people.act('turn-messages', { ...what, uri });
  const number = subscriber(7);
  const wabaId = '2002';
  const TURNED = 'messages turned elsewhere';
  const drifts = ({ findings }: Awaited<ReturnType<typeof until>>) =>
    findings.filter(({ code }) => code === 'DRIFT_MESSAGES_TURNED_ELSEWHERE');
  const id = await registering(7, { aftercare: { hours: 48 } });
  await turn({ wabaId }, 'https://old.example/in?secret=abc');
  const turned = await untilAsked(id, 'decide_webhook_override');
  expect(turned).toMatchObject({ step: 'acceptance', state: 'waiting', waitingFor: { party: 'operator' } });
  expect(openTask(turned, 'decide_webhook_override')).toMatchObject({
    ...{ party: 'operator', blocking: true },
    title: 'Messages of the number go to old.example instead of our app’s address: is that meant so?',
  });
  expect(JSON.stringify(turned)).not.toContain('secret=abc');
  await turn({ wabaId }, null);
  await turn({ number }, 'https://inbox.example/in');
  await pass(15 * MINUTE);
  await until(
    id,
    (now) => openTask(now, 'decide_webhook_override')?.title.includes('inbox.example') === true,
  );
  await report(id, 'decide_webhook_override', 'inbox.example is our own inbox');
  const live = await until(id, ({ state, step }) => state === 'live' && step === 'aftercare');
  expect(checkOf(live, TURNED)).toMatchObject({ ok: true, observed: 'yes, to inbox.example' });

  await turn({ number }, 'https://elsewhere.example/in');
  await stage.client.recheck(id);
  const drifted = await until(id, (now) => drifts(now).length === 1);
  expect(drifts(drifted)[0]).toMatchObject({
    requirement: 'P-10',
    message: expect.stringContaining('elsewhere.example'),
  });
  expect(openTask(drifted, 'decide_webhook_override')).toMatchObject({ blocking: false, step: 'aftercare' });
  await turn({ number }, null);
  await stage.client.recheck(id);
  const mended = await until(id, (now) => drifts(now).length === 0);
  expect(openTask(mended, 'decide_webhook_override')).toBeUndefined();
});
