import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Migration } from '../../client';
import { isClosed, openJourney, type Journey } from '../support/journey';
import { asking, type HttpAnswer, type Question } from './asking';

let journey: Journey;
let ask: (question: Question) => Promise<HttpAnswer>;
let nextNumber = 0;

beforeAll(async () => {
  journey = await openJourney({
    numbers: 19,
    stage: {
      policy: { codeRequests: { max: 2, per: 3_600_000 } },
    },
  });
  ask = asking(journey.stage);
});

/** A migration that waits for its code. */
const waitingForCode = async (): Promise<{ id: string; code: string }> => {
  const number = nextNumber++;
  const { id } = await journey.start({}, number);
  return { id, code: await journey.codeFor(id, number) };
};

/** A migration that waits for its cut-over to be approved. */
const waitingForApproval = async (): Promise<Migration> => {
  const { id } = await journey.start({ cutover: { approval: 'manual' } }, nextNumber++);
  return journey.until(id, ({ waitingFor }) => waitingFor?.kind === 'approve_cutover');
};

const otherThan = (code: string): string => (code === '000000' ? '111111' : '000000');

const pointersIn = ({ body }: HttpAnswer): unknown[] =>
  z
    .array(z.object({ pointer: z.string() }))
    .parse(body['errors'])
    .map(({ pointer }) => pointer)
    .sort();

const lastEvent = async (id: string): Promise<unknown> =>
  (await journey.stage.client.listEvents(id, { limit: 1 })).items[0];

describe('a verification code', () => {
  test('is answered with the verdict, and the same key asks Meta no second time', async () => {
    const { id, code } = await waitingForCode();
    const key = randomUUID();
    const guesses = (await journey.people.effects('code_guess_wrong')).length;
    const wrong = await ask({ path: `${id}/verification-code`, body: { code: otherThan(code) }, key });
    expect([wrong.status, wrong.body]).toEqual([200, { outcome: 'wrong', guessesLeft: 2 }]);
    const again = await ask({ path: `${id}/verification-code`, body: { code: otherThan(code) }, key });
    expect([again.status, again.body]).toEqual([200, wrong.body]);
    expect((await journey.people.effects('code_guess_wrong')).length).toBe(guesses + 1);

    const hyphened = `${code.slice(0, 3)}-${code.slice(3)}`;
    const right = await ask({ path: `${id}/verification-code`, body: { code: hyphened } });
    expect([right.status, right.body['outcome']]).toEqual([200, 'verified']);
    await journey.until(id, isClosed);
  });

  test('that the migration does not wait for is refused, with what may be done instead, on the record', async () => {
    const { id } = await waitingForApproval();
    const answer = await ask({ path: `${id}/verification-code`, body: { code: '123456' } });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      code: 'not_waiting_for_code',
      allowedActions: expect.arrayContaining(['abort', 'approve_cutover']),
    });
    expect(await lastEvent(id)).toMatchObject({
      type: 'request_refused',
      actor: { kind: 'api_key', name: 'acme support' },
      data: { action: 'submitCode', code: 'not_waiting_for_code' },
    });
  });

  test('guessed wrong three times is not guessed again', async () => {
    const { id, code } = await waitingForCode();
    for (let guess = 0; guess < 3; guess += 1) {
      const answer = await ask({ path: `${id}/verification-code`, body: { code: otherThan(code) } });
      expect(answer.status).toBe(200);
    }
    const refused = await ask({ path: `${id}/verification-code`, body: { code } });
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ code: 'guesses_used_up', retryAt: expect.any(String) });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  });

  test('can be asked for until the budget is spent; then the answer says from when on again', async () => {
    const { id } = await waitingForCode();
    const second = await ask({ path: `${id}/verification-code/request`, body: { method: 'voice' } });
    expect(second.status).toBe(202);
    expect(second.body).toMatchObject({ id });
    await journey.until(id, ({ allowedActions }) => !allowedActions.includes('request_code'));
    const third = await ask({ path: `${id}/verification-code/request`, body: {} });
    expect(third.status).toBe(429);
    expect(third.body).toMatchObject({ code: 'code_requests_used_up', retryAt: expect.any(String) });
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(3000);
  });
});

describe('a decision that does not fit', () => {
  let migration: Migration;
  beforeAll(async () => {
    migration = await waitingForApproval();
  });

  const reason = 'because';
  test.each([
    ['retrying what is not blocked', 'retry', { reason }, 409, 'step_not_blocked'],
    ['skipping what cannot be skipped', 'skip', { step: 'registration', reason }, 409, 'step_not_skippable'],
    ['skipping what does not wait', 'skip', { step: 'acceptance', reason }, 409, 'step_not_blocked'],
    [
      'completing a task there is not',
      'tasks/tsk_nobodyknows/complete',
      { statement: 'done' },
      404,
      'unknown_task',
    ],
    [
      'a window in the past',
      'reschedule',
      { notBefore: '2020-01-01T00:00:00Z', notAfter: '2020-01-02T00:00:00Z', reason },
      422,
      'invalid_request',
    ],
    [
      'a signup that nobody opened',
      'embedded-signup/sessions/tsk_0123/result',
      { event: 'CANCEL' },
      409,
      'not_waiting_for_signup',
    ],
    [
      'a signup without its WABA',
      'embedded-signup/sessions/tsk_0123/result',
      { event: 'FINISH' },
      422,
      'invalid_request',
    ],
    ['replaying what still runs', 'replay', { reason }, 409, 'not_replayable'],
    ['revealing a PIN there is not yet', 'reveal', { secret: 'two_step_pin', reason }, 409, 'pin_not_set'],
  ] as const)('%s is refused and changes nothing', async (_what, verb, body, status, code) => {
    const role = verb === 'reveal' || verb.startsWith('embedded') ? 'backend' : 'support';
    const answer = await ask({ path: `${migration.id}/${verb}`, body, role });
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    if (status !== 422)
      expect(await lastEvent(migration.id)).toMatchObject({ type: 'request_refused', data: { code } });
    const now = await journey.stage.client.getMigration(migration.id);
    expect(now.revision).toBe(migration.revision);
  });
});

describe('what is wrong with a decision', () => {
  test('is named at once: form and meaning of a rescheduling', async () => {
    const { id } = await waitingForApproval();
    const body = { notBefore: 'soon', notAfter: '2020-01-01T00:00:00Z' };
    const answer = await ask({ path: `${id}/reschedule`, body });
    expect(answer.status).toBe(422);
    expect(pointersIn(answer)).toEqual(['/notAfter', '/notBefore', '/reason']);
  });

  test('is named at once: form and meaning of an amendment, also against what it leaves as it is', async () => {
    const { id } = await waitingForApproval();
    const closes = new Date(Date.now() + 3_600_000).toISOString();
    const opens = new Date(Date.now() + 3_000_000).toISOString();
    const wrong = await ask({
      method: 'PATCH',
      path: id,
      body: {
        source: { credential: 'nobody-knows' },
        cutover: { notAfter: '2020-01-01T00:00:00Z', approval: 'perhaps' },
        colour: 'red',
      },
    });
    expect(wrong.status).toBe(422);
    expect(pointersIn(wrong)).toEqual([
      '/colour',
      '/cutover/approval',
      '/cutover/notAfter',
      '/source/credential',
    ]);
    const first = await ask({ method: 'PATCH', path: id, body: { cutover: { notAfter: closes } } });
    expect(first.status).toBe(200);
    // The document follows the answer; the migration itself knows at once what the first one has set.
    const second = await ask({ method: 'PATCH', path: id, body: { cutover: { notBefore: opens } } });
    expect([second.status, pointersIn(second)]).toEqual([422, ['/cutover/notBefore']]);
  });

  test('an instant with an offset is shown in UTC', async () => {
    const { id } = await waitingForApproval();
    const body = {
      notBefore: '2126-11-22T19:00:00-03:00',
      notAfter: '2126-11-23T05:30:00+02:00',
      reason: 'x',
    };
    const answer = await ask({ path: `${id}/reschedule`, body });
    expect(answer.body['cutover']).toMatchObject({
      notBefore: '2126-11-22T22:00:00.000Z',
      notAfter: '2126-11-23T03:30:00.000Z',
    });
  });
});

describe('an amendment', () => {
  test('is taken against what was read, answers with the steps it makes stale, and is refused once overtaken', async () => {
    const { id, attempt, revision } = await waitingForApproval();
    const read = await ask({ method: 'GET', path: id });
    const etag = read.headers.get('etag') ?? '';
    expect(etag).toBe(`"${attempt}-${revision}"`);
    const patch = { verification: { method: 'voice' } };
    const unchanged = await ask({ method: 'GET', path: id, headers: { 'if-none-match': etag } });
    expect(unchanged.status).toBe(304);

    const amended = await ask({ method: 'PATCH', path: id, body: patch, headers: { 'if-match': etag } });
    expect(amended.status).toBe(200);
    expect(amended.body).toMatchObject({ id, staleSteps: [] });
    expect(amended.headers.get('etag')).not.toBe(etag);

    for (const stale of [etag, '"7-1"', 'W/"1-1"', 'nonsense']) {
      const refused = await ask({ method: 'PATCH', path: id, body: patch, headers: { 'if-match': stale } });
      expect([refused.status, refused.body['code']]).toEqual([412, 'revision_changed']);
    }
    const merge = { 'content-type': 'application/merge-patch+json' };
    expect((await ask({ method: 'PATCH', path: id, body: patch, headers: merge })).status).toBe(200);
  });

  test('names every invalid field, credentials nobody has stored included', async () => {
    const { id } = await waitingForApproval();
    const answer = await ask({
      method: 'PATCH',
      path: id,
      body: { destination: { credential: 'no-such' }, cutover: { notAfter: '2020-01-01T00:00:00Z' } },
    });
    expect(answer.status).toBe(422);
    expect(answer.body['errors']).toMatchObject([
      { pointer: '/cutover/notAfter' },
      { pointer: '/destination/credential' },
    ]);
    const nothing = await ask({ method: 'PATCH', path: id, body: {} });
    expect(nothing.status).toBe(422);

    // What the start refuses, a correction refuses too (R31), beside what is malformed.
    const untrue = {
      numberAsShownInProfile: '5511900000000',
      destination: { wabaId: '2001', intentId: '1' },
    };
    const meanings = ['/destination/intentId', '/destination/wabaId', '/numberAsShownInProfile'];
    const told = await ask({ method: 'PATCH', path: id, body: { ...untrue, colour: 'red' } });
    expect([told.status, pointersIn(told)]).toEqual([422, ['/colour', ...meanings]]);
    const alone = await ask({ method: 'PATCH', path: id, body: untrue });
    expect([alone.status, pointersIn(alone)]).toEqual([422, meanings]);
  });
});

test('an approval is taken against what was read: its revision (If-Match), and its plan', async () => {
  const { id, plan } = await waitingForApproval();
  const etag = (await ask({ method: 'GET', path: id })).headers.get('etag') ?? '';
  const patch = { verification: { method: 'voice' } };
  expect((await ask({ method: 'PATCH', path: id, body: patch })).status).toBe(200);
  const path = `${id}/approve-cutover`;
  const overtaken = await ask({ path, body: { reason: 'go' }, headers: { 'if-match': etag } });
  expect([overtaken.status, overtaken.body['code']]).toEqual([412, 'revision_changed']);
  const other = await ask({ path, body: { reason: 'go', planHash: plan.planHash } });
  expect([other.status, other.body['code']]).toEqual([409, 'plan_changed']);
  expect(await journey.stage.client.getMigration(id)).toMatchObject({ cutover: { approvedAt: null } });

  const read = await ask({ method: 'GET', path: id });
  const fresh = read.headers.get('etag') ?? '';
  const taken = await ask({ path, body: { reason: 'go' }, headers: { 'if-match': fresh } });
  expect(taken.status).toBe(200);
});

describe('an abort', () => {
  test('ends the migration, and a replay takes it up again as a new attempt', async () => {
    const { id } = await waitingForApproval();
    const aborted = await ask({ path: `${id}/abort`, body: { reason: 'the client changed its mind' } });
    expect(aborted.status).toBe(200);
    const ended = await journey.until(id, isClosed);
    expect(ended).toMatchObject({ state: 'aborted', allowedActions: ['replay'] });
    const late = await ask({ path: `${id}/approve-cutover`, body: { reason: 'go' } });
    expect([late.status, late.body['code'], late.body['allowedActions']]).toEqual([
      409,
      'migration_closed',
      ['replay'],
    ]);

    const tooFar = await ask({ path: `${id}/replay`, body: { fromStep: 'billing', reason: 'again' } });
    expect([tooFar.status, tooFar.body['errors']]).toMatchObject([422, [{ pointer: '/fromStep' }]]);
    const plan = await ask({ path: `${id}/replay`, body: { reason: 'again', dryRun: true } });
    expect(plan.status).toBe(202);
    expect(plan.body).toMatchObject({ dryRun: true, attempt: 2, fromStep: 'window' });
    expect(await journey.stage.client.getMigration(id)).toMatchObject({ attempt: 1, state: 'aborted' });

    const key = randomUUID();
    const body = { reason: 'the client changed its mind back' };
    const replayed = await ask({ path: `${id}/replay`, body, key });
    expect(replayed.status).toBe(202);
    expect(replayed.body).toMatchObject({
      id,
      attempt: 2,
      state: 'running',
      attempts: [{ attempt: 1, state: 'aborted' }],
    });
    expect((await ask({ path: `${id}/replay`, body, key })).body).toEqual(replayed.body);
    const first = await journey.stage.client.getMigration(id, { attempt: 1 });
    expect(first).toMatchObject({ attempt: 1, state: 'aborted' });
    const running = await journey.stage.temporal.workflow.getHandle(id).describe();
    expect(running.status.name).toBe('RUNNING');
    expect((await ask({ path: `${id}/abort`, body: { reason: 'end of the test' } })).status).toBe(200);
    await journey.until(id, isClosed);
  });
});

describe('a two-step PIN', () => {
  test('is shown to the backend on the record, is never kept as an answer, and a completed migration is not replayed', async () => {
    const { id, code } = await waitingForCode();
    await ask({ path: `${id}/verification-code`, body: { code } });
    await journey.until(id, ({ state }) => state === 'completed');
    const key = randomUUID();
    const body = { secret: 'two_step_pin', reason: 'the client asked for it' };
    const shown = await ask({ path: `${id}/reveal`, body, role: 'backend', key });
    expect(shown.status).toBe(200);
    expect(shown.headers.get('cache-control')).toBe('no-store');
    expect(shown.body['value']).toMatch(/^[0-9]{6}$/);
    const entry = { type: 'secret_revealed', actor: { name: 'acme backend' }, data: body };
    expect(await lastEvent(id)).toMatchObject(entry);
    const again = await ask({ path: `${id}/reveal`, body, role: 'backend', key });
    expect(again.body).toEqual(shown.body);
    const { items } = await journey.stage.client.listEvents(id, { limit: 2 });
    expect(items).toMatchObject([entry, entry]);
    expect(JSON.stringify(items)).not.toContain(shown.body['value']);

    const replay = await ask({ path: `${id}/replay`, body: { reason: 'once more' } });
    expect([replay.status, replay.body['code']]).toEqual([409, 'not_replayable']);
    expect(replay.body['detail']).toContain('the registration was attempted at');
  });
});
