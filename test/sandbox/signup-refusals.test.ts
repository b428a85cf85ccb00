import { moved, practise, type Practice, type Reply } from './practice';

let practice: Practice;

beforeEach(async () => {
  practice = await practise();
});
afterEach(() => practice.close());

const signup = (input: Record<string, unknown> = {}): Promise<Reply> =>
  practice.control.act('complete-signup', { number: 'sub_straight_1', businessId: '1001', ...input });

describe('E1 to E7: what the popup refuses, in its words', () => {
  const refusal = async (input: Record<string, unknown> = {}): Promise<string> => {
    const refused = await signup(input);
    const text = refused.body.text('refusal', 'text');
    expect(refused.body.at('messageEvent', 'event')).toBe('CANCEL');
    expect(refused.body.at('messageEvent', 'data', 'error_message')).toBe(text);
    expect(refused.body.text('messageEvent', 'data', 'error_id')).toMatch(/^\d+$/);
    expect(refused.body.text('messageEvent', 'data', 'session_id')).not.toBe('');
    expect(refused.body.text('messageEvent', 'data', 'timestamp')).toMatch(/^\d{10}$/);
    return text;
  };

  test('E1: connected to an existing account; the new account is made anyway, and a dummy number ends the popup', async () => {
    await practice.control.knobs({ signupConnectedNumber: 'refused' });
    const before = practice.sandbox.world().wabas.length;
    expect(await refusal()).toMatch(/number is already connected to an existing WABA/);
    expect(practice.sandbox.world().wabas).toHaveLength(before + 1);
    const dummy = await signup({ afterRefusal: 'dummy_number' });
    expect(dummy.body.at('messageEvent', 'event')).toBe('FINISH');
    expect(dummy.body.text('code')).toMatch(/^AQ/);
    const bare = await signup({ afterRefusal: 'without_number', funded: true });
    expect(bare.body.at('messageEvent', 'event')).toBe('FINISH_ONLY_WABA');
    const wabaId = bare.body.text('wabaId');
    await practice.graph.post(`/${wabaId}/subscribed_apps`);
    const announced = await practice.graph.post(`/${wabaId}/phone_numbers`, {
      cc: '55',
      phone_number: '11987650001',
      migrate_phone_number: true,
    });
    expect(announced.status).toBe(200);
  });

  test('E1: whether the partner sees the account of a popup that was left is a knob', async () => {
    await practice.control.knobs({ signupConnectedNumber: 'refused' });
    const hidden = await signup();
    expect((await practice.graph.get(`/${hidden.body.text('wabaId')}`)).status).toBe(400);
    await practice.control.knobs({ signupAbandonedAccount: 'shared' });
    const seen = await signup({ afterRefusal: 'leave' });
    expect(seen.body.at('messageEvent', 'data')).toEqual({ current_step: 'PHONE_NUMBER_SETUP' });
    expect((await practice.graph.get(`/${seen.body.text('wabaId')}`)).status).toBe(200);
  });

  test('E2: two-step verification is on', async () => {
    await practice.control.act('two-step-on', { number: 'sub_straight_1' });
    expect(await refusal()).toMatch(/Two-factor authentication not yet disabled/);
    await practice.control.act('two-step-off', { number: 'sub_straight_1' });
    expect((await signup()).body.at('messageEvent', 'event')).toBe('FINISH');
  });

  test('E3: a number that is not on the API is added; by the knob it is refused', async () => {
    await practice.control.act('delete-number', { number: 'sub_straight_1' });
    expect(await refusal()).toMatch(/a moment ago/);
    await practice.control.advance(5 * 60_000);
    await practice.control.knobs({ signupUnknownNumber: 'refused' });
    expect(await refusal()).toMatch(/eligible to be added directly, and does not need to be migrated/);
    await practice.control.knobs({ signupUnknownNumber: 'added' });
    expect((await signup()).body.at('messageEvent', 'event')).toBe('FINISH');
  });

  test('E4: the number is at this partner already', async () => {
    await moved(practice);
    expect(await refusal()).toMatch(/has already been moved to your destination/);
  });

  test('E6: something goes wrong, once', async () => {
    await practice.control.knobs({ signupGlitches: 1 });
    expect(await refusal()).toMatch(/Something went wrong when trying to migrate/);
    expect((await signup()).body.at('messageEvent', 'event')).toBe('FINISH');
  });

  test('E7: the display name is not approved, or a change is pending', async () => {
    await practice.control.act('request-name-change', { number: 'sub_straight_1', name: 'Sol' });
    expect(await refusal()).toMatch(/Register Name should be present and approved/);
  });

  test('the source account cannot pay, or is not approved; the portfolio is not verified', async () => {
    await practice.control.act('revoke-credit', { wabaId: '2001' });
    expect(await refusal()).toMatch(/no valid payment method/);
    await practice.control.act('review-decision', { wabaId: '2001', decision: 'REJECTED' });
    expect(await refusal()).toMatch(/is not approved/);
    await practice.control.act('business-verification', { businessId: '1001', status: 'revoked' });
    expect(await refusal()).toMatch(/Business verification .* is not completed/);
    await practice.control.act('enter-coexistence', { number: 'sub_straight_1' });
    expect(await refusal()).toMatch(/in use with the WhatsApp Business app/);
  });

  test('a person reads it in their own language', async () => {
    await practice.control.act('two-step-on', { number: 'sub_straight_1' });
    const [ana] = practice.sandbox.world().people;
    if (ana) ana.locale = 'pt_BR';
    expect(await refusal({ person: '9001' })).toMatch(/autenticação de dois fatores ainda não/);
  });

  test('an employee brings nothing in; a portfolio holds 20 accounts, a new one 2 numbers', async () => {
    practice.sandbox.world().people.push({
      id: '9002',
      name: 'Bruno Lima',
      locale: 'en_US',
      roles: [{ businessId: '1001', role: 'employee' }],
    });
    expect(await refusal({ person: '9002' })).toMatch(/need to be an admin/);
    for (let count = 2; count < 20; count += 1) await signup({ number: undefined });
    expect(await refusal()).toMatch(/limit of WhatsApp Business Accounts/);
    const small = await practice.control.act('complete-signup', { newBusinessName: 'Small' });
    const businessId = small.body.text('businessId');
    const add = (phoneNumber: string): Promise<Reply> =>
      practice.control.act('complete-signup', { businessId, phoneNumber, displayName: 'Small' });
    expect((await add('+5511900001001')).body.at('messageEvent', 'event')).toBe('FINISH');
    expect((await add('+5511900001002')).body.at('messageEvent', 'event')).toBe('FINISH');
    expect((await add('+5511900001003')).body.text('refusal', 'text')).toMatch(/phone number limit/);
  });

  test('R31: a number typed without the ninth digit is the same number', async () => {
    const done = await signup({ number: undefined, phoneNumber: '+551187650001' });
    expect(done.body.at('messageEvent', 'event')).toBe('FINISH');
    expect(await practice.control.violations()).toEqual([]);
  });

  test('too many codes mean a wait, too many guesses twelve hours, and a new popup lifts neither', async () => {
    expect(await refusal({ codeRequests: 6 })).toMatch(/too many codes.*again in/);
    expect(await refusal()).toMatch(/too many codes.*again in/);
    await practice.control.advance(4 * 3_600_000);
    expect(await refusal({ wrongGuesses: 5 })).toMatch(/guessed too many times.*12 hours/);
    expect(await refusal()).toMatch(/guessed too many times/);
    await practice.control.advance(12 * 3_600_000);
    expect((await signup()).body.at('messageEvent', 'event')).toBe('FINISH');
    expect(await practice.control.violations()).toEqual([]);
  });
});
