/** CPU time of processes, user and system, as the kernel counts it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { GuardedProcess } from '../scripts/servers/guarded-process';

/** Places after the command's closing bracket: utime is the 14th field of `/proc/PID/stat`, stime the 15th (proc(5)). */
const UTIME = 11;
const STIME = 12;

let ticksPerSecond: number | undefined;

const secondsOf = ({ pid, name }: GuardedProcess): number => {
  ticksPerSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[UTIME]) + Number(fields[STIME]);
  if (!Number.isFinite(ticks)) throw new Error(`the CPU time of ${name} cannot be read`);
  return ticks / ticksPerSecond;
};

export interface CpuMeter {
  /** Seconds since the meter was started, by process name; null where `/proc` does not tell. */
  read(): Record<string, number> | null;
}

export const startMeter = (processes: readonly GuardedProcess[], names: readonly string[]): CpuMeter => {
  const metered = processes.filter(({ name }) => names.includes(name));
  const now = (): number[] | null => (process.platform === 'linux' ? metered.map(secondsOf) : null);
  const before = now();
  return {
    read: () => {
      const after = now();
      if (before === null || after === null) return null;
      return Object.fromEntries(
        metered.map(({ name }, index) => [name, (after[index] ?? 0) - (before[index] ?? 0)]),
      );
    },
  };
};
