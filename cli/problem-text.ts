/** What went wrong, in the words of the server, for a person. */
import { CommanderError } from '@commander-js/extra-typings';
import { CarryoverProblem, CarryoverUnreachable } from '../client';

const lines = (problem: CarryoverProblem): string[] => {
  const { requestId, retryAt, migrationId, plan } = problem.problem;
  return [
    `${problem.message} (${problem.code})`,
    ...problem.errors.map(
      ({ pointer, expected, received }) => `  ${pointer}: expected ${expected}; got ${received}`,
    ),
    ...(migrationId === undefined ? [] : [`  migration: ${migrationId}`]),
    ...(plan === undefined
      ? []
      : [
          `  looked at: ${plan.given}; the plan is now: ${plan.present}`,
          `  look at it again (carryover plan <id>), then: carryover approve <id> --reason <text> --plan ${plan.present}`,
        ]),
    ...(retryAt === undefined ? [] : [`  again at: ${retryAt}`]),
    ...(problem.allowedActions.length === 0 ? [] : [`  possible now: ${problem.allowedActions.join(', ')}`]),
    `  request: ${requestId}`,
  ];
};

/** Undefined when it has been said already: Commander writes its own complaints. */
export const problemText = (error: unknown): string | undefined => {
  if (error instanceof CommanderError) return undefined;
  if (error instanceof CarryoverProblem) return lines(error).join('\n');
  if (error instanceof CarryoverUnreachable && error.idempotencyKey !== undefined) {
    return `${error.message}\n  to be sure that nothing happens twice, repeat with --idempotency-key ${error.idempotencyKey}`;
  }
  return error instanceof Error ? error.message : String(error);
};
