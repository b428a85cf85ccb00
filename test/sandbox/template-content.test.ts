/** What the practice platform takes as a template's content, and where its media come from (meta §4.3, §1.6). */
import { practise, type Practice, type Reply } from './practice';

const body = { type: 'BODY', text: 'Hello {{1}}, your order is ready.', example: { body_text: [['Ann']] } };
const draft = { name: 'pickup', language: 'en_US', category: 'UTILITY', components: [body] };
const FLOW = { id: '9101', name: 'booking' };

let practice: Practice;
beforeEach(async () => {
  practice = await practise({ templates: 1 });
  const { world } = practice.world;
  await practice.control.send('PUT', '/world', {
    ...world,
    wabas: world.wabas?.map((waba) =>
      waba.id === '2001'
        ? { ...waba, flows: [FLOW, { id: '9102', name: 'survey', status: 'DRAFT' }] }
        : { ...waba, flows: [{ id: '9201', name: 'survey' }] },
    ),
  });
});
afterEach(() => practice.close());

const create = (change: Record<string, unknown>): Promise<Reply> =>
  practice.graph.post('/2002/message_templates', { ...draft, ...change });
const withPart = (part: Record<string, unknown>) => ({ components: [body, part] });
const subcode = (reply: Reply): unknown => reply.body.at('error', 'error_subcode');
const message = (reply: Reply): string => reply.body.text('error', 'message');

const upload = async (bytes: number, type = 'image/jpeg'): Promise<string> => {
  const begun = await practice.graph.post('/3001/uploads', {
    ...{ file_name: 'header.jpg', file_length: 2_000, file_type: type },
  });
  const answer = await fetch(practice.graph.address(`/${begun.body.text('id')}`), {
    method: 'POST',
    headers: { authorization: `OAuth ${practice.graph.token}`, file_offset: '0', 'content-type': type },
    body: Buffer.alloc(bytes, 1),
  });
  const { h } = (await answer.json()) as { h?: string };
  return h ?? `refused with ${String(answer.status)}`;
};

test.each([
  ['a positional parameter out of order', { text: 'Hello {{2}}, your order is ready.' }, 2388072],
  ['a named parameter among positional ones', { text: 'Hello {{name}}, your order is ready.' }, 2388072],
  ['fewer examples than parameters', { text: 'Hello {{1}}, your order {{2}} is ready now.' }, 2388043],
])('§4.3: %s is refused', async (_why, part, expected) => {
  expect(subcode(await create({ components: [{ ...body, ...part }] }))).toBe(expected);
});

test('§4.3: named parameters want parameter_format NAMED and an example each', async () => {
  const text = 'Hello {{first_name}}, your order is ready.';
  const example = { body_text_named_params: [{ param_name: 'first_name', example: 'Ann' }] };
  const named = { parameter_format: 'NAMED', components: [{ type: 'BODY', text, example }] };
  expect(subcode(await create({ ...named, components: [{ type: 'BODY', text }] }))).toBe(2388043);
  const created = await create(named);
  const listed = await practice.graph.get(`/${created.body.text('id')}`, { fields: 'parameter_format' });
  expect(listed.body.at('parameter_format')).toBe('NAMED');
});

test('§4.3: read-only fields of a listing are not taken', async () => {
  expect(message(await create({ quality_score: { score: 'GREEN' } }))).toContain('quality_score');
});

test('§4.3 2388081: a button with a link to WhatsApp is refused', async () => {
  const button = { type: 'URL', text: 'Chat', url: 'https://wa.me/551100000000' };
  expect(subcode(await create(withPart({ type: 'BUTTONS', buttons: [button] })))).toBe(2388081);
});

test('§4.3: an authentication template is written by Meta from flags', async () => {
  const otp = { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] };
  const code = (parts: Record<string, unknown>[]) =>
    create({ name: 'login', category: 'AUTHENTICATION', components: parts });
  expect(subcode(await code([{ type: 'BODY', text: 'Your code is {{1}} today.' }, otp]))).toBe(2388072);
  expect((await code([{ type: 'BODY' }])).status).toBe(400);
  const created = await code([
    { type: 'BODY', add_security_recommendation: true },
    { type: 'FOOTER', code_expiration_minutes: 5 },
    otp,
  ]);
  const listed = await practice.graph.get(`/${created.body.text('id')}`, { fields: 'components' });
  expect(listed.body.at('components', 0, 'text')).toContain('do not share');
  expect(listed.body.at('components', 1, 'text')).toContain('5 minutes');
  expect(listed.body.at('components', 2, 'buttons', 0, 'type')).toBe('URL');
});

test('§4.3: a media header wants the handle of an upload of the right kind, and is listed with an address', async () => {
  const header = (handle: string) =>
    withPart({ type: 'HEADER', format: 'IMAGE', example: { header_handle: [handle] } });
  expect(subcode(await create(header('4::made-up')))).toBe(2388047);
  expect(await upload(1_999)).toBe('refused with 400');
  expect(subcode(await create(header(await upload(2_000, 'application/pdf'))))).toBe(2388047);
  const created = await create(header(await upload(2_000)));
  const listed = await practice.graph.get(`/${created.body.text('id')}`, { fields: 'components' });
  const address = listed.body.text('components', 1, 'example', 'header_handle', 0);
  const file = await fetch(address);
  expect([file.headers.get('content-type'), (await file.arrayBuffer()).byteLength]).toEqual([
    'image/jpeg',
    2_000,
  ]);
});

test('§1.6: flows are copied under new ids; a name that exists is refused by itself with 4233041', async () => {
  const moved = await practice.graph.post('/2002/migrate_flows', {
    source_waba_id: '2001',
    source_flow_names: ['booking', 'survey'],
  });
  expect(moved.body.value).toEqual({
    migrated_flows: [{ source_name: 'booking', source_id: '9101', migrated_id: expect.any(String) }],
    failed_flows: [
      {
        source_name: 'survey',
        error_code: 4233041,
        error_message: expect.stringContaining('already exists'),
      },
    ],
  });
  const listed = await practice.graph.get('/2002/flows', { fields: 'id,name' });
  expect(listed.body.list('data').map((flow) => flow.text('name'))).toEqual(['survey', 'booking']);
  expect(moved.body.at('migrated_flows', 0, 'migrated_id')).not.toBe('9101');
});

describe('§4.3: an edit', () => {
  const edit = (id: string, change: Record<string, unknown>): Promise<Reply> =>
    practice.graph.post(`/${id}`, change);
  const approved = async (): Promise<string> => {
    const created = await create({});
    await practice.control.advance(60_000);
    return created.body.text('id');
  };
  const seen = (id: string): Promise<Reply> => practice.graph.get(`/${id}`, { fields: 'status,components' });
  const footer = (text: string) => withPart({ type: 'FOOTER', text });

  test('is reviewed; an approved template takes one a day and ten in 30 days, then 2388039', async () => {
    const id = await approved();
    expect((await edit(id, footer('first'))).body.value).toEqual({ success: true });
    const reviewed = await seen(id);
    expect([reviewed.body.at('status'), reviewed.body.at('components', 1, 'text')]).toEqual([
      'PENDING',
      'first',
    ]);
    expect(subcode(await edit(id, footer('in review')))).toBe(2388039);
    await practice.control.advance(60_000);
    expect((await seen(id)).body.at('status')).toBe('APPROVED');
    expect(subcode(await edit(id, footer('too soon')))).toBe(2388039);
    for (let day = 0; day < 9; day += 1) {
      await practice.control.advance(86_400_000);
      expect((await edit(id, footer(`day ${String(day)}`))).status).toBe(200);
      await practice.control.advance(60_000);
    }
    await practice.control.advance(86_400_000);
    expect(subcode(await edit(id, footer('the eleventh')))).toBe(2388039);
    expect(await practice.control.effects('template_edited')).toHaveLength(10);
  });

  test('of a rejected template is not counted; its content is shown at once or after the review', async () => {
    await practice.control.knobs({ templateReview: 'rejects', editedContent: 'shown_after_review' });
    const id = await approved();
    for (const text of ['once', 'twice']) {
      expect((await edit(id, footer(text))).status).toBe(200);
      expect((await seen(id)).body.at('components', 1, 'text')).not.toBe(text);
      await practice.control.advance(60_000);
      const shown = await seen(id);
      expect([shown.body.at('status'), shown.body.at('components', 1, 'text')]).toEqual(['REJECTED', text]);
    }
  });

  test('takes neither name nor another category of an approved one, and its content is looked at like a new one’s', async () => {
    const id = await approved();
    expect(message(await edit(id, { name: 'other', ...footer('x') }))).toContain('name');
    expect(message(await edit(id, {}))).toContain('components');
    expect(message(await edit(id, { category: 'MARKETING', ...footer('x') }))).toContain('category');
    expect(message(await edit(id, { status: 'APPROVED', ...footer('x') }))).toContain('status');
    expect(subcode(await edit(id, { components: [{ ...body, text: 'Hello {{1}}' }] }))).toBe(2388299);
    const flowButton = { type: 'BUTTONS', buttons: [{ type: 'FLOW', text: 'Book', flow_id: '9101' }] };
    expect(message(await edit(id, withPart(flowButton)))).toContain('flow_id');
    expect((await edit('4001', footer('x'))).status).toBe(400);
    expect((await seen(id)).body.at('status')).toBe('APPROVED');
  });
});

test('§4.3: a flow button opens a published flow of the same account only', async () => {
  const button = (flowId: string) =>
    withPart({ type: 'BUTTONS', buttons: [{ type: 'FLOW', text: 'Book', flow_id: flowId }] });
  expect(message(await create(button('9101')))).toContain('flow_id');
  expect((await create(button('9201'))).status).toBe(200);
});
