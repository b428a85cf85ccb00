import { firstNumber, practise, registration, type GraphClient, type Practice, type Reply } from './practice';

let practice: Practice;
let source: GraphClient;
let system: GraphClient;

beforeEach(async () => {
  practice = await practise({ destinationFunding: 'none', numbers: 2 });
  source = practice.graph.as('source-token');
  system = practice.graph.as('system-token');
});
afterEach(() => practice.close());

const mark = (target: Record<string, string> = { solution_id: '3502' }): Promise<Reply> =>
  source.post('/2001/set_solution_migration_intent', target);

const decide = (decision: 'accept' | 'reject', more: Record<string, unknown> = {}): Promise<Reply> =>
  practice.control.act('decide-intent', { wabaId: '2001', decision, ...more });

const subcode = (reply: Reply): unknown => reply.body.at('error', 'error_subcode');

describe('meta §2.3: moving to another solution', () => {
  test('intent, acceptance, token, subscription, credit, announcement, register without a code, completed', async () => {
    const intentId = (await mark()).body.text('id');
    const solution = {
      name: 'Partner with old provider',
      status: 'ACTIVE',
      status_for_pending_request: 'NONE',
      id: '3502',
    };
    expect((await source.get(`/${intentId}`)).body.value).toEqual({
      solution,
      status: 'INITIATED',
      id: intentId,
    });
    const early = await system.get('/3502/access_token', { business_id: '1001' });
    expect(early.body.value).toEqual({ data: [] });

    const accepted = await decide('accept', { person: '9001' });
    const wabaId = accepted.body.text('destinationWabaId');
    const read = await system.get(`/${intentId}`);
    expect(read.body.at('status')).toBe('ACCEPTED');
    expect(read.body.at('destination_waba')).toEqual({
      id: wabaId,
      name: 'Padaria Sol at the old provider',
      currency: 'USD',
      timezone_id: '25',
      business_type: 'ent',
      message_template_namespace: '5c1a9f80_3d0e_4d6c_9a51_2f0d6f1a7b11',
    });

    const answered = await system.get('/3502/access_token', { business_id: '1001' });
    const client = practice.graph.as(answered.body.text('data', 0, 'access_token'));
    const owner = await client.get(`/${wabaId}`, { fields: 'owner_business_info' });
    expect(owner.body.at('owner_business_info', 'id')).toBe('1001');
    const again = await system.get('/3502/access_token', { business_id: '1001' });
    expect(again.body.value).toEqual(answered.body.value);

    await client.post(`/${wabaId}/subscribed_apps`);
    const unpaid = await client.post(`/${wabaId}/phone_numbers`, firstNumber);
    expect(unpaid.body.text('error', 'error_user_msg')).toMatch(/no payment account/);
    await system.post('/5001/whatsapp_credit_sharing_and_attach', { waba_id: wabaId, waba_currency: 'USD' });
    for (const last of ['1', '2']) {
      const added = await client.post(`/${wabaId}/phone_numbers`, {
        ...firstNumber,
        phone_number: `1198765000${last}`,
      });
      const phoneId = added.body.text('id');
      const status = await client.get(`/${phoneId}`, { fields: 'status,code_verification_status' });
      expect(status.body.value).toMatchObject({ status: 'PENDING', code_verification_status: 'VERIFIED' });
      const code = await client.post(`/${phoneId}/request_code`, { code_method: 'SMS', language: 'en_US' });
      expect(code.body.at('error', 'code')).toBe(136_024);
      expect((await client.post(`/${phoneId}/register`, registration)).status).toBe(200);
      await practice.control.advance(5_000);
      const now = (await system.get(`/${intentId}`)).body.at('status');
      expect(now).toBe(last === '1' ? 'ACCEPTED' : 'COMPLETED');
    }
    const copies = await client.get(`/${wabaId}/message_templates`);
    expect(copies.body.list('data')).toHaveLength(3);
    expect(await practice.control.effects('code_sent')).toEqual([]);
    expect(await practice.control.violations()).toEqual([]);
  });

  test('two-step verification has to be off here too', async () => {
    await mark();
    const wabaId = (await decide('accept', { funded: true })).body.text('destinationWabaId');
    await system.post(`/${wabaId}/subscribed_apps`);
    await practice.control.act('two-step-on', { number: 'sub_straight_1' });
    const refused = await system.post(`/${wabaId}/phone_numbers`, firstNumber);
    expect(refused.body.text('error', 'error_user_msg')).toMatch(/Two-step verification must be disabled/);
  });

  test('an account the client did not accept gets no number without a code', async () => {
    await practice.control.act('attach-card', { wabaId: '2002' });
    await mark();
    const announced = await practice.graph.post('/2002/phone_numbers', firstNumber);
    const status = await practice.graph.get(`/${announced.body.text('id')}`, {
      fields: 'code_verification_status',
    });
    expect(status.body.at('code_verification_status')).toBe('NOT_VERIFIED');
  });

  test('a client who rejects is not asked twice by the same request', async () => {
    const intentId = (await mark()).body.text('id');
    expect((await decide('reject')).body.at('destinationWabaId')).toBeNull();
    expect((await source.get(`/${intentId}`)).body.at('status')).toBe('REJECTED');
    expect((await decide('accept')).status).toBe(409);
    const second = (await mark()).body.text('id');
    expect(second).not.toBe(intentId);
  });

  test('leaving a solution: the account goes to the app alone', async () => {
    const intentId = (await mark({ app_id: '3001' })).body.text('id');
    const wabaId = (await decide('accept')).body.text('destinationWabaId');
    const read = await system.get(`/${intentId}`);
    expect(read.body.at('solution')).toBeUndefined();
    expect(read.body.at('destination_waba', 'id')).toBe(wabaId);
    expect((await system.get(`/${wabaId}`)).status).toBe(200);
    expect(subcode(await source.get(`/${wabaId}`))).toBe(33);
  });
});

describe('meta §2.3, §6.2: what is refused', () => {
  test('2593079: an account is marked for one solution at a time; the same again gives the same intent, or not', async () => {
    const first = (await mark()).body.text('id');
    expect((await mark()).body.at('id')).toBe(first);
    expect(subcode(await mark({ app_id: '3001' }))).toBe(2_593_079);
    await practice.control.knobs({ intentRepeated: 'refused' });
    expect(subcode(await mark())).toBe(2_593_079);
    await practice.control.knobs({ intentErrorAs: 'code' });
    expect((await mark()).body.at('error', 'code')).toBe(2_593_079);
  });

  test('2593085: an account that is not eligible', async () => {
    await practice.control.act('review-decision', { wabaId: '2001', decision: 'PENDING' });
    expect(subcode(await mark())).toBe(2_593_085);
    await practice.control.act('review-decision', { wabaId: '2001', decision: 'APPROVED' });
    await practice.control.act('set-solution-status', { solutionId: '3502', status: 'DEACTIVATED' });
    expect(subcode(await mark())).toBe(2_593_085);
    expect(subcode(await mark({ solution_id: '3501' }))).toBe(2_593_085);
  });

  test('who may ask, follow and take the token', async () => {
    expect(subcode(await system.post('/2001/set_solution_migration_intent', { solution_id: '3502' }))).toBe(
      33,
    );
    const ownAccount = await practice.graph.post('/2002/set_solution_migration_intent', {
      solution_id: '3502',
    });
    expect(subcode(ownAccount)).toBe(2_593_085);
    await practice.control.knobs({ intentCaller: 'anyone_with_access' });
    const tolerant = await practice.graph.post('/2002/set_solution_migration_intent', {
      solution_id: '3502',
    });
    expect(tolerant.status).toBe(200);
    const asClient = await practice.graph.get('/3502/access_token', { business_id: '1001' });
    expect(asClient.body.at('error', 'code')).toBe(10);
    expect(subcode(await system.get('/3502/access_token', { business_id: '4711' }))).toBe(33);
  });

  test('neither target, or both', async () => {
    expect((await mark({})).body.text('error', 'message')).toMatch(/Exactly one of/);
    const both = await mark({ solution_id: '3502', app_id: '3001' });
    expect(both.body.at('error', 'code')).toBe(100);
    expect(subcode(await mark({ solution_id: '4711' }))).toBe(33);
    expect((await mark({ app_id: '4711' })).body.text('error', 'message')).toMatch(/app_id/);
  });

  test('only an admin of the owner answers', async () => {
    await mark();
    expect((await decide('accept', { person: '9999' })).status).toBe(409);
    expect((await decide('accept', { person: '9001' })).status).toBe(200);
  });
});
