import { announced, firstNumber, moved, practise, proved, registration, type Practice } from './practice';

describe('a number that moves straight through', () => {
  let practice: Practice;

  beforeEach(async () => {
    practice = await practise();
  });
  afterEach(() => practice.close());

  test('is announced, proved, registered and then live at its destination only', async () => {
    const id = await announced(practice);
    const fields = { fields: 'status,code_verification_status,platform_type,is_pin_enabled' };
    expect((await practice.graph.get(`/${id}`, fields)).body.value).toEqual({
      id,
      status: 'PENDING',
      code_verification_status: 'NOT_VERIFIED',
      platform_type: 'NOT_APPLICABLE',
      is_pin_enabled: false,
    });
    const asked = await practice.graph.post(`/${id}/request_code`, { code_method: 'SMS', language: 'pt_BR' });
    expect(asked.body.value).toEqual({ success: true });
    const code = await practice.control.code('sub_straight_1');
    expect((await practice.graph.post(`/${id}/verify_code`, { code })).body.value).toEqual({ success: true });
    expect((await practice.graph.post(`/${id}/register`, registration)).body.value).toEqual({
      success: true,
    });
    expect((await practice.graph.get(`/${id}`, fields)).body.at('status')).toBe('PENDING');
    await practice.control.advance(1_000);
    expect((await practice.graph.get(`/${id}`, fields)).body.value).toEqual({
      id,
      status: 'CONNECTED',
      code_verification_status: 'VERIFIED',
      platform_type: 'CLOUD_API',
      is_pin_enabled: true,
    });
    const source = await practice.graph.as('source-token').get('/7001', { fields: 'status' });
    expect(source.body.at('status')).toBe('MIGRATED');
    expect(await practice.control.violations()).toEqual([]);
  });

  test('has its templates copied by themselves after the registration', async () => {
    await moved(practice);
    await practice.control.advance(5_000);
    const list = await practice.graph.get('/2002/message_templates', { fields: 'name,status,quality_score' });
    expect(list.body.list('data')).toHaveLength(3);
    expect(list.body.at('data', 0, 'status')).toBe('APPROVED');
    expect(list.body.at('data', 0, 'quality_score', 'score')).toBe('UNKNOWN');
  });

  test('sends from the destination and no longer from the source', async () => {
    const message = {
      messaging_product: 'whatsapp',
      to: '5511900000001',
      type: 'text',
      text: { body: 'Hi' },
    };
    const source = practice.graph.as('source-token');
    expect((await source.post('/7001/messages', message)).status).toBe(200);
    const id = await moved(practice);
    expect((await source.post('/7001/messages', message)).body.at('error', 'code')).toBe(133010);
    expect((await practice.graph.post(`/${id}/messages`, message)).status).toBe(200);
    expect(await practice.control.violations()).toEqual([]);
  });

  test('takes parameters from a form and from the query as well as from JSON', async () => {
    const form = await practice.graph.postForm('/2002/phone_numbers', {
      ...firstNumber,
      migrate_phone_number: 'true',
    });
    const id = form.body.text('id');
    const query = new URLSearchParams({
      code_method: 'VOICE',
      language: 'en',
      access_token: 'destination-token',
    });
    const asked = await practice.graph.as('').post(`/${id}/request_code?${query.toString()}`);
    expect(asked.body.value).toEqual({ success: true });
    const phone = await practice.control.get('/phones/sub_straight_1');
    expect(phone.body.at('messages', 0, 'channel')).toBe('voice');
    expect(phone.body.text('messages', 0, 'text')).toMatch(/verification code is: \d, \d, \d, \d, \d, \d/);
  });

  test('keeps its phone-number id when the platform is told so', async () => {
    await practice.control.knobs({ phoneNumberId: 'same' });
    expect(await announced(practice)).toBe('7001');
    await practice.graph.post('/7001/request_code', { code_method: 'SMS', language: 'pt_BR' });
    const code = await practice.control.code('sub_straight_1');
    await practice.graph.post('/7001/verify_code', { code });
    await practice.graph.post('/7001/register', registration);
    await practice.control.advance(1_000);
    expect((await practice.graph.get('/7001', { fields: 'status' })).body.at('status')).toBe('CONNECTED');
    const source = await practice.graph.as('source-token').get('/7001', { fields: 'status' });
    expect(source.body.at('status')).toBe('MIGRATED');
  });

  test.each([
    ['vanished', undefined],
    ['disconnected', 'DISCONNECTED'],
  ])('leaves its source record %s when the platform is told so', async (after, status) => {
    await practice.control.knobs({ sourceRecordAfter: after });
    await moved(practice);
    const source = await practice.graph.as('source-token').get('/7001', { fields: 'status' });
    expect(source.body.at('status')).toBe(status);
    if (after === 'vanished') expect(source.body.at('error', 'error_subcode')).toBe(33);
  });

  test('lapses when it is not registered within 14 days of its proof', async () => {
    const id = await proved(practice);
    await practice.control.advance(14 * 86_400_000);
    const phone = await practice.graph.get(`/${id}`);
    expect(phone.body.at('code_verification_status')).toBe('EXPIRED');
    const refused = await practice.graph.post(`/${id}/register`, registration);
    expect(refused.body.at('error', 'code')).toBe(133006);
  });

  test('can be registered again after it was deregistered', async () => {
    const id = await moved(practice);
    expect((await practice.graph.post(`/${id}/deregister`)).body.value).toEqual({ success: true });
    expect((await practice.graph.get(`/${id}`, { fields: 'status' })).body.at('status')).toBe('DISCONNECTED');
    expect((await practice.graph.post(`/${id}/register`, registration)).body.value).toEqual({
      success: true,
    });
    await practice.control.advance(1_000);
    expect((await practice.graph.get(`/${id}`, { fields: 'status' })).body.at('status')).toBe('CONNECTED');
    expect(await practice.control.violations()).toEqual([]);
  });
});
