import type { FastifyInstance } from 'fastify';
import type { SandboxParts } from '../sandbox';
import { accountActs } from './account-acts';
import type { Act } from './act';
import { numberActs } from './number-acts';
import { ControlProblem } from './problem';
import { signupActs } from './signup-act';
import { solutionActs } from './solution-acts';
import { siteActs } from './sites';
import { standingActs } from './standing-acts';
import { trafficActs } from './traffic-acts';

const acts: ReadonlyMap<string, Act> = new Map(
  Object.entries({
    ...numberActs,
    ...accountActs,
    ...trafficActs,
    ...signupActs,
    ...solutionActs,
    ...standingActs,
    ...siteActs,
  }),
);

/** `POST /sandbox/acts/<act>`: what people do outside the API; `GET /sandbox/acts` lists them. */
export function actRoutes(app: FastifyInstance, { platform, stateFile }: SandboxParts): void {
  app.get('/sandbox/acts', () => ({
    items: [...acts].map(([name, { title, input }]) => ({ name, title, input })),
  }));
  app.post<{ Params: { act: string } }>('/sandbox/acts/:act', (request) => {
    const name = request.params.act;
    const chosen = acts.get(name);
    if (!chosen) throw new ControlProblem(404, 'there is no such act; GET /sandbox/acts lists them');
    platform.settle();
    const { result } = platform.under({ requestSeq: null, by: `act ${name}` }, () =>
      chosen.run(platform, request.body),
    );
    platform.settle();
    stateFile.flush();
    return { act: name, ...result };
  });
}
