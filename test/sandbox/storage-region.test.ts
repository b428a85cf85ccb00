import { practise, proved, registration, type Practice } from './practice';

const configured = (region: unknown, enabled = true) => ({
  storage_configuration: { enabled, ...(region === undefined ? {} : { region }) },
});

describe('where the data of a number is kept (meta §1.5, local storage)', () => {
  let practice: Practice;

  beforeEach(async () => {
    practice = await practise();
  });
  afterEach(() => practice.close());

  const kept = async (id: string): Promise<unknown> =>
    (await practice.graph.get(`/${id}/settings`)).body.at('storage_configuration');

  test('is set while the number is not registered, in one of the countries, and never after', async () => {
    const id = await proved(practice);
    expect(await kept(id)).toEqual({ status: 'default' });
    for (const wrong of [configured('FR'), configured(undefined), configured('BR', false), { calling: {} }])
      expect((await practice.graph.post(`/${id}/settings`, wrong)).body.at('error', 'code')).toBe(100);
    expect((await practice.graph.post(`/${id}/settings`, configured('BR'))).status).toBe(200);
    await practice.graph.post(`/${id}/register`, registration);
    await practice.control.advance(1_000);
    expect(await kept(id)).toEqual({
      ...{ status: 'in_country_storage_enabled', data_localization_region: 'BR' },
    });
    expect((await practice.graph.post(`/${id}/settings`, configured('BR'))).status).toBe(200);
    expect((await practice.graph.post(`/${id}/settings`, configured('DE'))).status).toBe(400);
    await practice.graph.post(`/${id}/deregister`, {});
    expect(await kept(id)).toEqual({ status: 'default' });
  });

  test('may be told with the registration only by a knob, and a registered number keeps what it has', async () => {
    const inBrazil = { ...registration, data_localization_region: 'BR' };
    const id = await proved(practice);
    expect((await practice.graph.post(`/${id}/register`, inBrazil)).body.at('error', 'code')).toBe(100);
    await practice.control.knobs({ storageRegionAt: 'register' });
    const nowhere = { ...inBrazil, data_localization_region: 'FR' };
    expect((await practice.graph.post(`/${id}/register`, nowhere)).body.at('error', 'code')).toBe(100);
    expect((await practice.graph.post(`/${id}/register`, inBrazil)).status).toBe(200);
    await practice.control.advance(1_000);
    expect((await practice.graph.post(`/${id}/register`, inBrazil)).status).toBe(200);
    const elsewhere = { ...inBrazil, data_localization_region: 'DE' };
    expect((await practice.graph.post(`/${id}/register`, elsewhere)).body.at('error', 'code')).toBe(100);
    expect(await kept(id)).toMatchObject({ data_localization_region: 'BR' });
  });
});
