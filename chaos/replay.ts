/** The process that `replayedApart` starts: replays the histories of a site, says which do not, and ends. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { z } from 'zod';
import { runProgram } from '../scripts/launch/main-program';
import { KeyRing } from '../shared/encryption/key-ring';
import { historiesFile, replayFailures } from './replaying';

const argumentsSchema = z.tuple([z.string(), z.string()]);
const runsSchema = z.array(z.object({ workflowId: z.string(), history: z.unknown() }));

runProgram(async () => {
  const [folder, bundle] = argumentsSchema.parse(process.argv.slice(2));
  const keys = KeyRing.parse(await readFile(join(folder, 'keys', 'encryption-keys'), 'utf8'));
  const runs = runsSchema.parse(JSON.parse(await readFile(historiesFile(folder), 'utf8')));
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const failures = await replayFailures(runs, keys, bundle);
  // It ends only when this is on its way.
  await new Promise((resolve) => process.send?.(failures, resolve));
});
