import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { announced, moved, practise, proved, registration, type Practice } from './practice';

describe('a sandbox with a state file', () => {
  let folder: string;
  let practice: Practice;

  const start = async (): Promise<void> => {
    practice = await practise({}, { stateFile: join(folder, 'state.json') });
  };
  const restart = async (): Promise<void> => {
    await practice.close();
    await start();
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
    await start();
  });
  afterEach(async () => {
    await practice.close();
    rmSync(folder, { recursive: true });
  });

  test('keeps attempt counters over a restart', async () => {
    const id = await announced(practice);
    for (let call = 0; call < 10; call += 1) await practice.graph.post(`/${id}/register`, registration);
    await restart();
    const refused = await practice.graph.post(`/${id}/register`, registration);
    expect(refused.body.at('error', 'code')).toBe(133016);
    await practice.control.advance(72 * 3_600_000 + 1);
    await restart();
    expect((await practice.graph.post(`/${id}/register`, registration)).body.at('error', 'code')).toBe(100);
  });

  test('keeps guesses, codes and proofs over a restart', async () => {
    const id = await proved(practice);
    await restart();
    expect((await practice.graph.get(`/${id}`)).body.at('code_verification_status')).toBe('VERIFIED');
    expect((await practice.graph.post(`/${id}/register`, registration)).status).toBe(200);
  });

  test('finishes after a restart what it had begun', async () => {
    const id = await proved(practice);
    await practice.graph.post(`/${id}/register`, registration);
    await restart();
    await practice.control.advance(1_000);
    expect((await practice.graph.get(`/${id}`, { fields: 'status' })).body.at('status')).toBe('CONNECTED');
  });

  test('keeps an open popup, its code and an intent over a restart', async () => {
    const launch = new URLSearchParams({
      app_id: '3001',
      config_id: '3201',
      response_type: 'code',
      override_default_response_type: 'true',
      origin: 'https://carryover.example',
      cb: 'f1',
    });
    const popup = await fetch(`${practice.sandbox.url}/sandbox/signup?${launch.toString()}`);
    const session = new URL(popup.url).pathname;
    const done = await practice.control.act('complete-signup', { businessId: '1001' });
    const marked = await practice.graph
      .as('source-token')
      .post('/2001/set_solution_migration_intent', { solution_id: '3502' });
    await restart();
    expect(await (await fetch(`${practice.sandbox.url}${session}`)).text()).toContain('Ana Souza');
    const app = { client_id: '3001', client_secret: 'app-secret', code: done.body.text('code') };
    expect((await practice.graph.as('').get('/oauth/access_token', app)).status).toBe(200);
    const read = await practice.graph.as('system-token').get(`/${marked.body.text('id')}`);
    expect(read.body.at('status')).toBe('INITIATED');
  });

  test('has written an effect before it answers', async () => {
    const id = await moved(practice);
    const saved = readFileSync(join(folder, 'state.json'), 'utf8');
    expect(saved).toContain('"registered"');
    expect(saved).toContain(id);
    expect(statSync(join(folder, 'state.json')).mode & 0o777).toBe(0o600);
  });

  test('keeps its clock and its call counters over a restart', async () => {
    await practice.control.knobs({ callsPerHourSmall: 2 });
    await practice.graph.get('/2002');
    await practice.graph.get('/2002');
    const before = (await practice.control.get('/clock')).body.text('now');
    await restart();
    expect((await practice.control.get('/clock')).body.text('now')).toBe(before);
    expect((await practice.graph.get('/2002')).body.at('error', 'code')).toBe(80008);
  });

  test('keeps the invariants report over a restart', async () => {
    const id = await moved(practice);
    await restart();
    await practice.graph.post(`/${id}/register`, registration);
    expect(await practice.control.violations()).toEqual(['registered_twice']);
  });
});

test('two sandboxes in one process do not disturb each other', async () => {
  const [one, two] = [await practise(), await practise()];
  await announced(one);
  expect(await two.control.effects('announced')).toEqual([]);
  expect(one.sandbox.url).not.toBe(two.sandbox.url);
  await Promise.all([one.close(), two.close()]);
});
