import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_NAMES } from '../../shared/config';

test('every environment variable is documented, and every documented one exists', () => {
  const page = readFileSync(join(__dirname, '../../docs/configuration.md'), 'utf8');
  const documented = [...page.matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map((row) => row[1]);
  expect(documented.sort()).toEqual([...CONFIG_NAMES].sort());
});
