import { practise, type Practice, type Reply } from './practice';

const body = { type: 'BODY', text: 'Hello {{1}}, your order is ready.', example: { body_text: [['Ann']] } };
const draft = { name: 'pickup', language: 'en_US', category: 'UTILITY', components: [body] };

describe('templates', () => {
  let practice: Practice;

  beforeEach(async () => {
    practice = await practise({ templates: 7 });
  });
  afterEach(() => practice.close());

  const create = (change: Record<string, unknown> = {}): Promise<Reply> =>
    practice.graph.post('/2002/message_templates', { ...draft, ...change });
  const subcode = (reply: Reply): unknown => reply.body.at('error', 'error_subcode');
  const source = (): typeof practice.graph => practice.graph.as('source-token');

  test('are listed page by page, and a stale cursor is refused with 131059', async () => {
    const seen: string[] = [];
    let query: Record<string, string> = { limit: '3', fields: 'name' };
    for (;;) {
      const page = await source().get('/2001/message_templates', query);
      seen.push(...page.body.list('data').map((template) => template.text('name')));
      const next = page.body.at('paging', 'next');
      if (typeof next !== 'string') break;
      expect(next).not.toContain('token');
      query = Object.fromEntries(new URL(next).searchParams);
    }
    expect(seen).toEqual(practice.world.templates.map(({ name }) => name));
    const stale = await source().get('/2001/message_templates', { after: 'bm9uc2Vuc2U' });
    expect(stale.body.at('error', 'code')).toBe(131059);
    const old = await source().in('v23.0').get('/2001/message_templates', { after: 'bm9uc2Vuc2U' });
    expect(old.body.at('error', 'code')).toBe(100);
  });

  test('are filtered, and a summary tells how many fit', async () => {
    const found = await source().get('/2001/message_templates', {
      name_or_content: 'order',
      status: 'APPROVED,PENDING',
      summary: 'total_count,message_template_count,message_template_limit',
    });
    expect(found.body.list('data')).toHaveLength(1);
    expect(found.body.at('summary')).toEqual({
      total_count: 1,
      message_template_count: 7,
      message_template_limit: 6000,
    });
    await practice.control.act('business-verification', { businessId: '1001', status: 'not_verified' });
    const unverified = await source().get('/2001/message_templates', { summary: 'message_template_limit' });
    expect(unverified.body.at('summary', 'message_template_limit')).toBe(250);
  });

  test('are created once: a repeat is 2388024, the review takes its time', async () => {
    const created = await create();
    expect(created.body.value).toEqual({ id: expect.any(String), status: 'PENDING', category: 'UTILITY' });
    expect(subcode(await create())).toBe(2388024);
    await practice.control.advance(60_000);
    const listed = await practice.graph.get(`/${created.body.text('id')}`, { fields: 'status' });
    expect(listed.body.at('status')).toBe('APPROVED');
  });

  test.each([
    ['a name with capitals', { name: 'Pickup' }, undefined],
    ['no body', { components: [{ type: 'FOOTER', text: 'x' }] }, 2388072],
    ['a parameter at the end', { components: [{ ...body, text: 'Hello {{1}}' }] }, 2388299],
    ['more parameters than text', { components: [{ ...body, text: 'a {{1}} b {{2}} c {{3}} d' }] }, 2388293],
    ['no example', { components: [{ type: 'BODY', text: 'Hello {{1}}, welcome back.' }] }, 2388043],
    ['a body too long', { components: [{ type: 'BODY', text: 'x'.repeat(1025) }] }, 2388040],
    [
      'a header that shows an address instead of an upload handle',
      {
        components: [
          body,
          { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['https://x/y.jpg'] } },
        ],
      },
      2388047,
    ],
  ])('are refused with %s', async (_why, change, expected) => {
    const refused = await create(change);
    expect(refused.status).toBe(400);
    expect(subcode(refused)).toBe(expected);
  });

  test('are created at most a hundred times an hour', async () => {
    for (let count = 0; count < 100; count += 1) await create({ name: `bulk_${String(count)}` });
    expect((await create({ name: 'one_more' })).body.at('error', 'code')).toBe(80008);
    await practice.control.advance(3_600_000);
    expect((await create({ name: 'one_more' })).status).toBe(200);
  });

  test('lock their name for 30 days when an approved one is deleted', async () => {
    await create();
    await practice.control.advance(60_000);
    expect((await practice.graph.delete('/2002/message_templates', { name: 'pickup' })).body.value).toEqual({
      success: true,
    });
    expect(subcode(await create())).toBe(2388023);
    await practice.control.advance(30 * 86_400_000);
    expect((await create()).status).toBe(200);
  });

  test('are copied a page at a time, with new ids and unknown quality', async () => {
    const copy = (more: Record<string, unknown>): Promise<Reply> =>
      practice.graph.post('/2002/migrate_message_templates', { source_waba_id: '2001', count: 3, ...more });
    expect((await copy({ page_number: 0 })).body.value).toEqual({
      migrated_templates: ['4001', '4002', '4003'],
      failed_templates: {},
    });
    expect((await copy({ page_number: 2 })).body.at('migrated_templates')).toEqual(['4007']);
    expect((await copy({ page_number: 3 })).body.at('migrated_templates')).toEqual([]);
    expect((await copy({ template_ids: ['4005'] })).body.at('migrated_templates')).toEqual(['4005']);
    const listed = await practice.graph.get('/2002/message_templates', { fields: 'id,quality_score' });
    expect(listed.body.list('data')).toHaveLength(5);
    expect(listed.body.at('data', 0, 'id')).not.toBe('4001');
    expect(listed.body.at('data', 0, 'quality_score', 'score')).toBe('UNKNOWN');
  });

  test('that exist at the destination are left alone, and answered as the world is told', async () => {
    const copy = (): Promise<Reply> =>
      practice.graph.post('/2002/migrate_message_templates', {
        source_waba_id: '2001',
        template_ids: ['4001'],
      });
    await copy();
    expect((await copy()).body.value).toEqual({ migrated_templates: [], failed_templates: {} });
    await practice.control.knobs({ existingTemplateInCopy: 'failed', failedTemplates: 'list' });
    expect((await copy()).body.at('failed_templates')).toEqual([
      { id: '4001', reason: 'Message template already exists' },
    ]);
    expect(await practice.control.effects('template_copied')).toHaveLength(1);
  });

  test('stop being copied when the destination is full', async () => {
    const { world } = practice.world;
    const wabas = world.wabas?.map((waba) => (waba.id === '2002' ? { ...waba, templateLimit: 5 } : waba));
    await practice.control.send('PUT', '/world', { ...world, wabas });
    const copied = await practice.graph.post('/2002/migrate_message_templates', { source_waba_id: '2001' });
    expect(copied.body.list('migrated_templates')).toHaveLength(5);
    expect(copied.body.at('failed_templates')).toEqual({
      4006: 'Message template limit exceeded',
      4007: 'Message template limit exceeded',
    });
  });

  test('are copied between accounts of one business only', async () => {
    const { world } = practice.world;
    const wabas = world.wabas?.map((waba) => (waba.id === '2001' ? { ...waba, businessId: '1900' } : waba));
    await practice.control.send('PUT', '/world', { ...world, wabas });
    const refused = await practice.graph.post('/2002/migrate_message_templates', { source_waba_id: '2001' });
    expect(refused.body.text('error', 'message')).toMatch(/owned by the same business/);
  });

  test('can be sent once they are there: before, the answer is 404 with 132001', async () => {
    const send = (name: string): Promise<Reply> =>
      source().post('/7001/messages', {
        messaging_product: 'whatsapp',
        to: '5511900000001',
        type: 'template',
        template: { name, language: { code: 'pt_BR' } },
      });
    expect((await send('order_update')).status).toBe(200);
    const missing = await send('not_there');
    expect([missing.status, missing.body.at('error', 'code')]).toEqual([404, 132001]);
    await practice.control.act('revoke-credit', { wabaId: '2001' });
    expect((await send('order_update')).body.at('error', 'code')).toBe(131042);
  });
});
