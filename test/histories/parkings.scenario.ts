/**
 * Told only when histories are recorded (`npm run histories:record`): steps that seldom park, problems that lead back, and
 * answers that come from nowhere. One number after the other in one world.
 */
import type { Migration } from '../../client';
import { isClosed, openJourney, type Journey } from '../support/journey';

let journey: Journey;
beforeAll(async () => {
  journey = await openJourney({ numbers: 6, templates: 1 });
});
afterEach(async () => {
  await journey.people.noFaults();
});

const refused = (code: number, message = 'refused') => ({ type: 'fail', status: 400, code, message });
const UNHEARD_OF = refused(987_654, 'unheard of');

const statusOf = ({ steps }: Migration, name: string) => steps.find((step) => step.name === name)?.status;
const isIn = (name: string, status: string) => (migration: Migration) =>
  migration.step === name && statusOf(migration, name) === status;

const toTheEnd = async (id: string) => {
  expect(await journey.until(id, isClosed, 60_000)).toMatchObject({
    state: 'completed',
    outcome: 'migrated',
  });
};

test('two-step verification cannot be looked at', async () => {
  const { stage, people, start, until, handInCode } = journey;
  const { id } = await start({ cutover: { approval: 'manual' } }, 0);
  await until(id, ({ waitingFor }) => waitingFor?.kind === 'approve_cutover');
  await people.fault({
    match: { method: 'GET', path: '/{waba}/phone_numbers', token: 'source' },
    action: UNHEARD_OF,
  });
  await stage.client.approveCutover(id, 'go');
  await until(id, isIn('two_step_off', 'blocked'));
  await people.noFaults();
  await stage.client.retryStep(id, { reason: 'it was a passing thing' });
  await handInCode(id, 0);
  await toTheEnd(id);
});

test('the moved number cannot be looked at, at its acceptance and after it', async () => {
  const { stage, people, start, until, handInCode } = journey;
  const { id } = await start(
    { templates: { copy: false, required: ['of_nobody/pt_BR'] }, aftercare: { hours: 1 } },
    1,
  );
  await handInCode(id, 1);
  await until(id, isIn('acceptance', 'waiting'));
  const blind = { match: { method: 'GET', token: 'destination' }, action: UNHEARD_OF };
  await people.fault(blind);
  await stage.client.recheck(id);
  await until(id, isIn('acceptance', 'blocked'));
  await people.noFaults();
  await stage.client.skipStep(id, { step: 'acceptance', reason: 'the template is not needed' });
  await until(id, isIn('aftercare', 'waiting'));
  await people.fault(blind);
  await stage.client.recheck(id);
  await until(id, isIn('aftercare', 'blocked'));
});

test.each([
  ['ownership', 133_006, 2],
  ['funding', 131_042, 3],
])('a registration leads back to %s (%i)', async (step, code, number) => {
  const { people, start, codeFor, stage, until } = journey;
  const { id } = await start({}, number);
  const digits = await codeFor(id, number);
  await people.fault({ match: { method: 'POST', path: '/{phone}/register', times: 1 }, action: refused(code) });
  await stage.client.submitVerificationCode(id, digits);
  await until(id, ({ steps }) => (steps.find(({ name }) => name === step)?.attempts ?? 0) > 1);
  await toTheEnd(id);
});

test('a code that Meta did not take in', async () => {
  const { people, start, codeFor, handInCode, stage } = journey;
  const { id } = await start({}, 4);
  const code = await codeFor(id, 4);
  await people.fault({
    match: { method: 'POST', path: '/{phone}/verify_code', times: 1 },
    action: refused(300, 'edit failed'),
  });
  await expect(stage.client.submitVerificationCode(id, code)).rejects.toMatchObject({
    code: 'verdict_unknown',
  });
  await handInCode(id, 4);
  await toTheEnd(id);
});

test('somebody else registers the number in the last moment', async () => {
  const { people, start, codeFor, stage, straight } = journey;
  const { id } = await start({}, 5);
  const code = await codeFor(id, 5);
  await people.fault({
    match: { method: 'GET', path: '/{waba}/phone_numbers', token: 'source' },
    action: { type: 'delay', ms: 3000, when: 'after' },
  });
  await stage.client.submitVerificationCode(id, code);
  const { destination } = await stage.client.getMigration(id);
  const answer = await fetch(`${stage.sandbox.url}/v25.0/${destination.phoneNumberId ?? ''}/register`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${straight.tokens.destination}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ messaging_product: 'whatsapp', pin: '135790' }),
  });
  expect(answer.status).toBe(200);
  await toTheEnd(id);
});
