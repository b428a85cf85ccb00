/** Calls to Temporal with a limit, and what their failures mean to a caller. */
import {
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import type { ServerDeps } from './deps';

/** gRPC: CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, INTERNAL, UNAVAILABLE. */
const PASSING_CODES: ReadonlySet<number> = new Set([1, 2, 4, 8, 10, 13, 14]);

/** Temporal cannot be reached, is too slow, or no worker took the message: trying again later can help. */
export const isTemporalAway = (error: unknown): boolean => {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && PASSING_CODES.has(cause.code);
};

/** `limitMs` of wall time; the clock of `deps` may be a test's. */
export const within = <T>(deps: ServerDeps, limitMs: number, call: () => Promise<T>): Promise<T> =>
  deps.temporal.withDeadline(Date.now() + limitMs, call);

/** The latest run, or null when Temporal knows none (never started, or beyond its retention). */
export const describeExecution = async (
  deps: ServerDeps,
  workflowId: string,
): Promise<WorkflowExecutionDescription | null> => {
  try {
    return await within(deps, deps.limits.temporalMs, () =>
      deps.temporal.workflow.getHandle(workflowId).describe(),
    );
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
};
