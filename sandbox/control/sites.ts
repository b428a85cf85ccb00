import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { SandboxParts } from '../sandbox';
import { siteSchema, type SiteState } from '../world/belongings-schema';
import { businessOf } from '../world/lookups';
import type { Business } from '../world/schema';
import { act, type Act } from './act';
import { escaped } from './page';
import { ControlProblem } from './problem';

type Answer = (reply: FastifyReply, business: Business, path: string) => void;

const page = (reply: FastifyReply, status: number, title: string, body: string): void => {
  void reply
    .status(status)
    .type('text/html; charset=utf-8')
    .send(`<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`);
};

const answers: Readonly<Record<SiteState, Answer>> = {
  live: (reply, { name }) => {
    page(reply, 200, escaped(name), `<h1>${escaped(name)}</h1><p>Welcome. Opening hours: 7 to 19.</p>`);
  },
  down: (reply) => {
    page(reply, 500, 'Error', '<p>Internal error</p>');
  },
  parked: (reply) => {
    page(reply, 200, 'sol.example', '<p>This domain is for sale. Make an offer on this domain.</p>');
  },
  stranger: (reply) => {
    page(reply, 200, 'Ferragens Lua', '<h1>Ferragens Lua</h1><p>Everything of iron since 1950.</p>');
  },
  no_programs: (reply) => {
    page(reply, 403, 'Just a moment...', '<p>Checking your browser</p>');
  },
  leads_inside: (reply) => {
    void reply.redirect('http://169.254.169.254/latest/meta-data/', 302);
  },
  loops: (reply, _business, path) => {
    void reply.redirect(path, 302);
  },
  silent: (reply) => {
    reply.hijack();
  },
};

/** The web sites of the world's businesses: not Meta's, but what Meta looks at (R28). */
export function siteRoutes(app: FastifyInstance, { platform }: SandboxParts): void {
  app.get<{ Params: { business: string } }>('/sandbox/sites/:business', async (request, reply) => {
    const business = businessOf(platform.world, request.params.business);
    if (!business) throw new ControlProblem(404, 'there is no such business');
    answers[business.site ?? 'live'](reply, business, request.url);
    return reply;
  });
}

export const siteActs: Readonly<Record<string, Act>> = {
  site: act(
    'the web site of a business changes',
    z.strictObject({ businessId: z.string(), state: siteSchema }),
    (platform, input) => {
      const business = businessOf(platform.world, input.businessId);
      if (!business) throw new ControlProblem(404, `there is no business ${input.businessId}`);
      business.site = input.state;
      platform.effect('act', { business: business.id }, { act: 'site', state: input.state });
      return { businessId: business.id };
    },
  ),
};
