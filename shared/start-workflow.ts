/**
 * How a migration's workflow is started, by the server and by `reconcile` alike. Repeating it is harmless: the id is
 * the migration's, a running execution is returned as it is, and a closed one is not run again (the default reuse
 * policy re-ran a completed migration; measured).
 */
import type { Client } from '@temporalio/client';
import type { SearchAttributePair, WorkflowIdReusePolicy } from '@temporalio/common';
import { workflowIdOf } from './ids';
import { TASK_QUEUE, WORKFLOW_TYPE, type MigrationInput } from './messages';
import { NOBODY, SEARCH_ATTRIBUTES } from './search-attributes';

export interface StartOptions {
  /** Where the workers of this installation listen; another one only where several share a server. */
  taskQueue?: string;
  /** A replay starts over a closed run: `ALLOW_DUPLICATE_FAILED_ONLY`, or `ALLOW_DUPLICATE` for an aborted one. */
  reusePolicy?: WorkflowIdReusePolicy;
}

/** What is known at the start; the workflow sets state and party anew whenever they change. No number, no name. */
const searchAttributesOf = (input: MigrationInput): SearchAttributePair[] => [
  { key: SEARCH_ATTRIBUTES.Tenant, value: input.tenant },
  { key: SEARCH_ATTRIBUTES.SourceProvider, value: input.request.source.provider },
  { key: SEARCH_ATTRIBUTES.CountryCode, value: input.callingCode },
  { key: SEARCH_ATTRIBUTES.MigrationState, value: 'running' },
  { key: SEARCH_ATTRIBUTES.WaitingFor, value: NOBODY },
];

/**
 * Starts the execution, or finds it running. Throws `WorkflowExecutionAlreadyStartedError` when it ran and closed
 * and the reuse policy forbids another run.
 */
export const startMigrationWorkflow = async (
  client: Client,
  input: MigrationInput,
  options: StartOptions = {},
): Promise<void> => {
  const { provider } = input.request.source;
  await client.workflow.start(WORKFLOW_TYPE, {
    workflowId: workflowIdOf(input.migrationId),
    taskQueue: options.taskQueue ?? TASK_QUEUE,
    args: [input],
    workflowIdReusePolicy: options.reusePolicy ?? 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    typedSearchAttributes: searchAttributesOf(input),
    // Summaries go through the codec, yet they are shown in lists and copied by people: no number in them either.
    staticSummary: `${input.request.route} migration from ${provider} to ${input.request.destination.provider}, attempt ${input.attempt}`,
  });
};
