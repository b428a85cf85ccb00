/** What is not there: an unknown path is 404, a known path with another method is 405 and says which methods it knows. */
import type { App, ServerDeps } from './deps';
import { sendProblem } from './error-handler';
import { pathOf } from './idempotency';
import { HttpProblem } from './problems';

const patternOf = (url: string): RegExp =>
  new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[A-Za-z]+/g, '[^/]+')}$`);

export const answerUnknownRoutes = (app: App, deps: ServerDeps): void => {
  const routes: { pattern: RegExp; method: string }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    routes.push(...[method].flat().map((one) => ({ pattern: patternOf(url), method: one })));
  });
  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request);
    const methods = routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    if (methods.length === 0)
      return sendProblem(reply, request, new HttpProblem('unknown_route'), deps.now());
    const allow = [...new Set(methods)].join(', ');
    reply.header('allow', allow);
    return sendProblem(
      reply,
      request,
      new HttpProblem('method_not_allowed', { detail: `allowed: ${allow}` }),
      deps.now(),
    );
  });
};
