import { ConfigurationError } from '../../shared/config';
import { credentialResolver } from '../../store';
import {
  aMigration,
  aNumber,
  dump,
  KEYS,
  keyText,
  openTestStore,
  projectionOf,
  started,
  type TestStore,
} from './world';

let world: TestStore;
beforeAll(async () => {
  world = await openTestStore('secrets');
});

const TOKEN = 'EAAG-very-secret-token';

test('a credential is written, read by name and replaced; the list shows no value', async () => {
  await world.store.secrets.put('acme', 'meta-source', { accessToken: 'first-token' });
  await world.store.secrets.put('acme', 'meta-source', { accessToken: TOKEN });
  await world.store.secrets.put('acme', 'meta-destination', { accessToken: TOKEN });
  expect(await world.store.secrets.get('acme', 'meta-source')).toEqual({ accessToken: TOKEN });
  expect(await world.store.secrets.get('other', 'meta-source')).toBeNull();
  const listed = await world.store.secrets.list('acme');
  expect(listed.map(({ name, kind }) => [name, kind])).toEqual([
    ['meta-destination', 'access_token'],
    ['meta-source', 'access_token'],
  ]);
  expect(JSON.stringify(listed)).not.toContain(TOKEN);
  expect(await world.store.secrets.delete('acme', 'meta-source')).toBe(true);
  expect(await world.store.secrets.delete('acme', 'meta-source')).toBe(false);
});

test('the two-step PIN stored first stands for its attempt, also when many store at once', async () => {
  const { migrationId, phoneNumber } = { migrationId: aMigration().id, phoneNumber: aNumber() };
  const put = (attempt: number, pin: string) =>
    world.store.secrets.putTwoStepPin('acme', phoneNumber, { migrationId, attempt, pin });
  const pins = await Promise.all(Array.from({ length: 10 }, (_, n) => put(1, `10000${String(n)}`)));
  expect(new Set(pins.map(({ pin }) => pin)).size).toBe(1);
  expect(await world.store.secrets.getTwoStepPin('acme', migrationId)).toEqual(pins[0]);
  expect(await put(2, '222222')).toEqual({ pin: '222222', attempt: 2, state: 'pending' });
  expect(await world.store.secrets.getTwoStepPin('acme', migrationId)).toMatchObject({ attempt: 2 });
  expect(await world.store.secrets.getTwoStepPin('acme', migrationId, 1)).toEqual(pins[0]);
  expect(await world.store.secrets.getTwoStepPin('other', migrationId)).toBeNull();
});

test('a two-step PIN is confirmed, doubted and forgotten', async () => {
  const migrationId = aMigration().id;
  await world.store.secrets.putTwoStepPin('acme', aNumber(), { migrationId, attempt: 1, pin: '314159' });
  const state = async () => (await world.store.secrets.getTwoStepPin('acme', migrationId))?.state;
  await world.store.secrets.confirmTwoStepPin('acme', migrationId, 1);
  expect(await state()).toBe('confirmed');
  await world.store.secrets.doubtTwoStepPin('acme', migrationId, 1);
  expect(await state()).toBe('unknown');
  await world.store.secrets.forgetTwoStepPin('acme', migrationId, 1);
  expect(await world.store.secrets.getTwoStepPin('acme', migrationId)).toBeNull();
});

test('nothing that is secret can be read in a dump of the database', async () => {
  const migration = await started(world.store);
  const pin = '271828';
  await world.store.secrets.put('acme', 'dumped', { accessToken: TOKEN });
  await world.store.secrets.putTwoStepPin('acme', migration.phoneNumber, {
    migrationId: migration.id,
    attempt: 1,
    pin,
  });
  await world.store.migrations.project(projectionOf(migration, [], { resume: { note: 'resume-state' } }));
  const request = { tenant: 'acme', key: 'dump', scope: 'POST /x', bodyHash: 'h' };
  await world.store.idempotency.run(request, () =>
    Promise.resolve({ status: 200, body: { value: 'kept-answer' } }),
  );
  const text = await dump(world.raw);
  const plain = Buffer.from(text).toString();
  for (const secret of [TOKEN, 'kept-answer', 'resume-state', 'Padaria']) {
    expect(plain).not.toContain(secret);
    expect(plain).not.toContain(Buffer.from(secret).toString('base64').replaceAll('=', ''));
  }
  expect(plain).not.toContain(`"${pin}"`);
});

test('no phone number stands in an id or in an index', async () => {
  const migration = await started(world.store, {
    metadata: { line: '+5531991110042', also: 'x' },
    phoneNumber: '+5531991110042',
  });
  await world.store.attempts.countRegisterAttempt({
    ...{ phoneNumber: migration.phoneNumber, effectKey: 'one', limit: 8, windowMs: 1_000 },
  });
  await world.store.secrets.putTwoStepPin('acme', migration.phoneNumber, {
    migrationId: migration.id,
    attempt: 1,
    pin: '000000',
  });
  for (const collection of await world.raw.collections()) {
    const fields = (await collection.indexes()).flatMap(({ key }) => Object.keys(key));
    const projection = Object.fromEntries(fields.map((field) => [field, 1]));
    expect(JSON.stringify(await collection.find({}, { projection }).toArray())).not.toMatch(
      /31991110042|3191110042/,
    );
  }
});

test('after a rotation of the keys everything is still found and opens', async () => {
  const migration = await started(world.store);
  await world.store.secrets.put('acme', 'rotated', { accessToken: TOKEN });
  await world.store.migrations.project(projectionOf(migration, [], { resume: { schema: 1, at: 'here' } }));
  const rotated = await world.reopenWith(`${keyText('k2')},${KEYS}`);
  expect(await rotated.secrets.get('acme', 'rotated')).toEqual({ accessToken: TOKEN });
  expect(await rotated.claims.holder(migration.phoneNumber)).toMatchObject({ migrationId: migration.id });
  expect(await rotated.migrations.getResume('acme', migration.id)).toEqual({
    ...{ attempt: 1, resume: { schema: 1, at: 'here' } },
  });
  const found = await rotated.migrations.search('acme', { phoneNumber: migration.phoneNumber }, { limit: 5 });
  expect(found.items.map(({ id }) => id)).toEqual([migration.id]);
  await rotated.secrets.put('acme', 'rotated', { accessToken: 'new-token' });
  await expect(world.store.secrets.get('acme', 'rotated')).rejects.toMatchObject({ name: 'UnknownKeyError' });
});

test('a sealed value that was moved to another name does not open', async () => {
  await world.store.secrets.put('acme', 'here', { accessToken: TOKEN });
  await world.store.secrets.put('acme', 'there', { accessToken: 'other-token' });
  const credentials = world.raw.collection<{ _id: string; sealed: unknown }>('credentials');
  const here = await credentials.findOne({ _id: 'acme/here' });
  await credentials.updateOne({ _id: 'acme/there' }, { $set: { sealed: here?.sealed } });
  await expect(world.store.secrets.get('acme', 'there')).rejects.toThrow();
});

test('a credential put in by the API stands before the one of the file', async () => {
  const file = JSON.stringify({
    'acme/both': { accessToken: 'of the file' },
    'acme/file-only': { accessToken: 'of the file' },
  });
  await world.store.secrets.put('acme', 'both', { accessToken: 'of the API' });
  const resolver = credentialResolver(world.store, file);
  expect(await resolver.get('acme', 'both')).toEqual({ accessToken: 'of the API' });
  expect(await resolver.get('acme', 'file-only')).toEqual({ accessToken: 'of the file' });
  expect(await resolver.has('other', 'file-only')).toBe(false);
  expect(await credentialResolver(world.store, undefined).get('acme', 'file-only')).toBeNull();
});

test.each([
  ['not JSON', `{"acme/x": {"accessToken": "${TOKEN}"`],
  ['of another form', JSON.stringify({ 'acme/x': { token: TOKEN }, nobody: { accessToken: TOKEN } })],
])('a credentials file that is %s is refused without quoting it', (_what, content) => {
  const read = () => credentialResolver(world.store, content);
  expect(read).toThrow(ConfigurationError);
  expect(read).not.toThrow(TOKEN);
});
