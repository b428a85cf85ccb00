import { createCarryoverClient, type SupportBundle } from '../../client';
import { maskPhoneNumber } from '../../shared/phone-number';
import { openJourney, type Journey } from '../support/journey';
import { forbiddenOf } from '../support/aftermath';
import { isBlockedIn, isWaitingIn, openTask } from '../waits/timed-journey';

let journey: Journey;
beforeAll(async () => {
  journey = await openJourney({
    numbers: 3,
    templates: 2,
    twoStepOn: true,
    stage: { policy: { sourceStallsAfter: 1_500, preparation: { bookSupport: 'always' } } },
  });
});

const secretsIn = (text: string): string[] =>
  forbiddenOf(journey.stage)
    .secrets.filter(({ value }) => text.includes(value))
    .map(({ what }) => what);

const reported = async (id: string, kind: string, statement: string): Promise<void> => {
  const migration = await journey.until(id, (found) => openTask(found, kind) !== undefined);
  await journey.stage.client.completeTask(id, openTask(migration, kind)?.id ?? '', { statement });
};

describe('the support bundle (R50, §7.2)', () => {
  let id: string;
  beforeAll(async () => {
    const { stage, people, start, until } = journey;
    await people.fault({
      match: { method: 'POST', path: '*/subscribed_apps' },
      action: { type: 'fail', status: 400, code: 987_654, message: 'Nobody has met this before' },
    });
    id = (await start({ metadata: { ticket: 'ABC-1' } })).id;
    await until(id, isBlockedIn('destination'));
    await people.noFaults();
    await stage.client.completeTask(
      id,
      openTask(await stage.client.getMigration(id), 'export_history')?.id ?? '',
      { statement: 'exported', evidenceUrl: 'https://files.example/export.png' },
    );
    await until(id, (found) => openTask(found, 'export_history') === undefined);
  });

  test('gives a ticket its facts: ids, state, findings, tasks, what Meta answered with its trace id, what happened', async () => {
    const { stage, straight } = journey;
    const bundle = await stage.as('support').getSupportBundle(id);
    expect(bundle).toMatchObject({
      purpose: 'support',
      phoneNumber: straight.numbers[0]?.phoneNumber,
      migration: { id, state: 'blocked', step: 'destination', metadata: { ticket: 'ABC-1' } },
      source: { provider: 'acme-bsp', wabaId: '2001', businessId: '1001', phoneNumberId: '7001' },
      destination: { provider: 'meta', wabaId: '2002', businessId: '1001' },
    });
    expect(bundle.sourceRequests).toBeUndefined();
    expect(bundle.problems).toMatchObject([
      {
        step: 'destination',
        code: 'UNCLASSIFIED',
        party: 'operator',
        platform: {
          status: 400,
          code: 987_654,
          message: 'Nobody has met this before',
          traceId: expect.any(String),
        },
      },
    ]);
    expect(bundle.tasks.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['resolve_problem', 'drain_inbox']),
    );
    const told = bundle.timeline.map(({ what }) => what);
    expect(told).toEqual(expect.arrayContaining(['findings_recorded', 'step_parked', 'task_closed']));
    expect(bundle.timeline.map(({ detail }) => detail).join()).toContain('https://files.example/export.png');
    const instants = bundle.timeline.map(({ at }) => at);
    expect(instants).toEqual([...instants].sort());
    expect(secretsIn(JSON.stringify(bundle))).toEqual([]);
  });

  test('says what is missing before support is booked', async () => {
    const { stage, until } = journey;
    const missing = async () => (await stage.client.getSupportBundle(id)).missingForBooking;
    expect(await missing()).toEqual(['R22 arrange_two_step_removal', 'R19 appoint_code_receiver']);
    await reported(id, 'appoint_code_receiver', 'Ana Souza, 09:00 to 11:00 -03:00; in reserve João');
    await stage.client.retryStep(id, { reason: 'the platform is itself again' });
    await until(id, isWaitingIn('two_step_off'));
    expect(openTask(await stage.client.getMigration(id), 'book_support')).toBeUndefined();
    expect(await missing()).toEqual(expect.arrayContaining(['R22 arrange_two_step_removal']));
  });

  test('is a page to paste into a ticket as well', async () => {
    const page = await journey.stage.as('support').getSupportBundleMarkdown(id);
    expect(page).toContain('# Number migration: +55');
    expect(page).toContain('| source WABA / business | 2001 / 1001 |');
    expect(page).toContain('## Problems');
    expect(page).toMatch(/\| destination \| UNCLASSIFIED \|.*"traceId":/);
    expect(secretsIn(page)).toEqual([]);
  });

  test('shows a viewer no whole number, and another tenant nothing', async () => {
    const { stage, straight } = journey;
    const number = straight.numbers[0]?.phoneNumber ?? '';
    const seen = await stage.as('viewer').getSupportBundle(id, { purpose: 'escalation' });
    expect(seen.phoneNumber).toBe(maskPhoneNumber(number));
    const page = await stage.as('viewer').getSupportBundleMarkdown(id, { purpose: 'escalation' });
    for (const text of [JSON.stringify(seen), page]) expect(text).not.toContain(number.slice(1));
    await expect(stage.as('support', 'other').getSupportBundle(id)).rejects.toMatchObject({ status: 404 });
  });
});

test('support is booked when all is green, with the address of the bundle (R14, R50)', async () => {
  const { stage, people, start, until } = journey;
  const notBefore = new Date(Date.now() + 3_600_000).toISOString();
  const { id } = await start({ cutover: { notBefore } }, 1);
  await until(id, isWaitingIn('window'));
  await reported(id, 'appoint_code_receiver', 'Ana Souza, 09:00 to 11:00 -03:00');
  expect(openTask(await stage.client.getMigration(id), 'book_support')).toBeUndefined();
  await people.act('two-step-off', { number: journey.straight.numbers[1]?.subscriberId ?? '' });
  await stage.client.recheck(id);
  const green = await until(id, (found) => openTask(found, 'book_support') !== undefined);
  expect(openTask(green, 'book_support')).toMatchObject({
    party: 'operator',
    requirement: 'R50',
    howTo: expect.stringContaining(`/v1/migrations/${id}/support-bundle`),
  });
  expect((await stage.client.getSupportBundle(id)).missingForBooking).toEqual([]);
});

describe('the escalation of a source that stalls (R23, P-15)', () => {
  let id: string;
  let bundle: SupportBundle;
  const escalation = (language?: string) =>
    createCarryoverClient({ baseUrl: journey.stage.url, apiKey: journey.stage.apiKey('support'), language });
  beforeAll(async () => {
    const business = { name: 'Padaria Sol', contact: { locale: 'pt-BR' } };
    id = (await journey.start({ business }, 2)).id;
    await reported(id, 'two_step_verification_enabled', 'acme says that it is off');
    await journey.until(id, (found) => openTask(found, 'escalate_to_meta') !== undefined);
    bundle = await escalation().getSupportBundle(id, { purpose: 'escalation' });
  });

  test('names each request with its dates, and what was said', () => {
    const asked = bundle.sourceRequests?.filter(({ kind }) => kind === 'two_step_verification_enabled');
    expect(asked).toMatchObject([
      { status: 'done', statements: [{ statement: 'acme says that it is off', by: 'acme backend' }] },
      { status: 'open', party: 'source_provider', escalatedAt: expect.any(String), statements: [] },
    ]);
  });

  test('brings the words: to the provider in the language of the client or another, to the platform in English', async () => {
    const number = journey.straight.numbers[2]?.phoneNumber ?? '';
    expect(bundle.letters?.toProvider).toContain(`A acme-bsp: migração do número de WhatsApp ${number}`);
    expect(bundle.letters?.toPlatform).toContain(`A provider hinders a number migration: ${number}`);
    expect(bundle.letters?.toPlatform).toContain('acme says that it is off');
    const spanish = await escalation('es').getSupportBundleMarkdown(id, { purpose: 'escalation' });
    expect(spanish).toContain('> A acme-bsp: traslado del número de WhatsApp');
    expect(spanish).toContain('## Asked of the source');
  });
});
