import { firstNumber, moved, practise, type GraphClient, type Practice, type Reply } from './practice';

describe('money', () => {
  let practice: Practice;
  let system: GraphClient;

  beforeEach(async () => {
    practice = await practise({ destinationFunding: 'none' });
    system = practice.graph.as('system-token');
  });
  afterEach(() => practice.close());

  const attach = (currency = 'USD'): Promise<Reply> =>
    system.post('/5001/whatsapp_credit_sharing_and_attach', { waba_id: '2002', waba_currency: currency });

  test('a line is shared and attached once and for ever, and can be read back from both ends', async () => {
    const attached = await attach('BRL');
    const allocation = attached.body.text('allocation_config_id');
    const credential = await system.get(`/${allocation}`, {
      fields: 'receiving_credential{id},receiving_business',
    });
    const waba = await practice.graph.get('/2002', { fields: 'primary_funding_id,currency' });
    expect(waba.body.at('primary_funding_id')).toBe(credential.body.at('receiving_credential', 'id'));
    expect(waba.body.at('currency')).toBe('BRL');
    expect((await attach()).body.text('error', 'message')).toMatch(/already attached/);
    const configs = await system.get('/5001/owning_credit_allocation_configs', {
      receiving_business_id: '1001',
    });
    expect(configs.body.at('data')).toEqual([
      { id: allocation, receiving_business: { name: 'Padaria Sol', id: '1001' } },
    ]);
  });

  test('the two-step way shares first and attaches with the business token', async () => {
    const early = await practice.graph.post('/5001/whatsapp_credit_attach', {
      waba_id: '2002',
      waba_currency: 'USD',
    });
    expect(early.body.at('error', 'error_subcode')).toBe(33);
    const asSystem = { waba_id: '2002', waba_currency: 'USD' };
    expect((await system.post('/5001/whatsapp_credit_attach', asSystem)).status).toBe(400);
    const shared = await system.post('/5001/whatsapp_credit_sharing', { receiving_business_id: '1001' });
    expect(shared.body.at('success')).toBe(true);
    const attached = await system.post('/5001/whatsapp_credit_attach', asSystem);
    expect(attached.body.at('allocation_config_id')).toBe(shared.body.at('allocation_config_id'));
  });

  test('a currency the platform does not bill in is refused', async () => {
    expect((await attach('CHF')).body.text('error', 'message')).toMatch(/waba_currency/);
  });

  test('revoking a line stops every account of the client, and leaves the line glued to them', async () => {
    const allocation = (await attach()).body.text('allocation_config_id');
    expect((await system.delete(`/${allocation}`)).body.value).toEqual({ success: true });
    const read = await system.get(`/${allocation}`, { fields: 'request_status' });
    expect(read.body.at('request_status')).toBe('DELETED');
    const refused = await practice.graph.post('/2002/phone_numbers', firstNumber);
    expect(refused.body.text('error', 'error_user_msg')).toMatch(/no payment account/);
    expect((await practice.control.act('attach-card', { wabaId: '2002' })).status).toBe(409);
    expect((await attach()).status).toBe(400);
  });

  test('usage is told in half-hour buckets of the numbers an account has now', async () => {
    const now = Date.parse((await practice.control.get('/clock')).body.text('now'));
    await practice.control.act('send-traffic', { number: 'sub_straight_1', volume: 7, minutesAgo: 45 });
    await practice.control.act('send-traffic', {
      number: 'sub_straight_1',
      volume: 2,
      category: 'MARKETING',
    });
    const seconds = Math.floor(now / 1000);
    const range = `start(${String(seconds - 7200)}).end(${String(seconds + 1800)})`;
    const fields = `pricing_analytics.${range}.granularity(HALF_HOUR).phone_numbers(["5511987650001"]).dimensions(PHONE,PRICING_CATEGORY)`;
    const usage = (): Promise<Reply> => practice.graph.as('source-token').get('/2001', { fields });
    const points = (await usage()).body.list('pricing_analytics', 'data', 0, 'data_points');
    expect(points.map((point) => point.at('volume'))).toEqual([7, 2]);
    const [first] = points;
    expect(first?.value).toMatchObject({
      phone_number: '5511987650001',
      pricing_category: 'UTILITY',
      cost: 0.056,
    });
    expect(Number(first?.at('end')) - Number(first?.at('start'))).toBe(1800);
    const log = JSON.stringify((await practice.control.get('/requests')).body.value);
    expect(log).not.toContain('5511987650001');
    await attach();
    await moved(practice);
    expect((await usage()).body.list('pricing_analytics', 'data', 0, 'data_points')).toEqual([]);
    await practice.control.knobs({ sourceAnalyticsAfter: 'kept' });
    expect((await usage()).body.list('pricing_analytics', 'data', 0, 'data_points')).toHaveLength(2);
  });
});

describe('people', () => {
  let practice: Practice;

  beforeEach(async () => {
    practice = await practise();
  });
  afterEach(() => practice.close());

  test('complete Embedded Signup: a new account, found by list, event and code', async () => {
    const before = await practice.graph.get('/1001/owned_whatsapp_business_accounts');
    await practice.control.advance(1_000);
    const signup = await practice.control.act('complete-signup', {
      businessId: '1001',
      wabaName: 'Padaria Nova',
    });
    const wabaId = signup.body.text('wabaId');
    expect(signup.body.at('messageEvent')).toEqual({
      type: 'WA_EMBEDDED_SIGNUP',
      event: 'FINISH_ONLY_WABA',
      version: 3,
      data: { waba_id: wabaId, business_id: '1001' },
    });
    const after = await practice.graph.get('/1001/owned_whatsapp_business_accounts');
    expect(after.body.list('data')).toHaveLength(before.body.list('data').length + 1);
    expect(after.body.at('data', 0, 'id')).toBe(wabaId);
    const since = String(Math.floor(practice.sandbox.platform.now() / 1000) - 1);
    const filtering = JSON.stringify([{ field: 'creation_time', operator: 'GREATER_THAN', value: since }]);
    const fresh = await practice.graph
      .as('system-token')
      .get('/1000/client_whatsapp_business_accounts', { filtering });
    expect(fresh.body.list('data').map((waba) => waba.at('id'))).toEqual([wabaId]);
    expect(
      (await practice.graph.get(`/${wabaId}`, { fields: 'owner_business_info' })).body.at(
        'owner_business_info',
      ),
    ).toEqual({
      name: 'Padaria Sol',
      id: '1001',
    });
  });

  test('the code of the popup lives 30 seconds and is used once', async () => {
    const exchange = async (code: string): Promise<Reply> =>
      practice.graph
        .as('')
        .get('/oauth/access_token', { client_id: '3001', client_secret: 'app-secret', code });
    const first = await practice.control.act('complete-signup', { businessId: '1001' });
    const token = (await exchange(first.body.text('code'))).body.text('access_token');
    expect((await practice.graph.as(token).get(`/${first.body.text('wabaId')}`)).status).toBe(200);
    const again = await exchange(first.body.text('code'));
    expect(again.body.at('error', 'error_subcode')).toBe(36_009);
    const second = await practice.control.act('complete-signup', { businessId: '1001' });
    await practice.control.advance(30_000);
    expect((await exchange(second.body.text('code'))).body.at('error', 'error_subcode')).toBe(36_007);
  });

  test('a number brought by Embedded Signup is proved already', async () => {
    const signup = await practice.control.act('complete-signup', {
      businessId: '1001',
      phoneNumber: '+5511987650001',
      funded: true,
    });
    const id = signup.body.text('phoneNumberId');
    const phone = await practice.graph.get(`/${id}`, {
      fields: 'status,platform_type,code_verification_status',
    });
    expect(phone.body.value).toEqual({
      id,
      status: 'PENDING',
      platform_type: 'NOT_APPLICABLE',
      code_verification_status: 'VERIFIED',
    });
    const code = await practice.graph.post(`/${id}/request_code`, { code_method: 'SMS', language: 'en_US' });
    expect(code.body.at('error', 'code')).toBe(136024);
  });

  test('a removed partner loses the account', async () => {
    await practice.control.act('partner-removed', { wabaId: '2002', appId: '3001' });
    expect((await practice.graph.get('/2002')).body.at('error', 'error_subcode')).toBe(33);
  });

  test('a number deleted at its source needs no migration, and rests five minutes before it is added anew', async () => {
    await practice.control.act('delete-number', { number: 'sub_straight_1' });
    const moving = await practice.graph.post('/2002/phone_numbers', firstNumber);
    expect(moving.body.text('error', 'error_user_msg')).toMatch(/added directly/);
    const anew = { cc: '55', phone_number: '11987650001', verified_name: 'Padaria Sol' };
    expect((await practice.graph.post('/2002/phone_numbers', anew)).body.at('error', 'code')).toBe(133015);
    await practice.control.advance(5 * 60_000);
    expect((await practice.graph.post('/2002/phone_numbers', anew)).status).toBe(200);
  });

  test('a record that is not on the move gets no code', async () => {
    await moved(practice);
    const source = practice.graph.as('source-token');
    const asked = await source.post('/7001/request_code', { code_method: 'SMS', language: 'en_US' });
    expect(asked.body.at('error', 'error_subcode')).toBe(2388091);
    const guessed = await source.post('/7001/verify_code', { code: '123456' });
    expect(guessed.body.at('error', 'error_subcode')).toBe(2388093);
  });

  test('the health of a number tells what keeps it from sending', async () => {
    await practice.control.act('revoke-credit', { wabaId: '2002' });
    const health = await practice.graph.get('/2002', { fields: 'health_status' });
    expect(health.body.at('health_status', 'can_send_message')).toBe('BLOCKED');
    expect(health.body.at('health_status', 'entities', 0, 'errors', 0, 'error_code')).toBe(141006);
    const source = await practice.graph.as('source-token').get('/7001', { fields: 'health_status' });
    expect(source.body.at('health_status', 'can_send_message')).toBe('AVAILABLE');
  });

  test('an act nobody knows, or without what it needs, is refused', async () => {
    expect((await practice.control.act('sing', {})).status).toBe(404);
    expect((await practice.control.act('review-decision', { wabaId: '2002' })).status).toBe(400);
    expect((await practice.control.act('two-step-off', { number: 'sub_nobody' })).status).toBe(404);
  });
});

describe('the phones', () => {
  let practice: Practice;

  beforeEach(async () => {
    practice = await practise();
  });
  afterEach(() => practice.close());

  test('show codes on a page that escapes what the world says', async () => {
    const { world } = practice.world;
    const subscribers = world.subscribers?.map((subscriber) => ({
      ...subscriber,
      title: '<script>alert(1)</script>',
    }));
    await practice.control.send('PUT', '/world', { ...world, subscribers });
    const id = (await practice.graph.post('/2002/phone_numbers', firstNumber)).body.text('id');
    await practice.graph.post(`/${id}/request_code`, { code_method: 'SMS', language: 'pt_BR' });
    const page = String((await practice.control.get('/phone')).body.value);
    expect(page).toMatch(/WhatsApp code \d{3}-\d{3}/);
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toContain('<script>');
  });

  test('are found by number in either regional form, without the number in an address', async () => {
    const found = await practice.control.send('POST', '/phones/messages', { phoneNumber: '+551187650001' });
    expect(found.body.at('id')).toBe('sub_straight_1');
    expect(
      (await practice.control.send('POST', '/phones/messages', { phoneNumber: '+551100000000' })).status,
    ).toBe(404);
  });
});
