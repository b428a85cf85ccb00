import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox';
import { ControlClient, GraphClient, type Reply } from './practice';

const classic = join(__dirname, '../../sandbox/worlds/classic.json');

describe('the classic world', () => {
  let sandbox: Sandbox;
  let graph: GraphClient;

  beforeAll(async () => {
    sandbox = await startSandbox({ world: classic });
    graph = new GraphClient(sandbox.url, 'destination-token');
  });
  afterAll(() => sandbox.close());

  const announce = (wabaId: string, number: string, cc = '55'): Promise<Reply> =>
    graph.post(`/${wabaId}/phone_numbers`, { cc, phone_number: number, migrate_phone_number: true });

  test.each([
    ['two-step verification is on', '2002', '11987650002', 2388001, /Two-step verification must be disabled/],
    ['its name was declined', '2002', '11987650003', 2388103, /registered name/],
    ['a name change is pending', '2002', '11987650004', 2388103, /registered name/],
    ['it is in coexistence', '2002', '11987650005', 2388103, /WhatsApp Business app/],
    ['it belongs to another business', '2002', '11987650007', 2388103, /different Business Manager/],
    ['it is at the destination already', '2002', '11987650008', 2388012, /already in your list/],
    ['it is not on the API', '2002', '11987650009', 2388103, /added directly/],
    ['its source account is in review', '2002', '11987650010', 2388103, /source .* not set up correctly/],
    ['its business is not verified', '2006', '11987650011', 2388103, /must be approved before/],
    ['its destination cannot pay', '2007', '11987650012', 2388103, /no payment account/],
    ['no app is subscribed to its destination', '2008', '11987650013', 2388103, /set up webhooks/],
    [
      'its destination has a revoked line of another partner',
      '2010',
      '11987650015',
      2388103,
      /no payment account/,
    ],
    [
      'it is written with the ninth digit Meta does not record',
      '2002',
      '31991110000',
      2388103,
      /added directly/,
    ],
    ['it was deleted', '2002', '11987650025', 2388103, /added directly/],
    ['the card of its destination does not work', '2020', '11987650026', 2388103, /no payment account/],
    ['a "Messaging for" request is open', '2016', '11987650021', 2388103, /Messaging for/],
  ])('refuses a number when %s', async (_why, wabaId, number, subcode, message) => {
    const refused = await announce(wabaId, number);
    expect(refused.status).toBe(400);
    expect(refused.body.at('error', 'code')).toBe(100);
    expect(refused.body.at('error', 'error_subcode')).toBe(subcode);
    expect(refused.body.at('error', 'error_user_msg')).toMatch(message);
  });

  test('refuses a test number', async () => {
    expect((await announce('2002', '5550001234', '1')).body.text('error', 'error_user_msg')).toMatch(
      /Test phone/,
    );
  });

  test('refuses a number of a full portfolio with 200000', async () => {
    expect((await announce('2013', '11987650016')).body.at('error', 'code')).toBe(200000);
  });

  test('takes the number with which all is well, and the ones written as Meta records them', async () => {
    expect((await announce('2002', '11987650001')).status).toBe(200);
    expect((await announce('2002', '3191110000')).status).toBe(200);
    expect((await announce('2002', '15512345678', '52')).status).toBe(200);
    expect((await announce('2002', '91123456789', '54')).status).toBe(200);
  });

  test('takes the numbers whose problem is none of the announcement’s: site down, badge, volume, catalogue', async () => {
    expect((await fetch(`${sandbox.url}/sandbox/sites/1005`)).status).toBe(500);
    expect((await announce('2019', '11987650024')).status).toBe(200);
    expect((await announce('2002', '11987650028')).status).toBe(200);
    expect((await announce('2022', '11987650029')).status).toBe(200);
    expect((await announce('2002', '11987650030')).status).toBe(200);
  });

  test('shows the five problems of one number one after another, as each is solved', async () => {
    const control = new ControlClient(sandbox.url);
    const refusal = async (): Promise<unknown> =>
      (await announce('2015', '11987650022')).body.at('error', 'error_user_msg') ?? 'accepted';
    expect(await refusal()).toMatch(/must be approved before/);
    await control.act('review-decision', { wabaId: '2015', decision: 'APPROVED' });
    expect(await refusal()).toMatch(/no payment account/);
    await control.act('attach-card', { wabaId: '2015' });
    expect(await refusal()).toMatch(/set up webhooks/);
    await graph.post('/2015/subscribed_apps');
    expect(await refusal()).toMatch(/source .* not set up correctly/);
    await control.act('review-decision', { wabaId: '2014', decision: 'APPROVED' });
    expect(await refusal()).toMatch(/registered name/);
    await control.act('approve-name', { phoneNumber: '+5511987650022' });
    expect(await refusal()).toMatch(/Two-step verification/);
    await control.act('two-step-off', { phoneNumber: '+5511987650022' });
    expect(await refusal()).toBe('accepted');
  });

  test('copies what is approved and good, and says why it leaves the rest', async () => {
    const copied = await graph.post('/2002/migrate_message_templates', { source_waba_id: '2001' });
    expect(copied.body.list('migrated_templates')).toHaveLength(5);
    expect(copied.body.values('failed_templates')).toEqual([
      'Low quality template',
      'Template is not approved (REJECTED)',
      'Template is not approved (PENDING)',
      'Incorrect category',
    ]);
    const kept = await graph.get('/2002/message_templates', { name: 'opening_hours' });
    expect(kept.body.text('data', 0, 'components', 0, 'text')).toContain('Horário do destino');
  });
});
