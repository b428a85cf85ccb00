/** What hangs on a number or an account beside the move, as strict as the rest (meta §1.6, §3.3–§3.5). */
import { startSandbox, straightWorld, type Sandbox } from '../../sandbox';

const world = () => {
  const { world: plain } = straightWorld();
  return {
    ...plain,
    wabas: (plain.wabas ?? []).map((waba) =>
      waba.id === '2001'
        ? {
            ...waba,
            commerceAccountId: '8801',
            complaints: [{ code: 131031, description: 'Business Account locked' }],
          }
        : waba,
    ),
    records: (plain.records ?? []).map((record) => ({
      ...record,
      belongings: {
        qrCodes: [
          { code: 'ABCDEFGHIJKLM2', message: 'Oi' },
          { code: 'ABCDEFGHIJKLM3', message: 'Bom dia' },
        ],
        prompts: ['Cardápio'],
        callbackUri: 'https://old.example/number',
      },
    })),
  };
};

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ world: world() });
});
afterEach(() => sandbox.close());

const read = async (path: string, token = 'source-token') => {
  const answer = await fetch(`${sandbox.url}/v25.0/${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: answer.status, body: await answer.json() };
};

test('QR codes come with text and link, page by page, and know no other field', async () => {
  const { body } = await read('7001/message_qrdls?limit=1');
  expect(body).toMatchObject({
    data: [
      {
        code: 'ABCDEFGHIJKLM2',
        prefilled_message: 'Oi',
        deep_link_url: 'https://wa.me/message/ABCDEFGHIJKLM2',
      },
    ],
    paging: { next: expect.stringContaining('after=') },
  });
  expect((await read('7001/message_qrdls?fields=colour')).body).toMatchObject({ error: { code: 100 } });
  expect((await read('7001/message_qrdls', 'destination-token')).body).toMatchObject({
    error: { code: 100, error_subcode: 33 },
  });
});

test('conversational components, the number’s own callback, the catalogue and complaints stand on their nodes', async () => {
  const { body: phone } = await read(
    '7001?fields=conversational_automation,webhook_configuration,health_status',
  );
  expect(phone).toMatchObject({
    conversational_automation: { prompts: ['Cardápio'], enable_welcome_message: false },
    webhook_configuration: { phone_number: 'https://old.example/number' },
    health_status: { can_send_message: 'BLOCKED' },
  });
  const { body: account } = await read('2001?fields=linked_commerce_account,health_status');
  expect(account).toMatchObject({
    linked_commerce_account: { id: '8801' },
    health_status: {
      entities: expect.arrayContaining([
        expect.objectContaining({
          entity_type: 'WABA',
          errors: [expect.objectContaining({ error_code: 131031 })],
        }),
      ]),
    },
  });
});

test('the web site of a business shows what its act says', async () => {
  const site = `${sandbox.url}/sandbox/sites/1001`;
  const become = (state: string) =>
    fetch(`${sandbox.url}/sandbox/acts/site`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ businessId: '1001', state }),
    });
  expect(await (await fetch(site)).text()).toContain('<h1>Padaria Sol</h1>');
  for (const [state, status] of [
    ['down', 500],
    ['parked', 200],
    ['no_programs', 403],
    ['leads_inside', 302],
    ['loops', 302],
  ] as const) {
    expect((await become(state)).status).toBe(200);
    expect((await fetch(site, { redirect: 'manual' })).status).toBe(status);
  }
  expect((await become('elsewhere')).status).toBe(400);
  expect((await fetch(`${sandbox.url}/sandbox/sites/9999`)).status).toBe(404);
});
