import type { Problem } from '../../shared/problems';

/**
 * Every answer of a platform that is not a success, and every broken transport. The problem is all that leaves the
 * adapter; the cause is for a debugger and is never copied into a failure, because it may hold a host or an address.
 */
export class PlatformError extends Error {
  override name = 'PlatformError';

  constructor(
    readonly problem: Problem,
    options?: { cause?: unknown },
  ) {
    super(`${problem.code}: ${problem.title}`, options);
  }
}
