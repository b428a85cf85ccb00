/** The HTTP API, built without listening. */
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import Fastify, { LogController } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { newRequestId } from '../shared/new-ids';
import { VERSION } from '../shared/version';
import { guardAccess } from './access';
import { callerOf } from './caller';
import { BODY_LIMIT_BYTES, type App, type ServerDeps } from './deps';
import { answerErrors, sendFrameworkProblem } from './error-handler';
import { askForIdempotencyKeys } from './idempotency';
import { measureAnnouncedNumbers } from './announced-numbers';
import { measureLostNumbers } from './lost-numbers';
import { measureRequests } from './metrics';
import { describeApi } from './openapi';
import { refuseOverload } from './overload';
import { HttpProblem } from './problems';
import { speakTheReadersLanguage } from './language';
import { amendRoutes } from './routes/amend';
import { decisionRoutes } from './routes/decisions';
import { healthRoutes } from './routes/health';
import { readRoutes } from './routes/read';
import { leftNumberRoutes } from './routes/left-number';
import { replayRoutes } from './routes/replay';
import { reportRoutes } from './routes/reports';
import { secretRoutes } from './routes/secrets';
import { signupRoutes } from './routes/signup';
import { linkRoutes } from './routes/links';
import { signupPageRoutes } from './pages/routes';
import { startRoutes } from './routes/start';
import { supportBundleRoutes } from './routes/support-bundle';
import { verificationRoutes } from './routes/verification';
import { webhookRoutes } from './routes/webhooks';
import { answerUnknownRoutes } from './unknown-routes';
import { validatorCompiler } from './validation';

const limitRates = async (app: App, deps: ServerDeps): Promise<void> => {
  await app.register(fastifyRateLimit, {
    max: deps.limits.requestsPerMinute,
    timeWindow: 60_000,
    enableDraftSpec: true,
    keyGenerator: (request) => `${callerOf(request).tenant}/${callerOf(request).name}`,
    errorResponseBuilder: (_request, { ttl }) =>
      new HttpProblem('too_many_requests', { retryAfterSeconds: Math.max(1, Math.ceil(ttl / 1000)) }),
  });
};

/** A connection that is kept alive keeps the server from ending; whoever is answered while it ends is asked to hang up. */
const hangUpWhenClosing = (app: App): void => {
  let isClosing = false;
  app.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing) reply.header('connection', 'close');
    done();
  });
};

export const buildServer = async (deps: ServerDeps): Promise<App> => {
  const app: App = Fastify({
    loggerInstance: deps.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: newRequestId,
    requestIdHeader: false,
    frameworkErrors: (error, request, reply) => {
      sendFrameworkProblem(error, request, reply, deps.now());
    },
  });
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('request-id', request.id);
    done();
  });
  measureRequests(app, deps.metrics);
  answerErrors(app, deps);
  await app.register(fastifyHelmet);
  if (deps.overload !== undefined) await refuseOverload(app, deps.overload, deps.metrics);
  await app.register(fastifyCookie);
  hangUpWhenClosing(app);
  measureAnnouncedNumbers(deps.store, deps.now, deps.metrics);
  measureLostNumbers(deps.store, deps.metrics);
  guardAccess(app, deps);
  askForIdempotencyKeys(app, deps);
  speakTheReadersLanguage(app);
  answerUnknownRoutes(app, deps);
  await limitRates(app, deps);
  await describeApi(app, VERSION);
  for (const routes of [
    startRoutes,
    readRoutes,
    reportRoutes,
    supportBundleRoutes,
    verificationRoutes,
    decisionRoutes,
    replayRoutes,
    leftNumberRoutes,
    secretRoutes,
    signupRoutes,
    linkRoutes,
    signupPageRoutes,
    healthRoutes,
  ]) {
    routes(app, deps);
  }
  await app.register((scope, _options, done) => {
    amendRoutes(scope, deps);
    done();
  });
  await app.register((scope, _options, done) => {
    webhookRoutes(scope, deps);
    done();
  });
  await app.ready();
  return app;
};
