import { readdir, readFile } from 'node:fs/promises';
import { ENVIRONMENT } from './environment';

/**
 * Ends every process of this run that is still there and answers with their command lines. A process belongs to the run when it
 * inherited the run's id; only Linux tells (`/proc`), elsewhere the answer is empty.
 */
export async function endLeakedProcesses(): Promise<string[]> {
  const run = process.env[ENVIRONMENT.run];
  if (run === undefined || process.platform !== 'linux') return [];
  const marker = `${ENVIRONMENT.run}=${run}`;
  const leaked: string[] = [];
  for (const pid of (await readdir('/proc')).map(Number).filter((id) => id > 0 && id !== process.pid)) {
    const environment = await readFile(`/proc/${String(pid)}/environ`, 'utf8').catch(() => '');
    if (!environment.split('\0').includes(marker)) continue;
    const command = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => '');
    // Jest ends its own workers after the global teardown.
    if (command === '' || command.includes('jest-worker')) continue;
    leaked.push(command.replaceAll('\0', ' ').trim());
    process.kill(pid, 'SIGKILL');
  }
  return leaked;
}
