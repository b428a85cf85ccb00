import { SetUpError } from '../servers/set-up-error';

/**
 * Runs a launcher: the first SIGINT or SIGTERM aborts `signal`. The exit code is 0 when `body` resolves; when it rejects, 130 or
 * 143 after a signal and 1 otherwise. Expected failures are shown as their sentence, defects with their stack.
 */
export function runProgram(body: (signal: AbortSignal) => Promise<void>): void {
  const interruption = new AbortController();
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  let code = 0;
  for (const [name, value] of Object.entries(codes)) {
    process.once(name, () => {
      code = value;
      interruption.abort(new SetUpError(`Interrupted (${name}).`));
    });
  }
  body(interruption.signal).then(
    () => process.exit(0),
    (error: unknown) => {
      if (!interruption.signal.aborted) process.stderr.write(`\n${reasonOf(error)}\n`);
      process.exit(code === 0 ? 1 : code);
    },
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof SetUpError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Rejects when the signal is aborted; for racing with work. */
export function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = () => {
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    if (signal.aborted) fail();
    signal.addEventListener('abort', fail, { once: true });
  });
}
