import { equivalenceKey } from '../../shared/phone-number';
import { newNumber, openWorld, startBody, startMigration, type World } from './world';

const NOW = new Date('2026-11-22T12:00:00Z');

let world: World;
beforeAll(async () => {
  world = await openWorld({ now: () => NOW });
});

const start = (body: unknown, more: { idempotencyKey?: string; tenant?: 'acme' | 'other' } = {}) =>
  world.call({ method: 'POST', url: '/v1/migrations', body, ...more });

interface FieldError {
  pointer: string;
  expected: string;
  received: string;
}
const pointersOf = (errors: FieldError[]): string[] => errors.map(({ pointer }) => pointer).sort();

describe('a start', () => {
  test('is accepted, can be read at once, and runs under its own id', async () => {
    const body = startBody();
    const answer = await start(body);
    expect(answer.statusCode).toBe(202);
    const migration = answer.json<{ id: string }>();
    expect(answer.headers.location).toBe(`/v1/migrations/${migration.id}`);
    const read = await world.call({ method: 'GET', url: `/v1/migrations/${migration.id}` });
    expect(read.json()).toEqual(migration);
    const execution = await world.deps.temporal.workflow.getHandle(migration.id).describe();
    expect(execution.status.name).toBe('RUNNING');
  });

  test('puts no phone number where Temporal does not encrypt', async () => {
    const body = startBody();
    const id = (await start(body)).json<{ id: string }>().id;
    const execution = await world.deps.temporal.workflow.getHandle(id).describe();
    const history = await world.deps.temporal.workflow.getHandle(id).fetchHistory();
    const seen = JSON.stringify([execution.raw, history]);
    const digits = String(body['phoneNumber']).slice(1);
    for (const form of [digits, equivalenceKey(digits), digits.slice(2)]) expect(seen).not.toContain(form);
  });

  test('takes the deadlines of the request into the policy of the workflow', async () => {
    const id = await startMigration(world, { deadlines: { ownership: 'P1DT12H', funding: 'PT90M' } });
    const input = await world.store.migrations.getInput('acme', id);
    expect(input?.policy.deadlines).toMatchObject({
      ownership: 129_600_000,
      funding: 5_400_000,
      eligibility: 1_209_600_000,
    });
  });
});

describe('an invalid start', () => {
  const cases: [what: string, overrides: Record<string, unknown>, pointers: string[]][] = [
    ['a number without its plus', { phoneNumber: '5531991110000' }, ['/phoneNumber']],
    ['a number that is too short for its country', { phoneNumber: '+5531991' }, ['/phoneNumber']],
    [
      'a profile number that is another number',
      { numberAsShownInProfile: '553199999999' },
      ['/numberAsShownInProfile'],
    ],
    ['an unknown mode', { mode: 'rehearse' }, ['/mode']],
    ['an unknown route', { route: 'by_post' }, ['/route']],
    [
      'the procedure of the 360dialog Hub (R32, R33, R34, R35, R36, R37, R38, R48, R49, P-12, P-13)',
      { route: 'hub_signup' },
      ['/route'],
    ],
    ['a route that the installation is not set up for', { route: 'embedded_signup' }, ['/route']],
    [
      'an intent without its solution and with an account',
      { route: 'solution_intent' },
      ['/destination/solutionId', '/destination/wabaId'],
    ],
    [
      'a solution on another route',
      {
        destination: {
          provider: 'meta',
          businessId: '1001',
          credential: 'meta-destination',
          solutionId: '3401',
        },
      },
      ['/destination/solutionId'],
    ],
    [
      'ids that are not digits',
      { source: { provider: 'acme-bsp', businessId: 'one', wabaId: '20-01' } },
      ['/source/businessId', '/source/wabaId'],
    ],
    ['no source', { source: undefined }, ['/source']],
    ['no destination', { destination: undefined }, ['/destination']],
    [
      'a destination without what the route needs',
      { destination: { provider: 'meta', businessId: '1001' } },
      ['/destination/credential'],
    ],
    [
      'a provider that is not available yet',
      { destination: { provider: '360dialog', businessId: '1001', credential: 'meta-destination' } },
      ['/destination/provider'],
    ],
    [
      'the source WABA as destination',
      {
        destination: { provider: 'meta', businessId: '1001', wabaId: '2001', credential: 'meta-destination' },
      },
      ['/destination/wabaId'],
    ],
    [
      'credentials nobody has stored',
      {
        source: { provider: 'acme-bsp', businessId: '1001', wabaId: '2001', credential: 'no-such' },
        destination: { provider: 'meta', businessId: '1001', credential: 'neither' },
        funding: { payer: 'partner_credit', creditLineId: '5001', currency: 'USD', credential: 'nor-this' },
      },
      ['/destination/credential', '/funding/credential', '/source/credential'],
    ],
    ['a window in the past', { cutover: { notAfter: '2026-11-22T11:00:00Z' } }, ['/cutover/notAfter']],
    [
      'a window that is too short',
      { cutover: { notBefore: '2026-11-23T10:00:00Z', notAfter: '2026-11-23T10:14:59Z' } },
      ['/cutover/notAfter'],
    ],
    [
      'a window that is nearly over',
      { cutover: { notBefore: '2026-11-22T08:00:00Z', notAfter: '2026-11-22T12:10:00Z' } },
      ['/cutover/notAfter'],
    ],
    [
      'a window without a time zone',
      { cutover: { notBefore: '2026-11-23T10:00:00' } },
      ['/cutover/notBefore'],
    ],
    ['a payer nobody knows', { funding: { payer: 'somebody' } }, ['/funding/payer']],
    [
      'a credit line without its currency',
      { funding: { payer: 'partner_credit', creditLineId: '5001' } },
      ['/funding/currency'],
    ],
    [
      'a template without its language',
      { templates: { required: ['order_update'] } },
      ['/templates/required/0'],
    ],
    ['a deadline that is no duration', { deadlines: { ownership: '3 days' } }, ['/deadlines/ownership']],
    ['an aftercare of a year', { aftercare: { hours: 8760 } }, ['/aftercare/hours']],
    [
      'an attestation of no requirement',
      { attestations: [{ requirement: 'R77', statement: 'x' }] },
      ['/attestations/0/requirement'],
    ],
    ['a field nobody knows', { phonenumber: '+5531991110000' }, ['/phonenumber']],
  ];

  test.each(cases)('with %s is refused and says where', async (_what, overrides, pointers) => {
    const answer = await start(startBody(overrides));
    expect(answer.statusCode).toBe(422);
    const problem = answer.json<{ code: string; errors: FieldError[] }>();
    expect(problem.code).toBe('invalid_request');
    expect(pointersOf(problem.errors)).toEqual(pointers);
    for (const error of problem.errors) {
      expect(error.expected).not.toBe('');
      expect(error.received).not.toBe('');
    }
  });

  test('names every mistake at once, of form and of meaning', async () => {
    const answer = await start({
      phoneNumber: '5531991110000',
      numberAsShownInProfile: 'abc',
      mode: 'rehearse',
      route: 'by_post',
      source: { provider: '', businessId: 'one', wabaId: '2001', credential: 'no-such' },
      destination: {
        provider: 'meta',
        businessId: '1001',
        wabaId: '2001',
        credential: 'neither',
        colour: 'red',
      },
      verification: { method: 'letter', language: 'portuguese', send: 'never' },
      funding: { payer: 'partner_credit', creditLineId: 'x', currency: 'dollars' },
      cutover: { notBefore: 'tomorrow', notAfter: '2020-01-01T00:00:00Z', approval: 'perhaps' },
      metadata: { ticket: 7 },
    });
    expect(pointersOf(answer.json<{ errors: FieldError[] }>().errors)).toEqual([
      '/cutover/approval',
      '/cutover/notAfter',
      '/cutover/notBefore',
      '/destination/colour',
      '/destination/credential',
      '/destination/wabaId',
      '/funding/creditLineId',
      '/funding/currency',
      '/metadata/ticket',
      '/mode',
      '/numberAsShownInProfile',
      '/phoneNumber',
      '/route',
      '/source/businessId',
      '/source/credential',
      '/source/provider',
      '/verification/language',
      '/verification/method',
      '/verification/send',
    ]);
  });

  test('repeats neither tokens nor whole numbers', async () => {
    const number = '5531991237654';
    const token = 'EAAGpastedIntoTheWrongField';
    const answer = await start(
      startBody({
        phoneNumber: number,
        business: { name: 'x', contact: { phone: `${number}00000` } },
        source: { provider: 'acme-bsp', businessId: '1001', wabaId: '2001', credential: token },
        [`+${number}`]: `call +${number}`,
      }),
    );
    expect(answer.statusCode).toBe(422);
    expect(answer.body).not.toContain(number);
    expect(answer.body).not.toContain(token);
  });

  test('starts nothing and claims nothing', async () => {
    const phoneNumber = newNumber();
    await start(startBody({ phoneNumber, mode: 'rehearse' }));
    expect(await world.store.claims.holder(phoneNumber)).toBeNull();
    expect((await start(startBody({ phoneNumber }))).statusCode).toBe(202);
  });
});

describe('what is wrong with a body', () => {
  const id = 'mig_00000000000000000000000000';
  const token = 'EAAshortTokenUnderAnotherName';
  test.each([
    ['the bare code', 'POST', `/v1/migrations/${id}/verification-code`, '739154', ''],
    ['the code as a number', 'POST', `/v1/migrations/${id}/verification-code`, 739154, ''],
    [
      'the code under another name',
      'POST',
      `/v1/migrations/${id}/verification-code`,
      { otp: '739154' },
      '/otp',
    ],
    [
      'the code in place of a name',
      'POST',
      `/v1/migrations/${id}/verification-code`,
      { 739154: 1 },
      '/••••••',
    ],
    ['the code among the metadata', 'POST', '/v1/migrations', { metadata: { otp: 739154 } }, '/metadata/otp'],
    ['a token under another name', 'PUT', '/v1/credentials/fresh', { value: token }, '/value'],
    ['a number under another name', 'POST', '/v1/migrations', { msisdn: '5531991110000' }, '/msisdn'],
  ] as const)('is told without what it may not repeat: %s', async (_what, method, url, body, pointer) => {
    const answer = await world.call({ method, url, body });
    expect(answer.statusCode).toBe(422);
    const { errors } = answer.json<{ errors: { pointer: string; received: string }[] }>();
    expect(errors.find((error) => error.pointer === pointer)?.received).toMatch(
      /^(a string of \d+ characters|a number)$/,
    );
    for (const secret of ['739154', token, '5531991110000']) expect(answer.body).not.toContain(secret);
  });
});

describe('a number that is already in a migration', () => {
  test('is refused with the id when the tenant itself holds it, however it is written', async () => {
    const phoneNumber = '+5531988887777';
    const id = await startMigration(world, { phoneNumber });
    const again = await start(startBody({ phoneNumber: '+553188887777' }));
    expect(again.statusCode).toBe(409);
    expect(again.json()).toMatchObject({ code: 'number_in_migration', migrationId: id });
  });

  test('is refused without a word about whom when another tenant holds it', async () => {
    const phoneNumber = newNumber();
    const id = await startMigration(world, { phoneNumber });
    const again = await start(startBody({ phoneNumber }), { tenant: 'other' });
    expect(again.statusCode).toBe(409);
    expect(again.json()).toMatchObject({ code: 'number_unavailable' });
    expect(again.body).not.toContain(id);
  });
});
