/** What parties and deciders tell a running migration: a table; each is one workflow update, answered with the migration. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { FieldError } from '../../shared/answers';
import { migrationIdSchema, taskIdSchema, type MigrationId } from '../../shared/ids';
import type { Message, UpdateArguments } from '../../shared/messages';
import { migrationSchema } from '../../shared/migration';
import {
  approveCutoverSchema,
  completeTaskSchema,
  reasonSchema,
  rescheduleSchema,
  retrySchema,
  skipSchema,
} from '../../shared/requests';
import { callerOf, DECIDERS } from '../caller';
import type { App, ServerDeps } from '../deps';
import { migrationOf } from '../executions';
import { once, sendKept } from '../idempotency';
import { windowErrors } from '../new-migration';
import { expectedRevision } from '../presentation';
import { decide } from '../updates';
import { readBody, unchecked, valueAt } from '../validation';
import { AMEND_PROBLEMS, migrationParams, MUTATION_PROBLEMS } from './paths';

type DecisionName = Exclude<keyof UpdateArguments, 'submitCode' | 'amend'>;

interface Decision<K extends DecisionName, P extends z.ZodType<{ id: MigrationId }>, B extends z.ZodType> {
  /** Below `/v1/migrations/:id/`. */
  path: string;
  /** Of the update, and what the audit trail calls it. */
  name: K;
  operationId: string;
  summary: string;
  params: P;
  body?: B;
  status?: 200 | 202;
  /** What is wrong with what a body says, beside its form. */
  meaning?: (body: unknown, now: Date) => FieldError[];
  /** Whether `If-Match` is honoured: 412 when the migration has changed since it was read. */
  ifMatch?: boolean;
  tell: (
    message: Message,
    body: z.output<B>,
    params: z.output<P>,
    expectedRevision: number | undefined,
  ) => UpdateArguments[K];
}

const ANSWERED = { 200: migrationSchema, ...MUTATION_PROBLEMS };
const GUARDED = { 200: migrationSchema, ...AMEND_PROBLEMS };
const ACCEPTED = { 202: migrationSchema, ...MUTATION_PROBLEMS };

const taskParams = z.object({ id: migrationIdSchema, taskId: taskIdSchema });

/** The body's own reason stands in the message, so that the audit trail has it. */
const reasonOf = (body: unknown): string | undefined => {
  const reason = valueAt(body, ['reason']);
  return typeof reason === 'string' ? reason : undefined;
};

/** Ties the types of a row together. */
const decision = <K extends DecisionName, P extends z.ZodType<{ id: MigrationId }>, B extends z.ZodType>(
  row: Decision<K, P, B>,
) => ({
  row,
  carryOut: async (deps: ServerDeps, request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const params = row.params.parse(request.params);
    const { tenant } = callerOf(request);
    // All that may be otherwise by the time of a repetition is asked of the first try only.
    const answer = await once(deps, request, migrationSchema, async () => {
      const meaning = row.meaning?.(request.body, deps.now()) ?? [];
      const body = readBody<z.ZodType>(row.body ?? z.unknown(), request.body, meaning) as z.output<B>;
      const revision = row.ifMatch
        ? expectedRevision(request, await migrationOf(deps, tenant, params.id))
        : undefined;
      return {
        status: row.status ?? 200,
        body: await decide<DecisionName>(
          deps,
          request,
          params.id,
          row.name,
          (message) => row.tell(message, body, params, revision),
          reasonOf(body),
        ),
      };
    });
    sendKept(reply, answer);
    await reply.send(answer.body);
  },
});

const DECISIONS = [
  decision({
    path: 'tasks/:taskId/complete',
    name: 'completeTask',
    operationId: 'completeTask',
    summary: 'A party has done its task',
    params: taskParams,
    body: completeTaskSchema,
    tell: (message, { statement, evidenceUrl }, { taskId }) => ({
      ...message,
      taskId,
      statement,
      evidenceUrl,
    }),
  }),
  decision({
    path: 'recheck',
    name: 'recheck',
    operationId: 'recheck',
    summary: 'Gather facts and findings again now',
    params: migrationParams,
    status: 202,
    tell: (message) => message,
  }),
  decision({
    path: 'retry',
    name: 'retry',
    operationId: 'retryStep',
    summary: 'Try a parked step again',
    params: migrationParams,
    body: retrySchema,
    tell: (message, { step }) => ({ ...message, step }),
  }),
  decision({
    path: 'skip',
    name: 'skip',
    operationId: 'skipStep',
    summary: 'Leave a step out',
    params: migrationParams,
    body: skipSchema,
    tell: (message, { step }) => ({ ...message, step }),
  }),
  decision({
    path: 'approve-cutover',
    name: 'approveCutover',
    operationId: 'approveCutover',
    summary: 'Let the cut-over begin',
    params: migrationParams,
    body: approveCutoverSchema,
    ifMatch: true,
    tell: (message, { planHash }, _params, expectedRevision) => ({ ...message, planHash, expectedRevision }),
  }),
  decision({
    path: 'reschedule',
    name: 'reschedule',
    operationId: 'reschedule',
    summary: 'Move the cut-over window',
    params: migrationParams,
    body: rescheduleSchema,
    meaning: (body, now) => windowErrors(body, [], now),
    tell: (message, { notBefore, notAfter }) => ({ ...message, notBefore, notAfter }),
  }),
  decision({
    path: 'abort',
    name: 'abort',
    operationId: 'abort',
    summary: 'Stop before the point of no return and free the number',
    params: migrationParams,
    body: reasonSchema,
    tell: (message) => message,
  }),
];

export const decisionRoutes = (app: App, deps: ServerDeps): void => {
  for (const { row, carryOut } of DECISIONS) {
    app.route({
      method: 'POST',
      url: `/v1/migrations/:id/${row.path}`,
      config: { roles: DECIDERS, mutation: row.name, ifMatch: row.ifMatch ?? false },
      schema: {
        operationId: row.operationId,
        summary: row.summary,
        params: row.params,
        ...(row.body === undefined ? {} : { body: row.body }),
        response: row.status === 202 ? ACCEPTED : row.ifMatch ? GUARDED : ANSWERED,
      },
      validatorCompiler: unchecked,
      handler: async (request, reply) => {
        await carryOut(deps, request, reply);
      },
    });
  }
};
