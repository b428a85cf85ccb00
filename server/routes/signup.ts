/**
 * Embedded Signup in our page (meta §2.1): a link for the client, what its page shows, and what Meta's popup returned.
 * The popup's code is sealed in the store before the migration hears of it, and never stands in a message.
 */
import { z } from 'zod';
import { signupSessionSchema, signupViewSchema, type SignupView } from '../../shared/answers';
import { linkIdSchema, migrationIdSchema, taskIdSchema, type MigrationId } from '../../shared/ids';
import { CLOSED_STATES, migrationSchema, type Migration } from '../../shared/migration';
import {
  obstacleIn,
  POPUP_CODE_KEPT_MS,
  signupResultSchema,
  idOrWords,
  withoutNumbers,
  type SignupResult,
} from '../../shared/signup';
import { callerOf } from '../caller';
import type { App, ServerDeps } from '../deps';
import { migrationOf } from '../executions';
import { messageIdOf, once, sendKept } from '../idempotency';
import { inLanguage, languageAsked } from '../language';
import { HttpProblem } from '../problems';
import { makeSignupLink, signupTaskOf } from '../signup-link';
import { decide } from '../updates';
import { invalid } from '../validation';
import { migrationParams, MUTATION_PROBLEMS, READ_PROBLEMS } from './paths';

const sessionParams = z.object({ id: migrationIdSchema, sessionId: linkIdSchema });
const resultParams = z.object({
  id: migrationIdSchema,
  sessionId: z.union([linkIdSchema, taskIdSchema]),
});

/** What a browser with a link may see of the answer; a key sees the whole migration. */
const resultAnswer = z.union([migrationSchema, signupViewSchema]);

const stageOf = (migration: Migration): SignupView['stage'] => {
  // A number that moved while the client's page waited is what the client wanted.
  if (migration.state === 'completed') return 'done';
  if (CLOSED_STATES.includes(migration.state)) return 'closed';
  if (migration.steps.some(({ name, status }) => name === 'destination' && status === 'done')) return 'done';
  return signupTaskOf(migration) === undefined ? 'checking' : 'open';
};

export const signupRoutes = (app: App, deps: ServerDeps): void => {
  app.route({
    method: 'POST',
    url: '/v1/migrations/:id/embedded-signup/sessions',
    config: { roles: ['backend', 'link'], linkPurpose: 'signup', mutation: 'openSignup' },
    schema: {
      operationId: 'openSignupSession',
      summary: "A link for the client to Meta's popup; open while the migration asks for the signup",
      params: migrationParams,
      response: { 201: signupSessionSchema, ...MUTATION_PROBLEMS },
    },
    handler: async (request, reply) => {
      const { tenant } = callerOf(request);
      const answer = await once(deps, request, signupSessionSchema, async () => {
        const migration = await migrationOf(deps, tenant, request.params.id);
        const { link, url } = await makeSignupLink(app, deps, request, { tenant, migration });
        return { status: 201, body: { sessionId: link.id, url, expiresAt: link.expiresAt } };
      });
      sendKept(reply, answer);
      return reply.header('cache-control', 'no-store').send(answer.body);
    },
  });

  /** Of another migration, or of another link than the browser's own: there is no such thing. */
  const viewOf = async (
    request: Parameters<typeof callerOf>[0],
    id: MigrationId,
    sessionId: string,
  ): Promise<SignupView> => {
    const { tenant, link: own } = callerOf(request);
    const link = own ?? (await deps.store.links.get(tenant, id, sessionId));
    if (link?.id !== sessionId) throw new HttpProblem('not_found');
    const language = languageAsked(request);
    const migration = inLanguage(await migrationOf(deps, tenant, id), language);
    const task = signupTaskOf(migration);
    return {
      migrationId: migration.id,
      sessionId: link.id,
      expiresAt: link.expiresAt,
      stage: stageOf(migration),
      language: language ?? migration.locale ?? 'en',
      title: task?.title ?? null,
      howTo: task?.howTo ?? null,
      popup: deps.signup ?? null,
    };
  };

  app.route({
    method: 'GET',
    url: '/v1/migrations/:id/embedded-signup/sessions/:sessionId',
    config: { roles: ['backend', 'link'], linkPurpose: 'signup' },
    schema: {
      operationId: 'getSignupSession',
      summary: "What the signup's page shows",
      params: sessionParams,
      response: { 200: signupViewSchema, ...READ_PROBLEMS },
    },
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return viewOf(request, request.params.id, request.params.sessionId);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/migrations/:id/embedded-signup/sessions/:sessionId/result',
    config: { roles: ['backend', 'link'], linkPurpose: 'signup', mutation: 'signupResult' },
    schema: {
      operationId: 'submitSignupResult',
      summary:
        "Hand in what Meta's popup returned, within the 30 seconds its code lives; the session is the link, or the open task that asks for the account",
      params: resultParams,
      body: signupResultSchema,
      response: { 200: resultAnswer, ...MUTATION_PROBLEMS },
    },
    handler: async (request, reply) => {
      const { id, sessionId } = request.params;
      const result = request.body;
      refuseIncomplete(result);
      const { tenant, role, link } = callerOf(request);
      if (link !== undefined && link.id !== sessionId) throw new HttpProblem('not_found');
      if (sessionId.startsWith('lnk_') && (await deps.store.links.get(tenant, id, sessionId)) === null) {
        throw new HttpProblem('not_found');
      }
      const answer = await once(deps, request, migrationSchema, async () => {
        const codeRef = await sealedCode(result);
        try {
          const body = await decide(deps, request, id, 'signupResult', (message) => ({
            ...message,
            sessionId,
            codeRef,
            event: result.event,
            wabaId: result.wabaId,
            phoneNumberId: result.phoneNumberId,
            businessId: result.businessId,
            currentStep: result.currentStep,
            obstacle: obstacleIn(result.errorMessage) ?? undefined,
            words: result.errorMessage === undefined ? undefined : withoutNumbers(result.errorMessage),
            errorId: idOrWords(result.errorId),
            metaSessionId: idOrWords(result.metaSessionId),
          }));
          // The route has changed meanwhile: nobody exchanges it.
          if (codeRef !== undefined && body.route !== 'embedded_signup') {
            await deps.store.popupCodes.take(tenant, id, codeRef);
          }
          return { status: 200, body };
        } catch (error) {
          const isRefused = error instanceof HttpProblem && error.status < 500;
          if (codeRef !== undefined && isRefused) await deps.store.popupCodes.take(tenant, id, codeRef);
          throw error;
        }
      });
      sendKept(reply, answer);
      return reply.send(role === 'link' ? await viewOf(request, id, sessionId) : answer.body);

      /** Only where a token of the client's takes the place of ours; elsewhere nobody needs the code (P-3, P-17). */
      async function sealedCode({ code, event, businessId }: SignupResult): Promise<string | undefined> {
        const { route, source } = await migrationOf(deps, tenant, id);
        const isOfUse =
          route === 'embedded_signup' &&
          event !== 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING' &&
          (businessId === undefined || businessId === source.businessId);
        if (code === undefined || !isOfUse) return undefined;
        const ref = messageIdOf(request);
        const until = new Date(deps.now().getTime() + POPUP_CODE_KEPT_MS);
        await deps.store.popupCodes.keep({ tenant, migrationId: id, ref, code, until });
        return ref;
      }
    },
  });
};

const refuseIncomplete = ({ event, wabaId, code }: SignupResult): void => {
  if (event === 'CANCEL' || wabaId !== undefined || code !== undefined) return;
  const expected =
    event === undefined
      ? 'what the window said, or at least the code of the login callback'
      : 'the id of the WABA the client made, or the code by which it is found (an event other than CANCEL has one)';
  throw invalid('invalid_request', [
    { pointer: event === undefined ? '/event' : '/wabaId', expected, received: 'nothing' },
  ]);
};
