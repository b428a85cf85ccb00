import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GATEWAY_CONFIG_NAMES } from '../../server/codec/configuration';
import { CONFIG_NAMES } from '../../shared/config';

const ROOT = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** Programs that read the environment themselves, because they share no configuration with the service. */
const OWN_READERS = [
  'cli/session.ts',
  'sandbox/main.ts',
  ...readdirSync(join(ROOT, 'scripts/servers')).map((name) => `scripts/servers/${name}`),
];
const named = OWN_READERS.flatMap((path) =>
  [...read(path).matchAll(/'((?:CARRYOVER|SANDBOX|TEMPORAL|META)_[A-Z_]+|MONGOD)'/g)].map(
    (hit) => hit[1] ?? '',
  ),
);

test('every environment variable is documented, and every documented one exists', () => {
  const documented = [...read('docs/configuration.md').matchAll(/^\| `([A-Z0-9_]+)` +\|/gm)].map(
    (row) => row[1],
  );
  const existing = new Set([...CONFIG_NAMES, ...GATEWAY_CONFIG_NAMES, ...named]);
  expect(documented.sort()).toEqual([...existing].sort());
});
