/**
 * Temporal's UI with readable payloads for those who may read them: the UI and the codec stand behind one origin and one
 * login, so that the browser sends the login to the codec by itself and no other site can use it.
 */
import basicAuth from '@fastify/basic-auth';
import httpProxy from '@fastify/http-proxy';
import type { PayloadCodec } from '@temporalio/common';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { isSameText } from '../same-text';
import { codecRoutes } from './codec-routes';

export interface GatewayDependencies {
  readonly codec: PayloadCodec;
  /** Where the Temporal UI listens; reachable only by the gateway. */
  readonly uiUrl: string;
  readonly user: string;
  readonly password: string;
  readonly logger: FastifyBaseLogger;
}

/** Path of the codec below the gateway's origin; the UI is started with it as `--ui-codec-endpoint`. */
export const CODEC_PATH = '/codec';

/** Built without listening; `GET /healthz` is the only path without a login. */
export async function buildGateway(dependencies: GatewayDependencies): Promise<FastifyInstance> {
  const { codec, uiUrl, user, password, logger } = dependencies;
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
  });
  await app.register(basicAuth, {
    authenticate: { realm: 'Carryover' },
    validate: async (givenUser, givenPassword) => {
      const matches = [isSameText(givenUser, user), isSameText(givenPassword, password)];
      if (matches.includes(false)) throw new Error('unknown user or wrong password');
    },
  });
  app.get('/healthz', () => ({ status: 'ok' }));
  await app.register(async (guarded) => {
    guarded.addHook('onRequest', app.basicAuth);
    await guarded.register(codecRoutes(codec), { prefix: CODEC_PATH });
    await guarded.register(httpProxy, {
      upstream: uiUrl,
      replyOptions: {
        // The login is the gateway's; the UI would hand an Authorization header on to Temporal.
        rewriteRequestHeaders: (_request, headers) => {
          const { authorization: _login, ...others } = headers;
          return others;
        },
      },
    });
  });
  return app;
}
