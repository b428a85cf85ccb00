import { join } from 'node:path';
import { createCarryoverClient, type Migration } from '../../client';
import { asking } from '../server/asking';
import { openJourney, type Journey } from '../support/journey';
import { isWaitingIn, openTask } from '../waits/timed-journey';

const classicWorld = join(__dirname, '../../sandbox/worlds/classic.json');
const KIND = 'display_name_not_approved';
const CODE = 'DISPLAY_NAME_NOT_APPROVED';

let journey: Journey;
let id: string;
beforeAll(async () => {
  journey = await openJourney({ stage: { world: classicWorld } });
  const plain = journey.body();
  const started = await journey.stage.client.startMigration({
    ...plain,
    phoneNumber: '+5511987650003',
    business: { name: 'Padaria Sol', contact: { locale: 'pt-PT' } },
  });
  id = started.id;
  await journey.until(id, isWaitingIn('eligibility'));
});

const spokenTo = (language?: string): Promise<Migration> =>
  createCarryoverClient({
    baseUrl: journey.stage.url,
    apiKey: journey.stage.apiKey('support'),
    language,
  }).getMigration(id);
const said = (migration: Migration) => ({
  title: openTask(migration, KIND)?.title,
  message: migration.findings.find(({ code }) => code === CODE)?.message,
});

test('a client whose contact reads Portuguese is told so in Portuguese what it must do', async () => {
  const shown = await spokenTo();
  expect(said(shown)).toEqual({
    title: expect.stringContaining('O nome de exibição não está aprovado'),
    message: expect.stringContaining('O nome de exibição não está aprovado'),
  });
  const { items } = await journey.stage.client.listMigrations({ limit: 1 });
  expect(items.map((item) => said(item).title)).toEqual([said(shown).title]);
});

test.each([
  ['es-MX, pt;q=0.5', 'El nombre para mostrar no está aprobado'],
  ['en', 'The display name is not approved'],
  ['de', 'O nome de exibição não está aprovado'],
])('whoever asks for %s reads what there is of it', async (language, words) => {
  expect(said(await spokenTo(language)).title).toContain(words);
});

test('what is known in one language is not taken for known in another', async () => {
  const ask = asking(journey.stage);
  const read = (headers: Record<string, string>) => ask({ method: 'GET', path: id, headers });
  const english = await read({ 'accept-language': 'en' });
  const tag = english.headers.get('etag') ?? '';
  expect(english.headers.get('vary')).toContain('Accept-Language');
  expect((await read({ 'accept-language': 'en', 'if-none-match': tag })).status).toBe(304);
  expect((await read({ 'accept-language': 'es', 'if-none-match': tag })).status).toBe(200);
  const amended = await ask({
    method: 'PATCH',
    path: id,
    body: { business: { name: 'Panadería Sol', contact: { locale: 'es-AR' } } },
    headers: { 'if-match': tag },
  });
  expect(amended.status).toBe(200);
  await journey.until(id, ({ locale }) => locale === 'es');
  expect(said(await spokenTo()).message).toContain('El nombre para mostrar no está aprobado');
});
