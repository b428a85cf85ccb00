import { endLeakedProcesses } from './leaked-processes';
import { stopSharedServers } from './shared-servers';

/** A process that outlives the run is a failure of the run, not something to clean up in silence. */
export default async function tearDown(): Promise<void> {
  await stopSharedServers();
  const leaked = await endLeakedProcesses();
  if (leaked.length > 0)
    throw new Error(`The tests left processes behind (now ended):\n  ${leaked.join('\n  ')}`);
}
