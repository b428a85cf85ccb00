import { moved, practise, type Practice } from './practice';

const SOURCE = '7001';
const PROFILE = { about: 'Bread every day', vertical: 'RESTAURANT', websites: ['https://padaria.example'] };

describe('what people see of a business behind its number (meta §1.6)', () => {
  let practice: Practice;
  beforeEach(async () => {
    practice = await practise();
  });
  afterEach(() => practice.close());

  const source = () => practice.graph.as('source-token');
  const seen = async (id: string, token: string): Promise<unknown> =>
    (await practice.graph.as(token).get(`/${id}/whatsapp_business_profile`)).body.at('data', '0');

  test('is set in parts, within its limits, and empty fields are left out', async () => {
    const path = `/${SOURCE}/whatsapp_business_profile`;
    const written = await source().post(path, { messaging_product: 'whatsapp', about: 'Bread' });
    expect(written.body.at('success')).toBe(true);
    await source().post(path, { messaging_product: 'whatsapp', vertical: 'RESTAURANT' });
    expect(await seen(SOURCE, 'source-token')).toEqual({
      ...{ messaging_product: 'whatsapp', about: 'Bread', vertical: 'RESTAURANT' },
    });
    const tooLong = await source().post(path, { messaging_product: 'whatsapp', about: 'b'.repeat(140) });
    expect(tooLong.body.at('error', 'code')).toBe(100);
    const unknownField = await source().get(`${path}?fields=about,colour`);
    expect(unknownField.body.at('error', 'code')).toBe(100);
  });

  test.each([
    ['lost', { messaging_product: 'whatsapp' }],
    ['kept', { messaging_product: 'whatsapp', ...PROFILE }],
  ])('is %s after a move, because no fact says which', async (profileAfterMove, after) => {
    await practice.control.knobs({ profileAfterMove });
    await practice.control.act('set-profile', { number: 'sub_straight_1', profile: PROFILE });
    expect(await seen(await moved(practice), 'destination-token')).toEqual(after);
  });

  test('stands flat or nested', async () => {
    await practice.control.act('set-profile', { number: 'sub_straight_1', profile: PROFILE });
    await practice.control.knobs({ profileShape: 'nested' });
    expect(await seen(SOURCE, 'source-token')).toEqual({
      business_profile: { messaging_product: 'whatsapp', ...PROFILE },
    });
  });
});
