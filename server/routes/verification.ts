/** The verification code: handing it in, and asking for one. */
import { z } from 'zod';
import { codePendingSchema, codeVerdictSchema } from '../../shared/answers';
import { migrationSchema } from '../../shared/migration';
import { requestCodeSchema, verificationCodeSchema } from '../../shared/requests';
import { DECIDERS } from '../caller';
import type { App, ServerDeps } from '../deps';
import { once, sendKept } from '../idempotency';
import { decide, say } from '../updates';
import { migrationParams, MUTATION_PROBLEMS } from './paths';

const codeAnswer = z.union([codeVerdictSchema, codePendingSchema]);

export const verificationRoutes = (app: App, deps: ServerDeps): void => {
  app.route({
    method: 'POST',
    url: '/v1/migrations/:id/verification-code',
    config: { roles: DECIDERS, mutation: 'submitCode' },
    schema: {
      operationId: 'submitVerificationCode',
      summary: 'Hand in the 6 digits; a pending verdict is collected by the same Idempotency-Key',
      params: migrationParams,
      body: verificationCodeSchema,
      response: { 200: codeVerdictSchema, 202: codePendingSchema, ...MUTATION_PROBLEMS },
    },
    handler: async (request, reply) => {
      const { code } = request.body;
      const answer = await once(deps, request, codeAnswer, async () => {
        const told = await say(deps, request, request.params.id, 'submitCode', (message) => ({
          ...message,
          code,
        }));
        return told.kind === 'pending'
          ? { status: 202, body: { outcome: 'pending' as const }, store: false }
          : { status: 200, body: told.answer };
      });
      sendKept(reply, answer);
      return reply.send(answer.body);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/migrations/:id/verification-code/request',
    config: { roles: DECIDERS, mutation: 'requestCode' },
    schema: {
      operationId: 'requestVerificationCode',
      summary: 'Have a (new) code sent',
      params: migrationParams,
      body: requestCodeSchema,
      response: { 202: migrationSchema, ...MUTATION_PROBLEMS },
    },
    handler: async (request, reply) => {
      const { method, language } = request.body;
      const answer = await once(deps, request, migrationSchema, async () => ({
        status: 202,
        body: await decide(deps, request, request.params.id, 'requestCode', (message) => ({
          ...message,
          method,
          language,
        })),
      }));
      sendKept(reply, answer);
      return reply.send(answer.body);
    },
  });
};
