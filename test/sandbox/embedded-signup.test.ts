import { practise, registration, type Practice, type Reply } from './practice';

let practice: Practice;

beforeEach(async () => {
  practice = await practise({ knobs: { autoTemplateCopyStartMs: 0 } });
});
afterEach(() => practice.close());

const number = { number: 'sub_straight_1', businessId: '1001' } as const;

const signup = (input: Record<string, unknown> = {}): Promise<Reply> =>
  practice.control.act('complete-signup', { ...number, ...input });

/** A second portfolio of the same person, verified and in good order. */
async function otherPortfolio(): Promise<string> {
  const made = await practice.control.act('complete-signup', { newBusinessName: 'Another of mine' });
  const businessId = made.body.text('businessId');
  await practice.control.act('business-verification', { businessId, status: 'verified' });
  return businessId;
}

const exchange = (code: string, change: Record<string, string> = {}): Promise<Reply> =>
  practice.graph
    .as('')
    .get('/oauth/access_token', { client_id: '3001', client_secret: 'app-secret', code, ...change });

describe('meta §2.1: what the popup hands to the browser', () => {
  test('FINISH: the ids as a JSON string, and a code that becomes a token for this client of 60 days', async () => {
    const done = await signup();
    const message: unknown = JSON.parse(done.body.text('message'));
    const [wabaId, phoneId] = [done.body.text('wabaId'), done.body.text('phoneNumberId')];
    expect(message).toEqual({
      type: 'WA_EMBEDDED_SIGNUP',
      event: 'FINISH',
      version: 3,
      data: {
        phone_number_id: phoneId,
        waba_id: wabaId,
        business_id: '1001',
        ad_account_ids: [],
        page_ids: [],
        dataset_ids: [],
      },
    });
    const answer = await exchange(done.body.text('code'));
    expect(answer.body.at('expires_in')).toBe(60 * 86_400);
    const token = answer.body.text('access_token');
    expect((await practice.graph.as(token).get(`/${phoneId}`)).status).toBe(200);
    expect((await practice.graph.as(token).get('/2001')).body.at('error', 'error_subcode')).toBe(33);
    const debug = await practice.graph.as('3001|app-secret').get('/debug_token', { input_token: token });
    expect(debug.body.at('data', 'is_valid')).toBe(true);
    expect(debug.body.at('data', 'expires_at')).toBe(
      Math.floor((practice.sandbox.platform.now() + 60 * 86_400_000) / 1000),
    );
    expect(debug.body.at('data', 'granular_scopes', 0)).toEqual({
      scope: 'whatsapp_business_management',
      target_ids: [wabaId, '2002'],
    });
  });

  test('the token of a second signup names the newest account first (lost message event)', async () => {
    await signup({ number: undefined });
    await practice.control.advance(60_000);
    const second = await signup({ messageLost: true });
    expect(second.body.at('message')).toBeNull();
    const token = (await exchange(second.body.text('code'))).body.text('access_token');
    const debug = await practice.graph.as('3001|app-secret').get('/debug_token', { input_token: token });
    expect(debug.body.at('data', 'granular_scopes', 0, 'target_ids', 0)).toBe(second.body.at('wabaId'));
  });

  test('a code older than 30 seconds, one used before, a wrong secret and a wrong app are refused', async () => {
    const old = await signup({ number: undefined, codeAgeSeconds: 31 });
    expect((await exchange(old.body.text('code'))).body.at('error', 'error_subcode')).toBe(36_007);
    const code = (await signup({ number: undefined })).body.text('code');
    const wrongSecret = await exchange(code, { client_secret: 'guess' });
    expect(wrongSecret.body.at('error', 'code')).toBe(1);
    expect((await exchange(code, { client_id: '4711' })).body.at('error', 'code')).toBe(101);
    const otherApp = await exchange(code, { client_id: '3900', client_secret: 'source-app-secret' });
    expect(otherApp.body.at('error', 'error_subcode')).toBe(36_009);
    expect((await exchange(code)).status).toBe(200);
    expect((await exchange(code)).body.at('error', 'error_subcode')).toBe(36_009);
  });

  test('a code whose answer was lost is used up', async () => {
    const code = (await signup({ number: undefined })).body.text('code');
    await practice.control.fault({ path: '/oauth/access_token', times: 1 }, { type: 'act-then-drop' });
    await expect(exchange(code)).rejects.toThrow();
    expect((await exchange(code)).body.at('error', 'error_subcode')).toBe(36_009);
    expect(await practice.control.effects('token_issued')).toHaveLength(1);
  });

  test('no code and no secret stands in the log', async () => {
    const code = (await signup()).body.text('code');
    await exchange(code);
    const log = JSON.stringify((await practice.control.get('/requests')).body.value);
    expect(log).not.toContain(code);
    expect(log).not.toContain('app-secret');
  });

  test.each([
    'BUSINESS_ACCOUNT_SELECTION',
    'WABA_PHONE_PROFILE_PICKER',
    'WHATSAPP_BUSINESS_PROFILE_SETUP',
    'PHONE_NUMBER_SETUP',
    'PHONE_NUMBER_VERIFICATION',
    'PERMISSIONS',
  ])('CANCEL on the screen %s says so, and gives no code', async (abandonAt) => {
    const left = await signup({ abandonAt });
    expect(left.body.at('code')).toBeNull();
    expect(left.body.at('messageEvent')).toEqual({
      type: 'WA_EMBEDDED_SIGNUP',
      event: 'CANCEL',
      version: 3,
      data: { current_step: abandonAt },
    });
  });

  test('a launch of version 2 is refused since 15 October 2026; before, only_waba_sharing skipped the number', async () => {
    const extras = { version: 'v2', featureType: 'only_waba_sharing', sessionInfoVersion: '3' };
    const refused = await signup({ extras });
    expect(refused.status).toBe(409);
    expect(refused.body.text('error', 'message')).toMatch(/Version 2 .* not available/);
    await practice.control.knobs({ signupVersion2EndsAt: '2099-01-01T00:00:00.000Z' });
    const shared = await signup({ extras });
    expect(shared.body.at('messageEvent', 'event')).toBe('FINISH_ONLY_WABA');
    expect(shared.body.at('phoneNumberId')).toBeNull();
    const silent = await signup({ extras: { version: 'v2' } });
    expect(silent.body.at('message')).toBeNull();
    expect(silent.body.text('code')).toMatch(/^AQ/);
    const inNewest = await signup({ extras: { featureType: 'only_waba_sharing' } });
    expect(inNewest.status).toBe(409);
  });

  test('P-17: coexistence chosen by mistake ends in its own event, with the account only', async () => {
    await practice.control.act('delete-number', { number: 'sub_straight_1' });
    await practice.control.act('enter-coexistence', { number: 'sub_straight_1' });
    const extras = { featureType: 'whatsapp_business_app_onboarding' };
    const done = await signup({ extras });
    expect(done.body.at('messageEvent', 'event')).toBe('FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING');
    expect(done.body.at('messageEvent', 'data')).toEqual({ waba_id: done.body.at('wabaId') });
  });
});

describe('meta §2.2: what the popup does to the world', () => {
  test('the number is proved, nothing is live yet, and it registers without a code', async () => {
    const done = await signup({ funded: true });
    const phoneId = done.body.text('phoneNumberId');
    const fields = 'status,code_verification_status,platform_type';
    expect((await practice.graph.get(`/${phoneId}`, { fields })).body.value).toEqual({
      status: 'PENDING',
      code_verification_status: 'VERIFIED',
      platform_type: 'NOT_APPLICABLE',
      id: phoneId,
    });
    const asked = await practice.graph.post(`/${phoneId}/request_code`, {
      code_method: 'SMS',
      language: 'pt_BR',
    });
    expect(asked.body.at('error', 'code')).toBe(136_024);
    const inbound = await practice.control.act('inbound-message', { number: 'sub_straight_1' });
    expect(inbound.body.at('deliveredTo')).toEqual(['2001']);
    const wabaId = done.body.text('wabaId');
    await practice.graph.post(`/${wabaId}/subscribed_apps`);
    expect((await practice.graph.post(`/${phoneId}/register`, registration)).status).toBe(200);
    await practice.control.advance(60_000);
    expect((await practice.graph.get(`/${phoneId}`, { fields })).body.at('status')).toBe('CONNECTED');
    const copies = await practice.graph.get(`/${wabaId}/message_templates`);
    expect(copies.body.list('data')).toHaveLength(3);
    expect(await practice.control.violations()).toEqual([]);
  });

  test('the copy of templates, which is automatic, uses up none of the calls', async () => {
    await practice.control.knobs({ autoTemplateCopy: 'at_announcement', callsPerHourSmall: 1 });
    const wabaId = (await signup()).body.text('wabaId');
    await practice.control.advance(5_000);
    const copies = await practice.graph.get(`/${wabaId}/message_templates`);
    expect(copies.body.list('data')).toHaveLength(3);
    expect((await practice.graph.get(`/${wabaId}/message_templates`)).body.at('error', 'code')).toBe(80_008);
  });

  test('by the knob, the source falls silent when the popup ends (§1.7)', async () => {
    await practice.control.knobs({ sourceOutage: 'at_announcement' });
    await signup({ abandonAt: 'PERMISSIONS' });
    const still = await practice.control.act('inbound-message', { number: 'sub_straight_1' });
    expect(still.body.at('deliveredTo')).toEqual(['2001']);
    await practice.control.knobs({ inboundDuringCutover: 'dropped' });
    await signup();
    const lost = await practice.control.act('inbound-message', { number: 'sub_straight_1' });
    expect(lost.body.at('deliveredTo')).toEqual([]);
  });

  test('the proof lasts 14 days; then register wants it again (133006)', async () => {
    const done = await signup({ funded: true });
    await practice.control.advance(14 * 86_400_000);
    const late = await practice.graph.post(`/${done.body.text('phoneNumberId')}/register`, registration);
    expect(late.body.at('error', 'code')).toBe(133_006);
  });

  test('the meta §2.2 chain of the field: no payment is told by register, in the details only', async () => {
    const done = await signup();
    await practice.graph.post(`/${done.body.text('wabaId')}/subscribed_apps`);
    const unpaid = await practice.graph.post(`/${done.body.text('phoneNumberId')}/register`, registration);
    expect(unpaid.body.at('error', 'error_subcode')).toBeUndefined();
    expect(unpaid.body.text('error', 'error_data', 'details')).toMatch(/no valid payment method/);
  });

  test('R42: an account that exists can be chosen; the partner gets it, its owner stays', async () => {
    const made = (await signup({ number: undefined })).body.text('wabaId');
    const done = await signup({ wabaId: made });
    expect(done.body.at('wabaId')).toBe(made);
    expect(done.body.at('messageEvent', 'event')).toBe('FINISH');
    const picked = await signup({ wabaId: '2001' });
    expect(picked.body.at('messageEvent', 'data', 'phone_number_id')).toBe('7001');
    const third = await practice.control.act('complete-signup', {
      businessId: '1001',
      appId: '3900',
      wabaId: made,
    });
    expect(third.body.at('messageEvent', 'event')).toBe('FINISH_ONLY_WABA');
    expect(await practice.control.violations()).toEqual([]);
  });

  test('a number may stay unproved, and is then proved through the API', async () => {
    const done = await signup({ verification: 'later' });
    const id = done.body.text('phoneNumberId');
    await practice.graph.post(`/${id}/request_code`, { code_method: 'VOICE', language: 'pt_BR' });
    const code = await practice.control.get('/phones/sub_straight_1');
    const digits = code.body.text('messages', 0, 'text').replace(/\D/g, '').slice(0, 6);
    expect((await practice.graph.post(`/${id}/verify_code`, { code: digits })).status).toBe(200);
  });
});

describe('P-3, R4, R41: the wrong portfolio', () => {
  test('a new portfolio owns the account for ever; without a number the popup ends well', async () => {
    const done = await practice.control.act('complete-signup', { newBusinessName: 'Padaria Sol 2' });
    const other = done.body.text('businessId');
    expect(done.body.at('messageEvent', 'data', 'business_id')).toBe(other);
    const owner = await practice.graph
      .as('system-token')
      .get(`/${done.body.text('wabaId')}`, { fields: 'owner_business_info' });
    expect(owner.body.at('owner_business_info', 'id')).toBe(other);
  });

  test('E5: the number does not come along', async () => {
    const refused = await signup({ businessId: await otherPortfolio() });
    expect(refused.body.text('refusal', 'text')).toMatch(/need to represent the same business/);
    expect(refused.body.at('code')).toBeNull();
  });

  test('a person sees only portfolios they have a role in', async () => {
    const mine = await signup({ person: '9001' });
    expect(mine.body.at('messageEvent', 'event')).toBe('FINISH');
    const foreign = await signup({ person: '9001', businessId: '1900' });
    expect(foreign.body.at('refusal', 'name')).toBe('not_yours');
  });
});
