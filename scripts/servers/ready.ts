import type { GuardedProcess } from './guarded-process';
import { SetUpError } from './set-up-error';

/**
 * Waits until `probe` answers with a value. A probe that throws or answers undefined means "not yet".
 * @throws SetUpError with the last log lines when the process dies first or `timeoutMs` pass; then it has been ended.
 */
export async function untilReady<T>(
  child: GuardedProcess,
  probe: () => Promise<T | undefined>,
  timeoutMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let refusal = '';
  for (;;) {
    const answer = await probe().catch((error: unknown) => {
      refusal = error instanceof Error ? ` (${error.message})` : '';
      return undefined;
    });
    if (answer !== undefined) return answer;
    const how = child.endedWith();
    if (how !== undefined) throw troubleOf(child, `ended with ${how} before it was ready`);
    if (Date.now() > deadline) {
      await child.stop(1_000);
      throw troubleOf(child, `was not ready after ${Math.round(timeoutMs / 1000)} s${refusal}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** What happened to a process, with the last lines of its log. */
export function troubleOf(child: GuardedProcess, what: string): SetUpError {
  const lines = child.lastLogLines().filter((line) => line !== '');
  const words = lines.length === 0 ? 'it had written nothing.' : `its last lines:\n  ${lines.join('\n  ')}`;
  return new SetUpError(`The process ${child.name} ${what}; ${words}`);
}
