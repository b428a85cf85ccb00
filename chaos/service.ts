/** One process of a site: started, killed, started again on the same port and data. */
import { appendFile, readFile } from 'node:fs/promises';
import type { GuardedProcess } from '../scripts/servers/guarded-process';

export interface Service {
  readonly name: string;
  readonly logFile: string;
  /** Of the process that runs now. @throws Error when it is not up. */
  pid(): number;
  isUp(): boolean;
  /** Resolves when it is ready. Nothing happens when it is up. */
  start(): Promise<void>;
  /** SIGTERM, and SIGKILL after the grace. Resolves when it is gone. */
  stop(graceMs?: number): Promise<void>;
  /** SIGKILL: it says nothing any more. Resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGSTOP: it is there and does nothing. */
  pause(): void;
  resume(): void;
  /** Everything that its processes have written. */
  logs(): Promise<string>;
}

export const service = (
  { name, logFile }: { name: string; logFile: string },
  launch: () => Promise<GuardedProcess>,
): Service => {
  let child: GuardedProcess | undefined;
  const running = (): GuardedProcess | undefined =>
    child !== undefined && child.endedWith() === undefined ? child : undefined;
  const pid = (): number => {
    const now = running();
    if (now === undefined) throw new Error(`${name} is not up`);
    return now.pid;
  };
  return {
    name,
    logFile,
    pid,
    isUp: () => running() !== undefined,
    start: async () => {
      if (running() !== undefined) return;
      await appendFile(logFile, '', { mode: 0o600 });
      child = await launch();
    },
    stop: async (graceMs) => {
      const now = running();
      if (now === undefined) return;
      process.kill(now.pid, 'SIGCONT');
      await now.stop(graceMs);
    },
    kill: async () => {
      const now = running();
      if (now === undefined) return;
      process.kill(now.pid, 'SIGKILL');
      await now.ended;
    },
    pause: () => {
      process.kill(pid(), 'SIGSTOP');
    },
    resume: () => {
      process.kill(pid(), 'SIGCONT');
    },
    logs: () => readFile(logFile, 'utf8').catch(() => ''),
  };
};
