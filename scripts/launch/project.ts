import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Root of the checkout, from the compiled file as well as from the source. */
export const PROJECT_ROOT = ascend(__dirname);

/** The practice world a launched Carryover works with. */
export const CLASSIC_WORLD = join(PROJECT_ROOT, 'sandbox', 'worlds', 'classic.json');

function ascend(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('package.json was not found above the scripts');
  return ascend(parent);
}
