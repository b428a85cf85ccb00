/** Authentication and roles. Every route says who may call it; one that does not cannot be built. */
import { recordRefusal } from './audit';
import { callerOf } from './caller';
import { callerByLink } from './link-session';
import type { App, ServerDeps } from './deps';
import { HttpProblem } from './problems';

const presentedKey = (header: string | undefined): string | undefined =>
  /^Bearer +(\S{1,512}) *$/i.exec(header ?? '')?.[1];

export const guardAccess = (app: App, deps: ServerDeps): void => {
  app.decorateRequest('caller', null);

  app.addHook('onRoute', (route) => {
    if (route.config?.roles === undefined)
      throw new Error(`${String(route.method)} ${route.url} does not say who may call it`);
  });

  app.addHook('onRequest', async (request) => {
    const { roles, mutation } = request.routeOptions.config;
    if (roles === undefined || roles === 'public') return;
    const presented = presentedKey(request.headers.authorization);
    request.caller =
      presented === undefined
        ? await callerByLink(deps, request)
        : ((await deps.apiKeys.find(presented, deps.now())) ?? null);
    const caller = callerOf(request);
    request.log = request.log.child({ tenant: caller.tenant, key: caller.name });
    if (roles.includes(caller.role)) return;
    await recordRefusal(deps, request, { action: mutation ?? 'read', code: 'forbidden' });
    throw new HttpProblem('forbidden', { detail: `this needs the role ${roles.join(' or ')}` });
  });
};
