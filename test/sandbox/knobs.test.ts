import fc from 'fast-check';
import { otherRegionalForm, sameNumber } from '../../sandbox/world/number-formats';
import { announced, firstNumber, moved, practise, proved, registration, type Practice } from './practice';

const message = { messaging_product: 'whatsapp', to: '5511900000001', type: 'text', text: { body: 'Hi' } };

describe('behaviours that are switchable because the facts conflict', () => {
  let practice: Practice;

  beforeEach(async () => {
    practice = await practise();
  });
  afterEach(() => practice.close());

  const inbound = async (): Promise<unknown> =>
    (await practice.control.act('inbound-message', { number: 'sub_straight_1' })).body.at('deliveredTo');

  test('the source may lose its traffic when the move is announced', async () => {
    await practice.control.knobs({ sourceOutage: 'at_announcement' });
    await announced(practice);
    const sent = await practice.graph.as('source-token').post('/7001/messages', message);
    expect(sent.body.at('error', 'code')).toBe(133010);
  });

  test.each([
    ['once', ['2002']],
    ['dropped', []],
    ['both', ['2001', '2002']],
  ])('a message that comes in during the cut-over is delivered %s', async (inboundDuringCutover, sides) => {
    await practice.control.knobs({ inboundDuringCutover });
    const id = await proved(practice);
    await practice.graph.post(`/${id}/register`, registration);
    expect(await inbound()).toEqual(sides);
    await practice.control.advance(1_000);
    expect(await inbound()).toEqual(['2002']);
  });

  test.each([
    ['keep_pin', '445566', 'ok', '112233'],
    ['change_pin', '445566', 'ok', '445566'],
    ['pin_mismatch', '112233', 133005, '112233'],
    ['error', '112233', 100, '112233'],
  ])('register on a live number may answer as %s', async (registerReplay, pin, answer, pinAfter) => {
    const id = await moved(practice);
    await practice.control.knobs({ registerReplay });
    const reply = await practice.graph.post(`/${id}/register`, { messaging_product: 'whatsapp', pin });
    expect(reply.body.at('error', 'code') ?? 'ok').toBe(answer);
    expect(practice.sandbox.world().subscribers[0]?.twoStep.pin).toBe(pinAfter);
  });

  test('numbers are shown with a plus, as digits, or in the other regional form once moved', async () => {
    const shown = async (path: string, token: string): Promise<unknown> =>
      (await practice.graph.as(token).get(path)).body.at('display_phone_number');
    expect(await shown('/7001', 'source-token')).toBe('+55 11 98765 0001');
    await practice.control.knobs({ displayNumber: 'digits', regionalForm: 'other' });
    expect(await shown('/7001', 'source-token')).toBe('5511987650001');
    const id = await announced(practice);
    expect(await shown(`/${id}`, 'destination-token')).toBe('551187650001');
  });

  test('two-step verification may be looked at only when registering', async () => {
    await practice.control.act('two-step-on', { number: 'sub_straight_1' });
    await practice.control.knobs({ twoStepCheckedAt: 'register' });
    const id = await proved(practice);
    const refused = await practice.graph.post(`/${id}/register`, registration);
    expect(refused.body.at('error', 'error_subcode')).toBe(2388001);
  });

  test('a slow registration answers late', async () => {
    await practice.control.knobs({ registerReplyDelayMs: 150 });
    const id = await proved(practice);
    const started = performance.now();
    expect((await practice.graph.post(`/${id}/register`, registration)).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(140);
  });

  test('a knob that does not exist is refused', async () => {
    expect((await practice.control.knobs({ kindness: true })).status).toBe(400);
  });

  test.each([['two_step_on'], ['name_change'], ['review_revoked'], ['credit_revoked']])(
    'what others do in mid-flight keeps the number from being registered: %s',
    async (race) => {
      await practice.control.knobs({ midFlight: [race] });
      const id = await proved(practice);
      expect((await practice.graph.post(`/${id}/register`, registration)).status).toBe(400);
    },
  );

  test('an announcement is not accepted with a plus, and not with the country code twice', async () => {
    const plus = await practice.graph.post('/2002/phone_numbers', {
      ...firstNumber,
      phone_number: '+11987650001',
    });
    expect([plus.body.at('error', 'code'), plus.body.at('error', 'error_subcode')]).toEqual([100, undefined]);
    const twice = { ...firstNumber, phone_number: '5511987650001' };
    expect((await practice.graph.post('/2002/phone_numbers', twice)).body.at('error', 'error_subcode')).toBe(
      2388103,
    );
  });

  test('numbers are listed newest first, with a total, and filtered by mode', async () => {
    await moved(practice);
    const list = await practice.graph.get('/2002/phone_numbers', {
      summary: 'total_count',
      fields: 'status',
    });
    expect(list.body.at('summary')).toEqual({ total_count: 1 });
    const filtering = JSON.stringify([{ field: 'account_mode', operator: 'EQUAL', value: 'SANDBOX' }]);
    expect((await practice.graph.get('/2002/phone_numbers', { filtering })).body.at('data')).toEqual([]);
  });

  test('the two-step PIN of a registered number can be changed, and no call switches it off', async () => {
    const pending = await proved(practice);
    expect((await practice.graph.post(`/${pending}`, { pin: '445566' })).body.at('error', 'code')).toBe(
      133010,
    );
    await practice.graph.post(`/${pending}/register`, registration);
    await practice.control.advance(1_000);
    expect((await practice.graph.post(`/${pending}`, { pin: '445566' })).body.value).toEqual({
      success: true,
    });
    expect(practice.sandbox.world().subscribers[0]?.twoStep.pin).toBe('445566');
    expect((await practice.graph.post(`/${pending}`, { pin: '' })).body.at('error', 'code')).toBe(100);
  });

  test('people on an account are listed for a business', async () => {
    const users = await practice.graph.get('/2002/assigned_users', { business: '1000' });
    expect(users.body.at('data')).toEqual([{ id: '8001', name: 'partner system user', tasks: ['MANAGE'] }]);
    expect((await practice.graph.get('/2002/assigned_users')).status).toBe(400);
  });
});

test('the other form of the other form of a Brazilian, Mexican or Argentinian mobile number is the number', () => {
  const mobile = fc
    .tuple(
      fc.constantFrom('55119', '55319', '5215', '5499'),
      fc.integer({ min: 60_000_000, max: 99_999_999 }),
    )
    .map(([prefix, rest]) =>
      prefix.startsWith('55') ? `${prefix}${String(rest)}` : `${prefix}${String(rest)}0`,
    );
  fc.assert(
    fc.property(mobile, (digits) => {
      const other = otherRegionalForm(digits);
      expect(other).not.toBeNull();
      expect(other).not.toBe(digits);
      expect(otherRegionalForm(other ?? '')).toBe(digits);
      expect(sameNumber(digits, other ?? '')).toBe(true);
    }),
  );
});
