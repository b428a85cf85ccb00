import { findViolations } from '../../sandbox/invariants';
import { announced, moved, practise, proved, registration, type Practice } from './practice';

const message = { messaging_product: 'whatsapp', to: '5511900000001', type: 'text', text: { body: 'Hi' } };

describe('the invariants report names', () => {
  let practice: Practice;

  beforeEach(async () => {
    practice = await practise();
  });
  afterEach(() => practice.close());

  const forget = (...unguarded: string[]): Promise<unknown> => practice.control.knobs({ unguarded });
  const violations = (): Promise<string[]> => practice.control.violations();

  test('nothing after a clean migration with a resent code a person had asked for', async () => {
    const id = await announced(practice);
    const ask = { code_method: 'SMS', language: 'pt_BR' };
    await practice.graph.post(`/${id}/request_code`, ask);
    await practice.control.act('ask-for-new-code', { number: 'sub_straight_1' });
    await practice.graph.post(`/${id}/request_code`, ask);
    await practice.graph.post(`/${id}/verify_code`, { code: await practice.control.code('sub_straight_1') });
    await practice.graph.post(`/${id}/register`, registration);
    await practice.control.advance(1_000);
    expect((await practice.control.get('/invariants')).body.value).toMatchObject({
      ok: true,
      violations: [],
    });
  });

  test('a second registration of a number', async () => {
    const id = await moved(practice);
    await practice.graph.post(`/${id}/register`, registration);
    expect(await violations()).toEqual(['registered_twice']);
  });

  test('a second announcement of a number', async () => {
    await announced(practice);
    await forget('announcement');
    await announced(practice);
    expect(await violations()).toEqual(['announced_twice']);
  });

  test('no second announcement when the pending number was removed by hand in between', async () => {
    await announced(practice);
    await practice.control.act('remove-pending-number', { number: 'sub_straight_1' });
    await announced(practice);
    expect(await violations()).toEqual([]);
    await forget('announcement');
    await announced(practice);
    expect(await violations()).toEqual(['announced_twice']);
  });

  test('a second code while the first is under way', async () => {
    const id = await announced(practice);
    const ask = { code_method: 'SMS', language: 'pt_BR' };
    await practice.graph.post(`/${id}/request_code`, ask);
    await practice.graph.post(`/${id}/request_code`, ask);
    expect(await violations()).toEqual(['code_sent_again']);
  });

  test('a template that exists twice', async () => {
    await forget('template_names');
    const copy = { source_waba_id: '2001', template_ids: ['4001'] };
    await practice.graph.post('/2002/migrate_message_templates', copy);
    await practice.graph.post('/2002/migrate_message_templates', copy);
    expect(await violations()).toEqual(['template_duplicated']);
  });

  test('a credit line attached twice, and one that was changed', async () => {
    await practice.close();
    practice = await practise({ destinationFunding: 'credit_line' });
    await forget('credit_line');
    const system = practice.graph.as('system-token');
    const attach = { waba_id: '2002', waba_currency: 'USD' };
    await system.post('/5001/whatsapp_credit_sharing_and_attach', attach);
    expect(await violations()).toEqual(['credit_attached_twice']);
    practice.sandbox.world().businesses[0]?.creditLines.push({ id: '5002', legalEntityName: 'Other' });
    await system.post('/5002/whatsapp_credit_sharing_and_attach', attach);
    expect(await violations()).toEqual(['credit_line_changed', 'credit_attached_twice']);
  });

  test('a number that is live in two accounts', async () => {
    await forget('one_live_record');
    await moved(practice);
    expect(await violations()).toEqual(['two_live_records']);
  });

  test('a message billed to two sides', async () => {
    const id = await moved(practice);
    await forget('single_bill');
    await practice.graph.post(`/${id}/messages`, message);
    expect(await violations()).toEqual(['message_billed_twice']);
  });

  test('a registration although two-step verification is on at the source', async () => {
    const id = await proved(practice);
    await practice.control.act('two-step-on', { number: 'sub_straight_1' });
    await forget('two_step');
    await practice.graph.post(`/${id}/register`, registration);
    expect(await violations()).toEqual(['registered_with_two_step_on']);
  });

  test('a registration in an account that cannot pay', async () => {
    const id = await proved(practice);
    await practice.control.act('revoke-credit', { wabaId: '2002' });
    await forget('payment');
    await practice.graph.post(`/${id}/register`, registration);
    expect(await violations()).toEqual(['registered_without_payment']);
  });

  test('a registration with a lapsed proof of ownership', async () => {
    const id = await proved(practice);
    await practice.control.advance(15 * 86_400_000);
    await forget('verification');
    await practice.graph.post(`/${id}/register`, registration);
    expect(await violations()).toEqual(['registered_without_proof']);
  });

  test('a register call although the quota is spent', async () => {
    const id = await proved(practice);
    await practice.control.act('use-up-register-quota', { number: 'sub_straight_1' });
    const refused = await practice.graph.post(`/${id}/register`, registration);
    expect(refused.body.at('error', 'code')).toBe(133016);
    expect(await violations()).toEqual(['register_called_while_blocked']);
  });

  test('an account that changed its owner, and a number that exists twice', async () => {
    const { platform } = practice.sandbox;
    const state = structuredClone(platform.state);
    const [waba] = state.world.wabas;
    const [subscriber] = state.world.subscribers;
    if (!waba || !subscriber) throw new Error('the straight world has an account and a number');
    waba.businessId = '1900';
    state.world.subscribers.push({ ...subscriber, id: 'sub_again', digits: '551187650001' });
    const names = findViolations(state).map(({ name }) => name);
    expect(names).toEqual(['two_subscribers_of_one_number', 'owner_changed']);
  });

  test('a signup code that became two tokens', async () => {
    await forget('signup_code');
    const done = await practice.control.act('complete-signup', { businessId: '1001' });
    const app = { client_id: '3001', client_secret: 'app-secret', code: done.body.text('code') };
    await practice.graph.as('').get('/oauth/access_token', app);
    await practice.graph.as('').get('/oauth/access_token', app);
    expect(await violations()).toEqual(['signup_code_used_twice']);
  });

  test('an account that is marked for two moves at once', async () => {
    await forget('one_open_intent');
    const source = practice.graph.as('source-token');
    await source.post('/2001/set_solution_migration_intent', { solution_id: '3502' });
    await practice.control.act('decide-intent', { wabaId: '2001', decision: 'reject' });
    await source.post('/2001/set_solution_migration_intent', { solution_id: '3502' });
    expect(await violations()).toEqual([]);
    await source.post('/2001/set_solution_migration_intent', { app_id: '3001' });
    expect(await violations()).toEqual(['two_open_intents']);
  });

  test('an accepted move that leaves the portfolio', async () => {
    await forget('intent_owner');
    const source = practice.graph.as('source-token');
    await source.post('/2001/set_solution_migration_intent', { solution_id: '3502' });
    await practice.control.act('decide-intent', { wabaId: '2001', decision: 'accept' });
    expect(await violations()).toEqual(['intent_across_owners']);
  });

  test('an account shared with a third partner', async () => {
    const third = await practice.control.act('complete-signup', { newBusinessName: 'A third partner' });
    practice.sandbox.world().wabas[0]?.sharedWith.push(third.body.text('businessId'));
    const chosen = { businessId: '1001', wabaId: '2001' };
    const refused = await practice.control.act('complete-signup', chosen);
    expect(refused.body.at('refusal', 'name')).toBe('partner_limit');
    await forget('partner_limit');
    await practice.control.act('complete-signup', chosen);
    expect(await violations()).toEqual(['too_many_partners']);
  });

  test('each violation with its effects', async () => {
    const id = await moved(practice);
    await practice.graph.post(`/${id}/register`, registration);
    const effects = await practice.control.effects('registered');
    const [violation] = (await practice.control.get('/invariants')).body.list('violations');
    expect(violation?.at('effects')).toEqual(effects.map((effect) => effect.at('id')));
  });

  test('nothing when a number moves away and is brought back', async () => {
    await moved(practice);
    const away = await practice.control.act('move-away', { number: 'sub_straight_1', wabaId: '2001' });
    expect(away.body.at('movedTo')).toBe('2001');
    await practice.control.act('two-step-off', { number: 'sub_straight_1' });
    const id = await moved(practice);
    expect((await practice.graph.get(`/${id}`, { fields: 'status' })).body.at('status')).toBe('CONNECTED');
    expect((await practice.graph.get('/2002/phone_numbers')).body.list('data')).toHaveLength(1);
    expect(await violations()).toEqual([]);
  });
});
