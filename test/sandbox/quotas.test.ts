import { announced, moved, practise, proved, registration, usageOf, type Practice } from './practice';

const HOUR = 3_600_000;

describe('quotas, locks and the clock', () => {
  let practice: Practice;

  beforeEach(async () => {
    practice = await practise();
  });
  afterEach(() => practice.close());

  const code = async (path: string, body: unknown = {}): Promise<unknown> =>
    (await practice.graph.post(path, body)).body.at('error', 'code') ?? 'ok';

  test('ten register calls in 72 hours are allowed, failures count, the eleventh blocks for 72 hours', async () => {
    const id = await announced(practice);
    for (let call = 0; call < 9; call += 1) expect(await code(`/${id}/register`, registration)).toBe(100);
    expect(await code(`/${id}/register`, {})).toBe(100);
    expect(await code(`/${id}/register`, registration)).toBe(133016);
    await practice.control.advance(71 * HOUR);
    expect(await code(`/${id}/register`, registration)).toBe(133016);
    expect(await practice.control.violations()).toEqual([
      'register_called_while_blocked',
      'register_called_while_blocked',
    ]);
    await practice.control.advance(HOUR + 1);
    expect(await code(`/${id}/register`, registration)).toBe(100);
  });

  test('deregister has a quota of its own', async () => {
    const id = await moved(practice);
    for (let call = 0; call < 10; call += 1) await practice.graph.post(`/${id}/deregister`);
    expect(await code(`/${id}/deregister`)).toBe(133016);
    expect(await code(`/${id}/register`, registration)).toBe('ok');
  });

  test('too many code requests are held back with the wait in the text', async () => {
    const id = await announced(practice);
    const ask = (): Promise<unknown> =>
      code(`/${id}/request_code`, { code_method: 'SMS', language: 'pt_BR' });
    for (let call = 0; call < 5; call += 1) expect(await ask()).toBe('ok');
    const held = await practice.graph.post(`/${id}/request_code`, { code_method: 'SMS', language: 'pt_BR' });
    expect(held.body.at('error', 'code')).toBe(136024);
    expect(held.body.at('error', 'error_data', 'details')).toMatch(/too many codes.*in 4 hours/);
    await practice.control.advance(4 * HOUR);
    expect(await ask()).toBe('ok');
  });

  test('guessing locks for twelve hours, even for the right code', async () => {
    const id = await announced(practice);
    await practice.graph.post(`/${id}/request_code`, { code_method: 'SMS', language: 'pt_BR' });
    const right = await practice.control.code('sub_straight_1');
    const wrong = right === '000000' ? '000001' : '000000';
    for (let guess = 0; guess < 4; guess += 1)
      expect(await code(`/${id}/verify_code`, { code: wrong })).toBe(136025);
    const locked = await practice.graph.post(`/${id}/verify_code`, { code: wrong });
    expect(locked.body.at('error', 'error_data', 'details')).toMatch(/guessed too many times.*12 hours/);
    expect(await code(`/${id}/verify_code`, { code: right })).toBe(136025);
    await practice.control.advance(12 * HOUR);
    await practice.graph.post(`/${id}/request_code`, { code_method: 'SMS', language: 'pt_BR' });
    expect(await code(`/${id}/verify_code`, { code: await practice.control.code('sub_straight_1') })).toBe(
      'ok',
    );
  });

  test('a code is used once, lives ten minutes and is replaced by the next one', async () => {
    const id = await announced(practice);
    const ask = (): Promise<unknown> =>
      code(`/${id}/request_code`, { code_method: 'SMS', language: 'pt_BR' });
    await ask();
    const first = await practice.control.code('sub_straight_1');
    await practice.control.advance(600_000);
    expect(await code(`/${id}/verify_code`, { code: first })).toBe(136025);
    await ask();
    const second = await practice.control.code('sub_straight_1');
    expect(await code(`/${id}/verify_code`, { code: first === second ? '' : first })).not.toBe('ok');
    expect(await code(`/${id}/verify_code`, { code: second })).toBe('ok');
    expect(await ask()).toBe(136024);
    expect(await code(`/${id}/verify_code`, { code: second })).toBe(136025);
  });

  test('a code may never arrive, arrive late, or arrive with wrong digits', async () => {
    const id = await announced(practice);
    const ask = (): Promise<unknown> =>
      code(`/${id}/request_code`, { code_method: 'SMS', language: 'pt_BR' });
    const arrived = async (): Promise<number> =>
      (await practice.control.get('/phones/sub_straight_1')).body.list('messages').length;
    await practice.control.knobs({ codeDelivery: 'never' });
    await ask();
    expect(await arrived()).toBe(0);
    await practice.control.knobs({ codeDelivery: 'wrong_digits', codeDeliveryMs: 120_000 });
    await ask();
    expect(await arrived()).toBe(0);
    await practice.control.advance(120_000);
    expect(await arrived()).toBe(1);
    expect(await code(`/${id}/verify_code`, { code: await practice.control.code('sub_straight_1') })).toBe(
      136025,
    );
  });

  test('a new account allows 200 calls an hour; headers count up and say when calls are possible again', async () => {
    await practice.control.knobs({ callsPerHourSmall: 4 });
    const shares: unknown[] = [];
    for (let call = 0; call < 4; call += 1) {
      shares.push(usageOf(await practice.graph.get('/2002'), '1001', 'call_count'));
      await practice.control.advance(60_000);
    }
    expect(shares).toEqual([25, 50, 75, 100]);
    const throttled = await practice.graph.get('/2002/phone_numbers');
    expect([throttled.status, throttled.body.at('error', 'code')]).toEqual([400, 80008]);
    expect(usageOf(throttled, '1001', 'estimated_time_to_regain_access')).toBe(56);
    expect((await practice.graph.as('source-token').get('/2001')).status).toBe(200);
    await practice.control.advance(56 * 60_000);
    expect((await practice.graph.get('/2002')).status).toBe(200);
  });

  test('an account with a connected number allows 5,000 calls an hour', async () => {
    await practice.control.knobs({ callsPerHourSmall: 1, rateCode: 80007 });
    await practice.graph.get('/2002');
    expect((await practice.graph.get('/2002')).body.at('error', 'code')).toBe(80007);
    for (let call = 0; call < 5; call += 1) {
      expect((await practice.graph.as('source-token').get('/2001')).status).toBe(200);
    }
  });

  test('a wrong own PIN is refused, and repeated guessing locks', async () => {
    const id = await moved(practice);
    const wrong = { messaging_product: 'whatsapp', pin: '999999' };
    expect(await code(`/${id}/register`, wrong)).toBe(133005);
    expect(await code(`/${id}/register`, wrong)).toBe(133005);
    expect(await code(`/${id}/register`, wrong)).toBe(133008);
    expect(await code(`/${id}/register`, registration)).toBe(133008);
    await practice.control.advance(12 * HOUR);
    expect(await code(`/${id}/register`, registration)).toBe('ok');
  });

  test('the clock runs with the wall unless it is frozen, and never goes back', async () => {
    const now = async (): Promise<number> =>
      Date.parse((await practice.control.get('/clock')).body.text('now'));
    const frozen = await now();
    expect(await now()).toBe(frozen);
    await practice.control.send('POST', '/clock', { to: new Date(frozen + HOUR).toISOString() });
    expect(await now()).toBe(frozen + HOUR);
    expect((await practice.control.send('POST', '/clock', { to: frozen })).status).toBe(400);
    await practice.control.send('POST', '/clock', { frozen: false });
    expect(await now()).toBeGreaterThanOrEqual(frozen + HOUR);
    expect((await practice.control.get('/clock')).body.at('frozen')).toBe(false);
  });

  test('other people may interfere between the proof and the registration', async () => {
    await practice.control.knobs({ midFlight: ['two_step_on'] });
    const id = await proved(practice);
    expect(await code(`/${id}/register`, registration)).toBe(100);
    await practice.control.act('two-step-off', { number: 'sub_straight_1' });
    expect(await code(`/${id}/register`, registration)).toBe('ok');
  });
});
