import { request as rawRequest } from 'node:http';
import { aWorld } from '../../sandbox';
import {
  announced,
  firstNumber,
  practise,
  proved,
  registration,
  type Practice,
  type Reply,
} from './practice';

describe('who may ask what, and what a refusal looks like', () => {
  let practice: Practice;

  beforeEach(async () => {
    practice = await practise();
  });
  afterEach(() => practice.close());

  const error = (reply: Reply, ...path: string[]): unknown => reply.body.at('error', ...path);

  test('a call without a token is answered 104, with an unknown one 190/467', async () => {
    expect(error(await practice.graph.as('').get('/2002'), 'code')).toBe(104);
    const unknown = await practice.graph.as('nonsense').get('/2002');
    expect(unknown.status).toBe(401);
    expect([error(unknown, 'code'), error(unknown, 'error_subcode')]).toEqual([190, 467]);
  });

  test('an expired token is answered 190/463, a revoked one 190/460', async () => {
    await practice.control.act('expire-token', { token: 'destination' });
    await practice.control.act('revoke-token', { token: 'source' });
    expect(error(await practice.graph.get('/2002'), 'error_subcode')).toBe(463);
    expect(error(await practice.graph.as('source-token').get('/2001'), 'error_subcode')).toBe(460);
  });

  test('a foreign object and one that does not exist are answered alike: 100/33', async () => {
    const [foreign, missing] = await Promise.all([
      practice.graph.get('/2001'),
      practice.graph.get('/9999999'),
    ]);
    for (const reply of [foreign, missing]) {
      expect(reply.status).toBe(400);
      expect(error(reply, 'type')).toBe('GraphMethodException');
      expect([error(reply, 'code'), error(reply, 'error_subcode')]).toEqual([100, 33]);
    }
  });

  test('a token without the scope is answered 200', async () => {
    const { world } = practice.world;
    const tokens = (world.tokens ?? []).map((token) => ({ ...token, scopes: ['business_management'] }));
    await practice.control.send('PUT', '/world', { ...world, tokens });
    expect(error(await practice.graph.get('/2002'), 'code')).toBe(200);
    expect(error(await practice.graph.get('/1001'), 'code')).toBeUndefined();
  });

  test('the token is judged before the object, the object before the parameters', async () => {
    expect(error(await practice.graph.as('nonsense').post('/9999999/phone_numbers'), 'code')).toBe(190);
    expect(error(await practice.graph.post('/9999999/phone_numbers'), 'error_subcode')).toBe(33);
    expect(error(await practice.graph.post('/2002/phone_numbers'), 'error_subcode')).toBeUndefined();
    expect(error(await practice.graph.post('/2002/phone_numbers'), 'code')).toBe(100);
  });

  test('a field the object does not have is named', async () => {
    const reply = await practice.graph.get('/2002', { fields: 'id,shoe_size' });
    expect(error(reply, 'message')).toBe(
      '(#100) Tried accessing nonexisting field (shoe_size) on node type (WhatsAppBusinessAccount)',
    );
  });

  test('an unknown version of the API is refused', async () => {
    expect(error(await practice.graph.in('v19.0').get('/2002'), 'code')).toBe(2635);
  });

  test('a management edge answers with sub-code and user texts', async () => {
    await practice.control.act('two-step-on', { number: 'sub_straight_1' });
    const refused = await practice.graph.post('/2002/phone_numbers', firstNumber);
    expect(refused.body.value).toEqual({
      error: {
        message: '(#100) Invalid parameter',
        type: 'OAuthException',
        code: 100,
        error_subcode: 2388001,
        is_transient: false,
        error_user_title: 'Cannot Create Certificate',
        error_user_msg:
          'Two-step verification must be disabled for this phone number before it can be migrated.',
        fbtrace_id: expect.stringMatching(/^A\S{20,}$/),
      },
    });
  });

  test('a missing payment at registration is answered with the cause in the details only', async () => {
    const id = await proved(practice);
    await practice.control.act('revoke-credit', { wabaId: '2002' });
    const refused = await practice.graph.post(`/${id}/register`, registration);
    expect(error(refused, 'code')).toBe(100);
    expect(error(refused, 'error_subcode')).toBeUndefined();
    expect(error(refused, 'error_user_msg')).toBeUndefined();
    expect(error(refused, 'error_data', 'details')).toMatch(/^Cannot Migrate Phone Number/);
  });

  test('a world may answer every migration error in the second shape, and under 200000', async () => {
    await practice.control.knobs({ errorShape: 'details', outerCode: 200000 });
    await practice.control.act('two-step-on', { number: 'sub_straight_1' });
    const refused = await practice.graph.post('/2002/phone_numbers', firstNumber);
    expect([error(refused, 'code'), error(refused, 'error_subcode')]).toEqual([200000, undefined]);
    expect(error(refused, 'error_data', 'details')).toMatch(/Two-step verification/);
  });

  test.each([
    ['pt_BR', 'Não é possível criar o certificado'],
    ['es_LA', 'No se puede crear el certificado'],
  ] as const)('user texts follow the language of the token: %s', async (locale, title) => {
    const local = await practise({ locale, twoStepOn: true });
    const refused = await local.graph.post('/2002/phone_numbers', firstNumber);
    await local.close();
    expect(error(refused, 'error_user_title')).toBe(title);
  });

  test('a credit line is the business of a system user with a financial role', async () => {
    const asked = { fields: 'id,legal_entity_name' };
    expect(error(await practice.graph.get('/1000/extendedcredits', asked), 'error_subcode')).toBe(33);
    const lines = await practice.graph.as('system-token').get('/1000/extendedcredits', asked);
    expect(lines.body.at('data')).toEqual([{ id: '5001', legal_entity_name: 'Partner Ltd.' }]);
  });

  test('debug_token tells a token of the same app, and nothing of others', async () => {
    const own = await practice.graph.get('/debug_token', { input_token: 'destination-token' });
    expect(own.body.at('data', 'is_valid')).toBe(true);
    expect(own.body.at('data', 'granular_scopes', 1)).toEqual({
      scope: 'whatsapp_business_management',
      target_ids: ['2002'],
    });
    const asApp = practice.graph.as('3001|app-secret');
    expect((await asApp.get('/debug_token', { input_token: 'system-token' })).status).toBe(200);
    expect((await asApp.get('/debug_token', { input_token: 'source-token' })).status).toBe(400);
  });

  test('a body that is not JSON is refused', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = rawRequest(
        practice.graph.address('/2002/phone_numbers'),
        {
          method: 'POST',
          headers: { authorization: 'Bearer destination-token', 'content-type': 'application/json' },
        },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      call.on('error', reject);
      call.end('{"cc":');
    });
    expect(status).toBe(400);
  });

  test('the request log hides secrets, codes, PINs and numbers', async () => {
    const id = await proved(practice);
    await practice.graph.as('').get('/2002', { access_token: 'destination-token' });
    await practice.graph.post(`/${id}/register`, registration);
    await announced(practice).catch(() => '');
    const log = JSON.stringify((await practice.control.get('/requests')).body.value);
    const code = await practice.control.code('sub_straight_1');
    for (const secret of ['destination-token', '112233', '11987650001', code])
      expect(log).not.toContain(secret);
  });
});

test('a world that cannot be used is refused with all its faults', async () => {
  const practice = await practise();
  const bad = aWorld()
    .business({ id: '1', name: 'One' })
    .business({ id: '1', name: 'Two' })
    .waba({ id: '2', name: 'Lost', businessId: '9' })
    .build();
  const refused = await practice.control.send('PUT', '/world', bad);
  await practice.close();
  expect(refused.status).toBe(400);
  expect(refused.body.at('error', 'faults')).toEqual([
    'id 1 is used by business "One" and by business "Two"',
    'WABA 2 refers to 9, which does not exist',
  ]);
});
