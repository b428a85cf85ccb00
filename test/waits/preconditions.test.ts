/** The rows that speak of a precondition, provoked at the practice platform and heard of over HTTP. */
import type { Migration, StartRequestBody } from '../../client';
import type { WorldInput } from '../../sandbox/world/schema';
import { isClosed, openJourney, type Journey, type JourneyOptions } from '../support/journey';
import { isWaitingIn, openTask, stepOf, tasksOf } from './timed-journey';

const migrated = { state: 'completed', outcome: 'migrated' };

const found = ({ findings }: Migration, code: string) => findings.find((finding) => finding.code === code);
const codesOf = ({ findings }: Migration): string[] => findings.map(({ code }) => code);

/** Changes to the accounts, records and subscribers of a straight world, by id. */
const changed =
  (changes: { wabas?: Record<string, object>; records?: Record<string, object>; subscribers?: object }) =>
  (world: WorldInput): WorldInput => ({
    ...world,
    wabas: (world.wabas ?? []).map((waba) => ({ ...waba, ...changes.wabas?.[waba.id] })),
    records: (world.records ?? []).map((record) => ({ ...record, ...changes.records?.[record.id] })),
    subscribers: (world.subscribers ?? []).map((subscriber) => ({ ...subscriber, ...changes.subscribers })),
  });

test('R1, R5, R10, R11, R12, R13, R14, R20, R24, §7.3, meta §1.6 and §3.5: what stands against a number and what hangs on it is told in one look, each with who acts', async () => {
  const { start, until } = await openJourney({
    destinationFunding: 'credit_line',
    change: changed({
      subscribers: {
        quality: 'RED',
        officialBusinessAccount: true,
      },
      records: {
        '7001': {
          platformType: 'ON_PREMISE',
          status: 'FLAGGED',
          profile: { about: 'Pães artesanais', email: 'oi@sol.example', vertical: 'GOVT' },
          belongings: {
            qrCodes: [{ code: 'ABCDEFGHIJKLM2', message: 'Oi' }],
            prompts: ['Cardápio'],
            welcomeMessage: true,
            callbackUri: 'https://old.example/number',
          },
        },
      },
      wabas: {
        '2001': {
          commerceAccountId: '8801',
          flows: [{ id: '8901', name: 'encomenda' }],
        },
        '2002': { complaints: [{ code: 131031, description: 'Business Account locked' }] },
      },
    }),
    stage: { policy: { eligibility: { highVolume: { messagingLimits: ['TIER_2K'] } } } },
  });
  const { id } = await start({ cutover: { approval: 'manual' } });
  const seen = await until(id, (migration) => openTask(migration, 'approve_cutover') !== undefined);
  const told = seen.findings.map(({ requirement, severity, code, party }) =>
    [requirement, severity, code, party].join(' '),
  );
  expect(told).toEqual(
    expect.arrayContaining([
      'R1 warning SOURCE_HOSTED_ON_PREMISE operator',
      'R3 warning NUMBER_NOT_LIVE_AT_SOURCE source_provider',
      'R5 warning QUALITY_RATING_LOW client',
      'R10 info HISTORY_DOES_NOT_MOVE client',
      'R11 warning CATALOGUE_DOES_NOT_MOVE client',
      'R12 warning MEDIA_MAY_NOT_MOVE client',
      'R13 warning OFFICIAL_BUSINESS_ACCOUNT client',
      'R14 warning MIGRATION_SUPPORT_TO_BOOK operator',
      'R19 info PHONE_ACCESS_NOT_STATED client',
      'R20 warning DESTINATION_CANNOT_SEND client',
      'R24 info ADMIN_ACCESS_NOT_STATED client',
      'R28 info WEBSITE_NOT_LIVE client',
      '360dialog §7.3 warning GOVERNMENT_APPROVAL_NOT_STATED client',
      'meta §1.6 info CONVERSATIONAL_COMPONENTS_DO_NOT_MOVE client',
      'meta §1.6 info FLOWS_DO_NOT_MOVE client',
      'meta §1.6 info PROFILE_MAY_NOT_MOVE client',
      'meta §1.6 info WEBHOOK_OVERRIDE_DOES_NOT_MOVE operator',
      'meta §1.6 warning QR_CODES_DO_NOT_MOVE client',
    ]),
  );
  expect(found(seen, 'FLOWS_DO_NOT_MOVE')?.evidence).toMatchObject({ stays: ['encomenda'] });
  expect(found(seen, 'QR_CODES_DO_NOT_MOVE')?.evidence).toMatchObject({ stays: ['ABCDEFGHIJKLM2'] });
  expect(found(seen, 'PROFILE_MAY_NOT_MOVE')?.evidence).toEqual({ stays: ['about', 'email', 'vertical'] });
  expect(found(seen, 'DESTINATION_CANNOT_SEND')?.message).toContain('131031');
});

test('R20, meta §3.5: a source that Meta has locked is the provider’s task, and a line it does not pay foretells invoices (meta §1.1, P-15)', async () => {
  const locked = { complaints: [{ code: 131031, description: 'Business Account locked' }] };
  const one = await openJourney({ change: changed({ wabas: { '2001': locked } }) });
  const stopped = await one.until((await one.start()).id, isWaitingIn('eligibility'));
  expect(openTask(stopped, 'source_cannot_send')).toMatchObject({
    party: 'source_provider',
    requirement: 'R20',
  });

  const other = await openJourney();
  await other.people.act('revoke-credit', { wabaId: other.straight.ids.sourceWabaId });
  const { id } = await other.start();
  const goesOn = await other.until(id, isWaitingIn('ownership'));
  expect(found(goesOn, 'SOURCE_PAYMENT_PROBLEM')).toMatchObject({
    severity: 'warning',
    party: 'source_provider',
    requirement: 'meta §1.1',
  });
});

test('§7.3: a number of a country that the platform does not serve is refused with the reason; R19: a fixed line hears that it cannot take an SMS', async () => {
  const { stage, body, until } = await openJourney({
    change: (world) => ({
      ...world,
      subscribers: [...(world.subscribers ?? [])].map((subscriber) => ({
        ...subscriber,
        digits: '5351234567',
      })),
    }),
  });
  const { id } = await stage.client.startMigration({ ...body(), phoneNumber: '+5351234567' });
  const barred = await until(id, isWaitingIn('eligibility'));
  expect(openTask(barred, 'country_not_served')).toMatchObject({ party: 'client' });
  expect(found(barred, 'COUNTRY_NOT_SERVED')).toMatchObject({ evidence: { place: 'Cuba' } });

  const fixed = await stage.client.startMigration({ ...body(), phoneNumber: '+551132345678' });
  const refused = await until(fixed.id, isClosed);
  expect(found(refused, 'CODE_METHOD_UNSUITED')).toMatchObject({ requirement: 'R19', severity: 'warning' });
});

describe('what the deployment decides', () => {
  const opened = (eligibility: object, options: JourneyOptions = {}) =>
    openJourney({ ...options, stage: { policy: { eligibility } } });

  test('R19, R24, R29, P-7: statements that it makes a condition are tasks of the client, and the number moves with them', async () => {
    const { stage, start, until, handInCode } = await opened({ attestationsRequired: ['R19', 'R24'] });
    const { id } = await start();
    const asked = await until(id, isWaitingIn('eligibility'));
    const tasks = ['phone_access_not_stated', 'admin_access_not_stated'].map((kind) => openTask(asked, kind));
    expect(tasks).toMatchObject([
      { party: 'client', requirement: 'R19', howTo: expect.stringContaining('IVR') },
      { party: 'client', requirement: 'R24', howTo: expect.stringContaining('Full control') },
    ]);
    await stage.client.completeTask(id, tasks[0]?.id ?? '', { statement: 'Somebody will be there' });
    const again = await until(id, (now) =>
      /names neither a person/.test(openTask(now, 'phone_access_not_stated')?.title ?? ''),
    );
    for (const kind of ['phone_access_not_stated', 'admin_access_not_stated']) {
      await stage.client.completeTask(id, openTask(again, kind)?.id ?? '', {
        statement: 'Ana Souza, 20:00–22:00 Brasília',
      });
    }
    await handInCode(id);
    const moved = await until(id, isClosed);
    expect(moved).toMatchObject(migrated);
    expect(found(moved, 'PHONE_ACCESS_NOT_STATED')).toMatchObject({
      severity: 'info',
      evidence: { attested: true },
    });
  });

  test('R2: without Cloud hosting at the partner nothing is begun', async () => {
    const { people, start, until } = await opened({ cloudHostingEnabled: false });
    const waiting = await until((await start()).id, isWaitingIn('eligibility'));
    expect(openTask(waiting, 'cloud_hosting_not_enabled')).toMatchObject({
      party: 'operator',
      requirement: 'R2',
    });
    expect(await people.effects('')).toEqual([]);
  });

  test('R3: a number that is alone on the same platform under another partner changes its partner instead', async () => {
    const { start, until } = await opened({ ownPlatform: 'acme-bsp' });
    const ended = await until((await start()).id, isClosed);
    expect(ended).toMatchObject({ state: 'completed', outcome: 'partner_change_needed' });
    expect(found(ended, 'PARTNER_CHANGE_NEEDED')).toMatchObject({
      requirement: 'R3',
      remedy: expect.stringContaining('Change Partner'),
    });
  });
});

describe('R28, P-20, E8: the web site', () => {
  const businessOf = ({ stage, straight }: Journey): NonNullable<StartRequestBody['business']> => ({
    name: 'Padaria Sol',
    website: stage.siteOf(straight.ids.businessId),
  });
  const show = ({ people, straight }: Journey, state: string) =>
    people.act('site', { businessId: straight.ids.businessId, state });

  let journey: Journey;
  beforeAll(async () => {
    journey = await openJourney({ numbers: 4, templates: 1 });
  });

  test('one without TLS or with a certificate that is expired, another’s or signed by nobody, one that is down, for sale, endless or leads inside a private network stops the move while it is planned', async () => {
    const { stage, people, straight, start, until } = journey;
    const { name } = businessOf(journey);
    const open = { name, website: `${stage.sandbox.url}/sandbox/sites/${straight.ids.businessId}` };
    const { id } = await start({ business: open, cutover: { approval: 'manual' } }, 0);
    const words = async (text: RegExp) =>
      until(id, (migration) => text.test(openTask(migration, 'website_not_live')?.title ?? ''));
    await words(/has no TLS/);
    await people.knobs({ siteCertificate: 'expired' });
    await stage.client.amendMigration(id, { business: businessOf(journey) });
    await words(/CERT_HAS_EXPIRED/);
    for (const [siteCertificate, text] of [
      ['wrong_name', /ERR_TLS_CERT_ALTNAME_INVALID/],
      ['self_signed', /DEPTH_ZERO_SELF_SIGNED_CERT/],
    ] as const) {
      await people.knobs({ siteCertificate });
      await stage.client.recheck(id);
      await words(text);
    }
    await people.knobs({ siteCertificate: 'valid' });
    await show(journey, 'down');
    await stage.client.recheck(id);
    expect(openTask(await words(/HTTP 500/), 'website_not_live')).toMatchObject({
      party: 'client',
      requirement: 'R28',
    });
    for (const [state, text] of [
      ['parked', /domain for sale/],
      ['loops', /without end/],
      ['leads_inside', /private network/],
    ] as const) {
      await show(journey, state);
      await stage.client.recheck(id);
      await words(text);
    }
    // A statement never outweighs what was seen.
    const task = openTask(await stage.client.getMigration(id), 'website_not_live');
    await stage.client.completeTask(id, task?.id ?? '', { statement: 'it is live' });
    await until(id, (migration) => tasksOf(migration, 'website_not_live').length > 1);
    await show(journey, 'live');
    await stage.client.recheck(id);
    const goesOn = await until(id, (migration) => openTask(migration, 'approve_cutover') !== undefined);
    expect(found(goesOn, 'WEBSITE_NOT_LIVE')).toBeUndefined();
  });

  test('one that does not name the business, or lets no program in, is a person’s to look at and stops nothing', async () => {
    const { start, until } = journey;
    await show(journey, 'stranger');
    const strange = await until(
      (await start({ business: businessOf(journey) }, 1)).id,
      isWaitingIn('ownership'),
    );
    expect(found(strange, 'WEBSITE_NOT_LIVE')).toMatchObject({
      severity: 'warning',
      evidence: { namesBusiness: false },
    });
    await show(journey, 'no_programs');
    const shut = await until(
      (await start({ business: businessOf(journey) }, 2)).id,
      isWaitingIn('ownership'),
    );
    expect(found(shut, 'WEBSITE_NOT_LIVE')).toMatchObject({ evidence: { why: 'refused_program' } });
  });

  test('it is opened again in the window: one whose certificate has expired meanwhile stops the number before it is announced', async () => {
    const { stage, people, start, until, handInCode } = journey;
    await show(journey, 'live');
    const before = await people.effects('announced');
    const { id } = await start({ business: businessOf(journey), cutover: { approval: 'manual' } }, 3);
    await until(id, (migration) => openTask(migration, 'approve_cutover') !== undefined);
    await people.knobs({ siteCertificate: 'expired' });
    await stage.client.approveCutover(id, 'go');
    const stopped = await until(id, isWaitingIn('two_step_off'));
    expect(openTask(stopped, 'website_not_live')).toMatchObject({
      ...{ requirement: 'R28', party: 'client' },
      title: expect.stringContaining('CERT_HAS_EXPIRED'),
    });
    expect(await people.effects('announced')).toEqual(before);
    await people.knobs({ siteCertificate: 'valid' });
    await stage.client.recheck(id);
    await handInCode(id, 3);
    expect(await until(id, isClosed)).toMatchObject(migrated);
  });
});

describe('what is met late', () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await openJourney({ numbers: 2, templates: 1, twoStepOn: true });
  });

  test('P-5, R22, E3: a number that is deleted instead of only switched off ends the wait with what is lost, and with what stays', async () => {
    const { stage, people, straight, start, until } = journey;
    const { id } = await start({}, 0);
    await until(id, isWaitingIn('two_step_off'));
    await people.act('delete-number', { number: straight.numbers[0]?.subscriberId });
    await stage.client.recheck(id);
    const ended = await until(id, isClosed);
    expect(ended).toMatchObject({ state: 'completed', outcome: 'new_registration_needed' });
    expect(found(ended, 'NO_MIGRATION_NEEDED')).toMatchObject({
      requirement: 'E3',
      evidence: { lost: expect.arrayContaining(['quality rating', 'messaging limit']) },
    });
    expect(ended.leftInPlace.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['copied_templates', 'subscribed_app']),
    );
    expect(await people.effects('announced')).toEqual([]);
  });

  test('§6.4 2388103, E3: "can be added directly" at the announcement leads back to a look at the whole, not to a dead end', async () => {
    const { people, straight, start, until, handInCode } = journey;
    await people.act('two-step-off', { number: straight.numbers[1]?.subscriberId });
    await people.fault({
      match: { method: 'POST', path: '/{waba}/phone_numbers', times: 1 },
      action: {
        type: 'fail',
        status: 400,
        code: 100,
        subcode: 2388103,
        title: 'Cannot migrate phone number',
        userMessage: 'This phone number can be added directly and does not need to be migrated.',
      },
    });
    const { id } = await start({}, 1);
    await handInCode(id, 1);
    const moved = await until(id, isClosed);
    expect(moved).toMatchObject(migrated);
    expect(stepOf(moved, 'eligibility')?.attempts).toBe(2);
    expect(codesOf(moved)).not.toContain('NO_MIGRATION_NEEDED');
  });
});
