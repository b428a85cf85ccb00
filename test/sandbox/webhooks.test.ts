import { createHmac } from 'node:crypto';
import { Listener } from './listener';
import { moved, practise, type Practice } from './practice';

describe('webhooks', () => {
  let practice: Practice;
  let listener: Listener;

  beforeEach(async () => {
    listener = await Listener.open('verify-me');
    practice = await practise({
      callback: { url: listener.url, verifyToken: 'verify-me' },
      appSecret: 's3cret',
    });
    await practice.control.send('POST', '/clock', { frozen: false });
  });
  afterEach(async () => {
    await practice.close();
    await listener.close();
  });

  test('are signed over their raw bytes with the secret of the app', async () => {
    await practice.control.act('review-decision', { wabaId: '2002', decision: 'APPROVED' });
    const [hook] = await listener.until(1);
    expect(hook?.change).toEqual({ field: 'account_review_update', value: { decision: 'APPROVED' } });
    expect(hook?.entryId).toBe('2002');
    const expected = createHmac('sha256', 's3cret')
      .update(hook?.raw ?? '', 'utf8')
      .digest('hex');
    expect(hook?.signature).toBe(`sha256=${expected}`);
  });

  test('tell the security events of a number to the apps of the account where it lives', async () => {
    await moved(practice);
    await practice.control.act('two-step-off', { number: 'sub_straight_1' });
    const hooks = await listener.until(2);
    const events = hooks.map((hook) => hook.change.value['event']).sort();
    expect(events).toEqual(['PIN_REQUEST_SUCCESS', 'PIN_RESET_REQUEST']);
  });

  test('tell name decisions, with everything beyond ASCII escaped', async () => {
    await moved(practice);
    await practice.control.act('request-name-change', { number: 'sub_straight_1', name: 'Pão & Cia' });
    const [hook] = await listener.until(1);
    expect(hook?.raw).toContain('P\\u00e3o');
    expect(hook?.change.value['requested_verified_name']).toBe('Pão & Cia');
    expect(hook?.change.value['decision']).toBe('PENDING');
  });

  test('tell the partner of a new account under the business that owns it', async () => {
    const signup = await practice.control.act('complete-signup', { businessId: '1001' });
    const [hook] = await listener.until(1);
    expect(hook?.entryId).toBe('1001');
    expect(hook?.change).toEqual({
      field: 'account_update',
      value: {
        event: 'PARTNER_ADDED',
        waba_info: { waba_id: signup.body.at('wabaId'), owner_business_id: '1001', partner_app_id: '3001' },
      },
    });
    const [, installed] = await listener.until(2);
    expect(installed?.change.value['event']).toBe('PARTNER_APP_INSTALLED');
    expect(installed?.change.value['waba_info']).toEqual(hook?.change.value['waba_info']);
  });

  test.each([
    ['partner_added', ['PARTNER_ADDED']],
    ['app_installed', ['PARTNER_APP_INSTALLED']],
    ['nothing', []],
  ])('tell of a new account as the knob signupTells says: %s', async (signupTells, events) => {
    await practice.control.knobs({ signupTells });
    await practice.control.act('complete-signup', { businessId: '1001' });
    await practice.control.act('review-decision', { wabaId: '2002', decision: 'APPROVED' });
    const hooks = await listener.until(events.length + 1);
    const told = hooks.filter(({ change }) => change.field === 'account_update');
    expect(told.map(({ change }) => change.value['event'])).toEqual(events);
  });

  test('tell nothing of a solution when the knob intentTells is off', async () => {
    await practice.control.knobs({ intentTells: false });
    const source = practice.graph.as('source-token');
    await source.post('/2001/set_solution_migration_intent', { solution_id: '3502' });
    await practice.control.act('decide-intent', { wabaId: '2001', decision: 'reject' });
    await practice.control.act('review-decision', { wabaId: '2002', decision: 'APPROVED' });
    const [first] = await listener.until(1);
    expect(first?.change.field).toBe('account_review_update');
  });

  test('tell both sides of a solution when the client accepts a move to it, and when the move is done', async () => {
    const source = practice.graph.as('source-token');
    await source.post('/2001/set_solution_migration_intent', { solution_id: '3502' });
    const accepted = await practice.control.act('decide-intent', { wabaId: '2001', decision: 'accept' });
    const told = await listener.until(3);
    const added = told.find(({ change }) => change.value['event'] === 'PARTNER_ADDED');
    expect(added?.entryId).toBe('1001');
    expect(added?.change.value['waba_info']).toEqual({
      waba_id: accepted.body.at('destinationWabaId'),
      owner_business_id: '1001',
      partner_app_id: '3001',
      solution_id: '3502',
      solution_partner_business_ids: ['1000', '1900'],
    });
    const updated = told.find(({ change }) => change.field === 'partner_solutions');
    expect(updated?.entryId).toBe('1000');
    expect(updated?.change.value).toEqual({
      event: 'SOLUTION_UPDATED',
      solution_id: '3502',
      solution_status: 'ACTIVE',
    });
  });

  test('carry inbound messages to the side where the number is live', async () => {
    await practice.control.act('inbound-message', { number: 'sub_straight_1', text: 'before' });
    const id = await moved(practice);
    const told = await practice.control.act('inbound-message', { number: 'sub_straight_1', text: 'after' });
    expect(told.body.at('deliveredTo')).toEqual(['2002']);
    const [hook] = await listener.until(1);
    expect(hook?.change.value).toMatchObject({
      metadata: { display_phone_number: '5511987650001', phone_number_id: id },
      messages: [{ text: { body: 'after' } }],
    });
  });

  test('tell a template decision and a changed category', async () => {
    const { world } = practice.world;
    const [source, destination] = world.wabas ?? [];
    const [template] = source?.templates ?? [];
    const recheck = { afterMs: 1_000, status: 'REJECTED', category: 'MARKETING' };
    const wabas = [{ ...source, templates: [{ ...template, recheck }] }, destination];
    await practice.control.send('PUT', '/world', { ...world, wabas });
    await practice.graph.post('/2002/migrate_message_templates', { source_waba_id: '2001' });
    await practice.control.advance(1_000);
    const hooks = await listener.until(2);
    const byField = new Map(hooks.map((hook) => [hook.change.field, hook.change.value]));
    expect(byField.get('template_category_update')).toMatchObject({
      previous_category: 'UTILITY',
      new_category: 'MARKETING',
    });
    expect(byField.get('message_template_status_update')).toMatchObject({
      event: 'REJECTED',
      message_template_name: 'order_update',
      message_template_id: expect.any(Number),
    });
  });

  test('are tried again when they are not taken', async () => {
    listener.status = 503;
    await practice.control.act('review-decision', { wabaId: '2002', decision: 'PENDING' });
    await listener.until(1);
    listener.status = 200;
    await listener.until(2);
    expect(listener.received[0]?.raw).toBe(listener.received[1]?.raw);
  });

  test('may come twice, and out of order', async () => {
    await practice.control.knobs({ webhookDuplicates: 1, webhookDisorder: true });
    await practice.control.act('review-decision', { wabaId: '2002', decision: 'PENDING' });
    await practice.control.act('review-decision', { wabaId: '2002', decision: 'APPROVED' });
    const hooks = await listener.until(4);
    const decisions = hooks.map((hook) => hook.change.value['decision']);
    expect(decisions).toEqual(['APPROVED', 'APPROVED', 'PENDING', 'PENDING']);
  });

  test('go to an override address for messages only, once it has answered the challenge', async () => {
    const other = await Listener.open('other-token');
    const body = { override_callback_uri: other.url, verify_token: 'wrong' };
    expect((await practice.graph.post('/2002/subscribed_apps', body)).status).toBe(400);
    await practice.graph.post('/2002/subscribed_apps', { ...body, verify_token: 'other-token' });
    const apps = await practice.graph.get('/2002/subscribed_apps');
    expect(apps.body.at('data', 0, 'override_callback_uri')).toBe(other.url);
    await moved(practice);
    await practice.control.act('inbound-message', { number: 'sub_straight_1' });
    await practice.control.act('review-decision', { wabaId: '2002', decision: 'APPROVED' });
    expect((await other.until(1))[0]?.change.field).toBe('messages');
    expect((await listener.until(1))[0]?.change.field).toBe('account_review_update');
    await other.close();
  });

  test('an app gets an address only after the challenge', async () => {
    const put = (verifyToken: string): Promise<number> =>
      practice.control
        .send('PUT', '/apps/3900/callback', { url: listener.url, verifyToken })
        .then((reply) => reply.status);
    expect(await put('wrong')).toBe(409);
    expect(await put('verify-me')).toBe(200);
  });

  test('stop for an account whose app was unsubscribed', async () => {
    await practice.graph.delete('/2002/subscribed_apps');
    await practice.control.act('review-decision', { wabaId: '2002', decision: 'APPROVED' });
    expect((await practice.control.get('/webhooks')).body.list('items')).toEqual([]);
  });
});
