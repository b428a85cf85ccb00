/** What parties and deciders tell a running migration; each is one workflow update, answered with the migration. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { migrationIdSchema, taskIdSchema, type MigrationId } from '../../shared/ids';
import type { Message, UpdateArguments } from '../../shared/messages';
import { migrationSchema, type Migration } from '../../shared/migration';
import {
  completeTaskSchema,
  reasonSchema,
  rescheduleSchema,
  retrySchema,
  signupResultSchema,
  skipSchema,
} from '../../shared/requests';
import { DECIDERS } from '../caller';
import type { App, ServerDeps } from '../deps';
import { once, sendKept } from '../idempotency';
import { windowErrors } from '../new-migration';
import { decide } from '../updates';
import { invalid } from '../validation';
import { migrationParams, MUTATION_PROBLEMS } from './paths';

type Decision = Exclude<keyof UpdateArguments, 'submitCode' | 'amend'>;

const sessionParams = z.object({ id: migrationIdSchema, sessionId: taskIdSchema });
const taskParams = z.object({ id: migrationIdSchema, taskId: taskIdSchema });

const answers = { 200: migrationSchema, ...MUTATION_PROBLEMS };
const acceptances = { 202: migrationSchema, ...MUTATION_PROBLEMS };

export const decisionRoutes = (app: App, deps: ServerDeps): void => {
  const carryOut = async <K extends Decision>(
    request: FastifyRequest,
    reply: FastifyReply,
    told: {
      id: MigrationId;
      name: K;
      build: (message: Message) => UpdateArguments[K];
      reason?: string;
      status?: 200 | 202;
    },
  ): Promise<Migration> => {
    const answer = await once(deps, request, migrationSchema, async () => ({
      status: told.status ?? 200,
      body: await decide<Decision>(deps, request, told.id, told.name, told.build, told.reason),
    }));
    sendKept(reply, answer);
    return answer.body;
  };

  app.route({
    method: 'POST',
    url: '/v1/migrations/:id/tasks/:taskId/complete',
    config: { roles: DECIDERS, mutation: 'completeTask' },
    schema: {
      operationId: 'completeTask',
      summary: 'A party has done its task',
      params: taskParams,
      body: completeTaskSchema,
      response: answers,
    },
    handler: (request, reply) => {
      const { id, taskId } = request.params;
      const { statement, evidenceUrl } = request.body;
      return carryOut(request, reply, {
        id,
        name: 'completeTask',
        build: (message) => ({ ...message, taskId, statement, evidenceUrl }),
      });
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/migrations/:id/recheck',
    config: { roles: DECIDERS, mutation: 'recheck' },
    schema: {
      operationId: 'recheck',
      summary: 'Gather facts and findings again now',
      params: migrationParams,
      response: acceptances,
    },
    handler: (request, reply) =>
      carryOut(request, reply, {
        id: request.params.id,
        name: 'recheck',
        build: (message) => message,
        status: 202,
      }),
  });

  app.route({
    method: 'POST',
    url: '/v1/migrations/:id/retry',
    config: { roles: DECIDERS, mutation: 'retry' },
    schema: {
      operationId: 'retryStep',
      summary: 'Try a parked step again',
      params: migrationParams,
      body: retrySchema,
      response: answers,
    },
    handler: (request, reply) => {
      const { step, reason } = request.body;
      return carryOut(request, reply, {
        id: request.params.id,
        name: 'retry',
        build: (message) => ({ ...message, step }),
        reason,
      });
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/migrations/:id/skip',
    config: { roles: DECIDERS, mutation: 'skip' },
    schema: {
      operationId: 'skipStep',
      summary: 'Leave a step out',
      params: migrationParams,
      body: skipSchema,
      response: answers,
    },
    handler: (request, reply) => {
      const { step, reason } = request.body;
      return carryOut(request, reply, {
        id: request.params.id,
        name: 'skip',
        build: (message) => ({ ...message, step }),
        reason,
      });
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/migrations/:id/approve-cutover',
    config: { roles: DECIDERS, mutation: 'approveCutover' },
    schema: {
      operationId: 'approveCutover',
      summary: 'Let the cut-over begin',
      params: migrationParams,
      body: reasonSchema,
      response: answers,
    },
    handler: (request, reply) =>
      carryOut(request, reply, {
        id: request.params.id,
        name: 'approveCutover',
        build: (message) => message,
        reason: request.body.reason,
      }),
  });

  app.route({
    method: 'POST',
    url: '/v1/migrations/:id/reschedule',
    config: { roles: DECIDERS, mutation: 'reschedule' },
    schema: {
      operationId: 'reschedule',
      summary: 'Move the cut-over window',
      params: migrationParams,
      body: rescheduleSchema,
      response: answers,
    },
    handler: (request, reply) => {
      const { notBefore, notAfter, reason } = request.body;
      const errors = windowErrors(request.body, [], deps.now());
      if (errors.length > 0) throw invalid('invalid_request', errors);
      return carryOut(request, reply, {
        id: request.params.id,
        name: 'reschedule',
        build: (message) => ({ ...message, notBefore, notAfter }),
        reason,
      });
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/migrations/:id/abort',
    config: { roles: DECIDERS, mutation: 'abort' },
    schema: {
      operationId: 'abort',
      summary: 'Stop before the point of no return and free the number',
      params: migrationParams,
      body: reasonSchema,
      response: answers,
    },
    handler: (request, reply) =>
      carryOut(request, reply, {
        id: request.params.id,
        name: 'abort',
        build: (message) => message,
        reason: request.body.reason,
      }),
  });

  app.route({
    method: 'POST',
    url: '/v1/migrations/:id/embedded-signup/sessions/:sessionId/result',
    config: { roles: ['backend'], mutation: 'signupResult' },
    schema: {
      operationId: 'submitSignupResult',
      summary: "Hand in what Meta's popup returned; the session is the open task that asks for the account",
      params: sessionParams,
      body: signupResultSchema,
      response: answers,
    },
    handler: (request, reply) => {
      const { sessionId } = request.params;
      const { event, wabaId, businessId } = request.body;
      if (event !== 'CANCEL' && wabaId === undefined) {
        const expected = 'the id of the WABA the client made (an event other than CANCEL has one)';
        throw invalid('invalid_request', [{ pointer: '/wabaId', expected, received: 'nothing' }]);
      }
      return carryOut(request, reply, {
        id: request.params.id,
        name: 'signupResult',
        build: (message) => ({ ...message, sessionId, event, wabaId, businessId }),
      });
    },
  });
};
