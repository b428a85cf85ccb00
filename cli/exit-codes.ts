/** What a script learns from the exit code; shown by `carryover --help`. */
import { CommanderError } from '@commander-js/extra-typings';
import { CarryoverProblem, CarryoverUnreachable } from '../client';

export const EXIT = {
  done: 0,
  refused: 1,
  usage: 2,
  unreachable: 3,
  notFound: 4,
  conflict: 5,
  noAccess: 6,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_CODES_HELP = `
Exit codes:
  0  done
  1  refused: invalid fields, a spent budget, a code that was not verified, a watched migration that failed
  2  wrong usage of this command
  3  the server does not answer, or a part of it is away
  4  no such migration, task or credential
  5  conflict: the state does not allow it, the migration has changed, the number is taken
  6  the API key is not accepted, or its role does not allow it`;

/** Something the caller of the command line can put right. */
export class UsageError extends Error {
  override name = 'UsageError';
}

const ofStatus = (status: number): ExitCode => {
  if (status === 401 || status === 403) return EXIT.noAccess;
  if (status === 404) return EXIT.notFound;
  if (status === 409 || status === 412) return EXIT.conflict;
  return status === 503 ? EXIT.unreachable : EXIT.refused;
};

export const exitCodeOf = (error: unknown): ExitCode => {
  if (error instanceof CarryoverProblem) return ofStatus(error.status);
  if (error instanceof CarryoverUnreachable) return EXIT.unreachable;
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  return error instanceof UsageError ? EXIT.usage : EXIT.refused;
};
