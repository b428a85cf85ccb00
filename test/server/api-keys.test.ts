/** Keys come and go while requests are on their way: whoever was given one is let in, and whoever lost one is not. */
import { createHash, randomBytes } from 'node:crypto';
import fs, { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openApiKeys, type ApiKey } from '../../server/api-keys';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

const aFile = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carryover-keys-'));
  folders.push(folder);
  const path = join(folder, 'api-keys.json');
  return {
    path,
    /** In one step, as whoever hands out keys does it. */
    write: async (content: string) => {
      await writeFile(`${path}.new`, content);
      await rename(`${path}.new`, path);
    },
  };
};

const entryOf = (key: string): ApiKey => ({
  ...{ name: key, tenant: 'acme', role: 'viewer' },
  sha256: createHash('sha256').update(key).digest('hex'),
});

const fresh = (): string => randomBytes(16).toString('hex');

const listed = (keys: readonly string[]): string => JSON.stringify(keys.map(entryOf));

/** The disk of a busy machine: whoever opened the file first gets what stands in it last. */
const slowDisk = () => {
  const really = fs.open;
  let opened = 0;
  return jest.spyOn(fs, 'open').mockImplementation(async (...given) => {
    const file = await really(...given);
    const wait = 150 - 40 * Math.min(opened, 3);
    opened += 1;
    const read = file.readFile.bind(file) as () => Promise<Buffer>;
    return Object.assign(file, {
      readFile: async (...how: []) => {
        const content = await read(...how);
        await sleep(wait);
        return content;
      },
    });
  });
};

test('a key counts as soon as it is written, also while an older file is still being read', async () => {
  const { path, write } = await aFile();
  const [first, second, third] = [fresh(), fresh(), fresh()];
  await write(listed([first]));
  const errors: unknown[] = [];
  const keys = await openApiKeys(path, (error) => errors.push(error));
  const isKnown = async (key: string) => (await keys.find(key, new Date())) !== undefined;
  const disk = slowDisk();
  try {
    await write(listed([first, second]));
    const asking = isKnown(second);
    // It has the file open and has not read it yet.
    while (disk.mock.calls.length === 0) await sleep(1);
    await write(listed([second, third]));
    expect(await Promise.all([asking, isKnown(third), isKnown(second)])).toEqual([true, true, true]);
    // Nobody is served by what was read last and written first.
    await sleep(200);
    expect(await Promise.all([isKnown(third), isKnown(first)])).toEqual([true, false]);
  } finally {
    disk.mockRestore();
  }
  expect(errors).toEqual([]);
});

test('a mistake made later is reported once, and the keys read last stay in force until it is mended', async () => {
  const { path, write } = await aFile();
  const [first, second] = [fresh(), fresh()];
  await write(listed([first]));
  const errors: unknown[] = [];
  const keys = await openApiKeys(path, (error) => errors.push(error));
  await write('[{"name": ');
  for (let time = 0; time < 3; time += 1) expect(await keys.find(first, new Date())).toBeDefined();
  expect(errors).toMatchObject([{ message: expect.stringContaining('not JSON') }]);
  await write(listed([second]));
  expect(await keys.find(first, new Date())).toBeUndefined();
  expect(await keys.find(second, new Date())).toMatchObject({ name: second });
});
