import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * A child that cannot outlive this process, not even after `kill -9`: it leads its own process group, and a watcher in that
 * group reads a pipe only this process holds. When the pipe closes, the watcher ends the group.
 */
export interface GuardedProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Resolves when the process has ended, with how ("exit code 1", "signal SIGKILL"). Never rejects. */
  readonly ended: Promise<string>;
  /** How it ended; undefined while it runs. */
  endedWith(): string | undefined;
  lastLogLines(count?: number): string[];
  /** SIGTERM, after `graceMs` SIGKILL; resolves when the whole group is gone. */
  stop(graceMs?: number): Promise<void>;
}

export interface GuardedProcessOptions {
  readonly name?: string;
  readonly logFile: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

const GUARD = `
exec 3<&0 </dev/null
(
  while read -r _ <&3; do :; done
  trap '' TERM
  kill -s TERM -- "-$$"
  rounds=0
  while [ "$rounds" -lt 50 ] && kill -0 "$$"; do sleep 0.1; rounds=$((rounds + 1)); done
  kill -s KILL -- "-$$"
) >/dev/null 2>&1 &
exec 3<&-
exec "$@"`;
const DEFAULT_GRACE_MS = 10_000;

export function startGuarded(
  command: string,
  args: readonly string[],
  options: GuardedProcessOptions,
): GuardedProcess {
  const log = openSync(options.logFile, 'a', 0o600);
  const child = spawn('/bin/sh', ['-c', GUARD, 'guard', command, ...args], {
    detached: true,
    stdio: ['pipe', log, log],
    env: options.env ?? process.env,
    cwd: options.cwd ?? process.cwd(),
  });
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} could not be started: /bin/sh is missing`);
  let outcome: string | undefined;
  const ended = endOf(child).then((how) => {
    outcome = how;
    sweepGroup(pid);
    return how;
  });
  return {
    name: options.name ?? basename(command),
    pid,
    logFile: options.logFile,
    ended,
    endedWith: () => outcome,
    lastLogLines: (count = 20) => readFileSync(options.logFile, 'utf8').trimEnd().split('\n').slice(-count),
    stop: async (graceMs = DEFAULT_GRACE_MS) => {
      if (outcome !== undefined) return;
      child.kill('SIGTERM');
      const impatience = setTimeout(() => {
        sweepGroup(pid);
      }, graceMs);
      await ended;
      clearTimeout(impatience);
    },
  };
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
    child.once('exit', (code, signal) => {
      resolve(signal === null ? `exit code ${String(code)}` : `signal ${signal}`);
    });
    // The pipe breaks when the group ends first; that is the expected order, not an error.
    child.stdin?.on('error', () => undefined);
  });
}

/** Ends what is left of a group: the watcher, and children the process forgot. */
function sweepGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
