import { family } from '../../sandbox';
import { announced, firstNumber, practise, proved, registration, type Practice } from './practice';

describe('faults of the line and of the platform', () => {
  let practice: Practice;

  beforeEach(async () => {
    practice = await practise();
  });
  afterEach(() => practice.close());

  const effects = async (kind: string): Promise<number> => (await practice.control.effects(kind)).length;

  test('fail answers as told, for the calls told, and changes nothing', async () => {
    const match = { method: 'POST', path: '/{waba}/phone_numbers', times: 2 };
    await practice.control.fault(match, {
      type: 'fail',
      status: 400,
      code: 100,
      subcode: 2388103,
      transient: true,
    });
    for (let call = 0; call < 2; call += 1) {
      const refused = await practice.graph.post('/2002/phone_numbers', firstNumber);
      expect(refused.body.at('error', 'error_subcode')).toBe(2388103);
    }
    expect(await effects('announced')).toBe(0);
    expect((await practice.graph.post('/2002/phone_numbers', firstNumber)).status).toBe(200);
  });

  test('a rule may name the nth call, or every call from one on', async () => {
    await practice.control.fault({ path: '/{waba}', nth: 2 }, { type: 'fail', status: 503 });
    await practice.control.fault({ path: '/2002', from: 4 }, { type: 'fail', status: 500 });
    const statuses: number[] = [];
    for (let call = 0; call < 5; call += 1) statuses.push((await practice.graph.get('/2002')).status);
    expect(statuses).toEqual([200, 503, 200, 500, 500]);
    expect((await practice.control.send('DELETE', '/faults')).body.value).toEqual({ removed: 2 });
    expect((await practice.graph.get('/2002')).status).toBe(200);
  });

  test('act-then-drop does the effect and loses the reply', async () => {
    await practice.control.fault({ path: '/{phone}/register' }, { type: 'act-then-drop' });
    const id = await proved(practice);
    await expect(practice.graph.post(`/${id}/register`, registration)).rejects.toThrow();
    expect(await effects('registered')).toBe(1);
    const [entry] = (await practice.control.get('/requests?effect=registered')).body.list('items');
    expect(entry?.at('status')).toBeNull();
    expect(entry?.at('effect')).toBe('registered');
    expect(entry?.at('effectId')).toMatch(/^eff_/);
  });

  test('drop-before loses the call before anything happens', async () => {
    await practice.control.fault({ path: '*/phone_numbers', times: 1 }, { type: 'drop-before' });
    await expect(practice.graph.post('/2002/phone_numbers', firstNumber)).rejects.toThrow();
    expect(await effects('announced')).toBe(0);
    expect((await practice.graph.post('/2002/phone_numbers', firstNumber)).status).toBe(200);
  });

  test('truncate sends the beginning of the answer only', async () => {
    await practice.control.fault({ path: '/{waba}' }, { type: 'truncate', bytes: 5 });
    await expect(practice.graph.get('/2002')).rejects.toThrow();
  });

  test('html answers with a page instead of JSON', async () => {
    await practice.control.fault({ path: '/{waba}' }, { type: 'html', status: 502 });
    const reply = await practice.graph.get('/2002');
    expect([reply.status, reply.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8']);
  });

  test('hang never answers, having done the effect when told to', async () => {
    await practice.control.fault({ path: '*/phone_numbers' }, { type: 'hang', act: true });
    const call = fetch(practice.graph.address('/2002/phone_numbers'), {
      method: 'POST',
      body: JSON.stringify(firstNumber),
      headers: { authorization: 'Bearer destination-token', 'content-type': 'application/json' },
      signal: AbortSignal.timeout(200),
    });
    await expect(call).rejects.toThrow(/timeout|abort/i);
    expect(await effects('announced')).toBe(1);
  });

  test('delay makes the answer wait', async () => {
    await practice.control.fault({ path: '/{waba}' }, { type: 'delay', ms: 120 });
    const started = performance.now();
    expect((await practice.graph.get('/2002')).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(110);
  });

  test('a registration may happen although its reply is lost', async () => {
    await practice.control.knobs({ registerReplyLost: true });
    const id = await proved(practice);
    await expect(practice.graph.post(`/${id}/register`, registration)).rejects.toThrow();
    await practice.control.advance(1_000);
    expect((await practice.graph.get(`/${id}`, { fields: 'status' })).body.at('status')).toBe('CONNECTED');
  });

  test('a template copy may die with half of its work done', async () => {
    await practice.control.knobs({ templateCopyBreaksAfter: 2 });
    const copy = practice.graph.post('/2002/migrate_message_templates', { source_waba_id: '2001' });
    await expect(copy).rejects.toThrow();
    expect((await practice.graph.get('/2002/message_templates')).body.list('data')).toHaveLength(2);
  });

  test('a rule with an id concerns the calls about that object only, wherever it stands in them', async () => {
    await practice.control.fault({ id: '2001' }, { type: 'fail', status: 503 });
    const copy = { source_waba_id: '2001' };
    expect((await practice.graph.post('/2002/migrate_message_templates', copy)).status).toBe(503);
    expect((await practice.graph.as('source-token').get('/7001')).status).toBe(503);
    expect((await practice.graph.get('/2002')).status).toBe(200);
    await practice.control.send('DELETE', '/faults');
    // The owner of every account concerned counts too.
    await practice.control.fault({ id: '1001' }, { type: 'fail', status: 502 });
    expect((await practice.graph.get('/2002')).status).toBe(502);
  });

  test('hold keeps a call, or its answer, until the rule is removed; a held call whose caller has gone is never done', async () => {
    const add = (signal?: AbortSignal) =>
      fetch(practice.graph.address('/2002/phone_numbers'), {
        method: 'POST',
        body: JSON.stringify(firstNumber),
        headers: { authorization: 'Bearer destination-token', 'content-type': 'application/json' },
        ...(signal === undefined ? {} : { signal }),
      });
    const holding = async (count: number) => {
      for (;;) {
        const [rule] = (await practice.control.get('/faults')).body.list('items');
        if (rule?.at('holding') === count) return;
      }
    };
    await practice.control.fault({ path: '/{waba}/phone_numbers' }, { type: 'hold', when: 'before' });
    const impatience = new AbortController();
    const given = add(impatience.signal);
    await holding(1);
    impatience.abort();
    await expect(given).rejects.toThrow();
    await holding(0);
    await practice.control.send('DELETE', '/faults');
    expect(await effects('announced')).toBe(0);

    await practice.control.fault({ path: '/{waba}/phone_numbers' }, { type: 'hold', when: 'after' });
    const held = add();
    await holding(1);
    expect(await effects('announced')).toBe(1);
    await practice.control.send('DELETE', '/faults');
    expect((await held).status).toBe(200);
  });

  test('reset cuts the connection the hard way, with the effect done when told to', async () => {
    await practice.control.fault({ path: '*/phone_numbers' }, { type: 'reset', act: true });
    const answer = await practice.graph
      .post('/2002/phone_numbers', firstNumber)
      .catch((error: unknown) => error);
    expect(answer).toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(await effects('announced')).toBe(1);
  });

  test('drop-then-act does the call after its caller has gone', async () => {
    await practice.control.fault({ path: '*/phone_numbers', times: 1 }, { type: 'drop-then-act', ms: 200 });
    await expect(practice.graph.post('/2002/phone_numbers', firstNumber)).rejects.toThrow();
    expect(await effects('announced')).toBe(0);
    const isDone = async (): Promise<boolean> => (await effects('announced')) === 1;
    while (!(await isDone()));
  });

  test('twice does the call and loses the reply; the same call again is not done, and told that it succeeded', async () => {
    await practice.control.fault({ path: '*/phone_numbers' }, { type: 'twice' });
    await expect(practice.graph.post('/2002/phone_numbers', firstNumber)).rejects.toThrow();
    const again = await practice.graph.post('/2002/phone_numbers', firstNumber);
    expect([again.status, again.body.at('id')]).toEqual([200, expect.stringMatching(/^\d+$/)]);
    await expect(
      practice.graph.post('/2002/phone_numbers', { ...firstNumber, phone_number: '1' }),
    ).rejects.toThrow();
    expect(await effects('announced')).toBe(1);
  });

  test('a file on its way is about the client whose token sends it', async () => {
    await practice.control.fault({ path: '/{app}/uploads', id: '1001' }, { type: 'fail', status: 503 });
    expect((await practice.graph.post('/3001/uploads')).status).toBe(503);
    expect((await practice.graph.as('system-token').post('/3001/uploads')).status).not.toBe(503);
  });

  test('drip sends a right answer in small pieces, decorate one of a later version', async () => {
    await practice.control.fault({ path: '/2002' }, { type: 'drip', bytes: 20, everyMs: 10 });
    const started = performance.now();
    const dripped = await practice.graph.get('/2002', { fields: 'id,name,owner_business_info,currency' });
    expect(dripped.body.at('currency')).toBe('USD');
    expect(performance.now() - started).toBeGreaterThan(30);
    await practice.control.send('DELETE', '/faults');
    await practice.control.fault({}, { type: 'decorate', field: 'account_review_status' });
    const { body } = await practice.graph.get('/2002', { fields: 'id,account_review_status' });
    expect(body.value).toMatchObject({
      id: '2002',
      account_review_status: 'SOMETHING_OF_TOMORROW',
      also_new: null,
    });
    const listed = await practice.graph.get('/2002/phone_numbers');
    for (const item of listed.body.list('data')) expect(item.at('field_of_tomorrow')).toBeDefined();
  });

  test('a family is added to a world in use, and what was there stays what it is', async () => {
    const { family: added, objects } = family(7, { templates: 2 });
    expect((await practice.control.send('POST', '/world/additions', objects)).status).toBe(204);
    const theirs = practice.graph.as(added.tokens.source.value);
    const templates = await theirs.get(`/${added.sourceWabaId}/message_templates`);
    expect(templates.body.list('data')).toHaveLength(2);
    expect((await practice.graph.as('source-token').get('/7001')).status).toBe(200);
    const again = await practice.control.send('POST', '/world/additions', objects);
    expect([again.status, again.body.list('error', 'faults').length > 0]).toEqual([400, true]);
  });

  test('a fault rule that makes no sense is refused', async () => {
    const refused = await practice.control.fault({}, { type: 'explode' });
    expect(refused.status).toBe(400);
  });

  test('the log tells each call once, in order, with the objects it was about', async () => {
    const id = await announced(practice);
    const [entry] = (
      await practice.control.get('/requests?path=/{waba}/phone_numbers&method=POST')
    ).body.list('items');
    expect(entry?.value).toMatchObject({
      method: 'POST',
      version: 'v25.0',
      ids: { waba: '2002', sourceWaba: '2001', phone: id, subscriber: 'sub_straight_1' },
      token: 'destination',
      parameters: { cc: '55', phone_number: '***', migrate_phone_number: true },
      status: 200,
      effect: 'announced',
    });
  });
});
