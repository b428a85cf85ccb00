/**
 * Told only when histories are recorded (`npm run histories:record`): an abort in every step of the routes that begin at
 * the client's, and templates on them. Each on a world of its own.
 */
import type { StartRequestBody } from '../../client';
import { isClosed, openJourney, type Journey } from '../support/journey';
import { goThroughPopup, resultOf } from '../support/popup';

type ClientsRoute = 'embedded_signup' | 'solution_intent';
const CLIENTS_ROUTES: readonly ClientsRoute[] = ['embedded_signup', 'solution_intent'];
const SUBSCRIBER = 'sub_straight_1';

interface Scene {
  twoStepOn?: boolean;
  /** Prepared by the client before anything goes on. */
  blocking?: boolean;
  body?: Partial<StartRequestBody>;
  /** Before the start. */
  first?: (journey: Journey) => Promise<unknown>;
}

const refusing = (method: string, path: string) => ({
  match: { method, path },
  action: { type: 'fail', status: 400, code: 200, message: 'refused' },
});

const begin = async (
  route: ClientsRoute | 'programmatic',
  { twoStepOn = false, blocking = false, body = {}, first }: Scene,
): Promise<Journey & { id: string }> => {
  const journey = await openJourney({
    ...{ templates: 2, twoStepOn },
    stage: { policy: blocking ? { preparation: { blocking: ['export_history'] } } : {} },
  });
  await first?.(journey);
  const { businessId, solutionId } = journey.straight.ids;
  const destinations = {
    embedded_signup: { provider: 'meta', businessId, credential: 'meta-destination' },
    solution_intent: { provider: 'meta', businessId, credential: 'meta-system', solutionId },
    programmatic: journey.body().destination,
  } as const;
  const { id } = await journey.start({ route, destination: destinations[route], ...body });
  return { ...journey, id };
};

const consent = async ({ stage, people, straight, until, id }: Journey & { id: string }) => {
  await until(id, ({ waitingFor }) => waitingFor?.kind === 'accept_solution_request');
  await people.act('decide-intent', { wabaId: straight.ids.sourceWabaId, decision: 'accept' });
  await stage.client.recheck(id);
};

const signUp = async ({ stage, people, straight, until, id }: Journey & { id: string }) => {
  await until(id, ({ waitingFor }) => waitingFor?.kind === 'complete_signup');
  const end = await goThroughPopup(people, {
    ...{ number: SUBSCRIBER, businessId: straight.ids.businessId, wabaName: 'Padaria Sol' },
  });
  const { sessionId } = await stage.client.openSignupSession(id);
  await stage.client.submitSignupResult(id, sessionId, resultOf(end));
};

/** Waits or is parked there, then somebody has had enough. */
const abortIn = async ({ stage, until, id }: Journey & { id: string }, step: string) => {
  await until(id, (one) => one.step === step && ['waiting', 'blocked'].includes(one.state));
  await stage.client.abort(id, 'enough');
  expect(await until(id, isClosed)).toMatchObject({ state: 'aborted' });
};

describe.each(CLIENTS_ROUTES)('%s', (route) => {
  const asked = async (scene: Scene) => {
    const begun = await begin(route, scene);
    if (route === 'solution_intent') await consent(begun);
    return begun;
  };

  test('aborted in eligibility', async () => {
    const first = ({ people }: Journey) =>
      people.act('request-name-change', { number: SUBSCRIBER, name: 'Padaria Mar' });
    await abortIn(await begin(route, { first }), 'eligibility');
  });

  test('aborted in preparation', async () => {
    await abortIn(await asked({ blocking: true }), 'preparation');
  });

  test('aborted in window', async () => {
    await abortIn(await asked({ body: { cutover: { approval: 'manual' } } }), 'window');
  });

  test('aborted in two_step_off', async () => {
    await abortIn(await asked({ twoStepOn: true }), 'two_step_off');
  });

  test('aborted in destination', async () => {
    await abortIn(await begin(route, {}), 'destination');
  });

  test('aborted in templates', async () => {
    const first = ({ people }: Journey) => people.fault(refusing('GET', '/{waba}/message_templates'));
    const begun = await asked({ first });
    if (route === 'embedded_signup') await signUp(begun);
    await abortIn(begun, 'templates');
  });

  test('its templates are copied', async () => {
    const begun = await asked({});
    if (route === 'embedded_signup') await signUp(begun);
    const moved = await begun.until(begun.id, isClosed, 40_000);
    expect(moved).toMatchObject({ state: 'completed', outcome: 'migrated' });
    expect(moved.steps.find(({ name }) => name === 'templates')?.status).toBe('done');
  });
});

test.each([
  ['funding', '/{credit}/*'],
  ['announcement', '/{waba}/phone_numbers'],
])('solution_intent, aborted in %s', async (step, path) => {
  const first = ({ people }: Journey) => people.fault(refusing('POST', path));
  const begun = await begin('solution_intent', { first });
  await consent(begun);
  await abortIn(begun, step);
});

test('programmatic, aborted in preparation', async () => {
  await abortIn(await begin('programmatic', { blocking: true }), 'preparation');
});
