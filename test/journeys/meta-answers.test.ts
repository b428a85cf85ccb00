/**
 * Every answer that Meta's lists know (meta §6.2, §6.4; E1–E8 by their words), given by the platform to one and the same
 * call of one migration: what people then read, who must act, and that the migration goes on as soon as it can.
 */
import type { Migration } from '../../client';
import { rowOf } from '../../platforms/meta/catalogue';
import { LONGEST_RETRY_DELAY_MS } from '../../shared/problems';
import { ANSWERS_TO_ANY_CALL, type SampleAnswer } from '../platforms/answers';
import { isClosed, openJourney, type Journey } from '../support/journey';
import { timeSkippingServer } from '../support/time-skipping-server';
import { isBlockedIn, stepOf } from '../waits/timed-journey';

jest.setTimeout(240_000);

const SUBSCRIBE = { method: 'POST', path: '*/subscribed_apps' };
const UNKNOWN = {
  code: 987_654,
  text: 'Something that nobody has met before, with the secret EAAB0123456789abcdefghij',
};

/** A new account takes 200 calls an hour (meta §7), which Carryover keeps to: so many answers for each account at most. */
const MOST_ANSWERS_AN_ACCOUNT = 36;

let journey: Journey;
let id: string;

const begin = async (temporal?: string): Promise<void> => {
  journey = await openJourney({ ...(temporal === undefined ? {} : { stage: { temporal } }), templates: 1 });
  await refuse(UNKNOWN, 1);
  id = (await journey.start()).id;
  await journey.until(id, isBlockedAfter(1));
};

/** From its n-th coming the call is answered so; the text stands where the newer calls put it (meta §6.1). */
const refuse = async (answer: Omit<SampleAnswer, 'means'>, from: number, times?: number): Promise<void> => {
  await journey.people.fault({
    match: { ...SUBSCRIBE, from, ...(times === undefined ? {} : { times }) },
    action: {
      type: 'fail',
      status: 400,
      code: answer.code,
      ...(answer.subcode === undefined ? {} : { subcode: answer.subcode }),
      message: `(#${answer.code}) refused`,
      ...(answer.text === undefined ? {} : { details: answer.text }),
    },
  });
};

const destinationOf = ({ steps }: Migration) => steps.find(({ name }) => name === 'destination');
const isBlockedAfter =
  (attempts: number) =>
  (migration: Migration): boolean => {
    const step = destinationOf(migration);
    return step?.status === 'blocked' && step.attempts >= attempts;
  };

const parkedWith = async (prepare: () => Promise<void>): Promise<Migration> => {
  const { attempts = 0 } = destinationOf(await journey.stage.client.getMigration(id)) ?? {};
  await journey.people.noFaults();
  await prepare();
  await journey.stage.client.retryStep(id, { reason: 'the next answer' });
  return journey.until(id, isBlockedAfter(attempts + 1));
};

/** How Carryover takes an answer: parks, or tries again – at once, or after the minute that it asks for. */
const takenAs = ({ means }: SampleAnswer): 'parks' | 'passes' | 'passes after a wait' => {
  const { class: kind, waitMs = 0 } = rowOf(means);
  if (kind === 'transient') return waitMs === 0 ? 'passes' : 'passes after a wait';
  return kind === 'quota' && waitMs <= LONGEST_RETRY_DELAY_MS ? 'passes after a wait' : 'parks';
};

/** What is good news of its own call, and stops another one, is the operator's to look at. */
const whoActsOn = ({ party, class: kind }: ReturnType<typeof rowOf>) =>
  party === 'system' && kind === 'permanent' ? 'operator' : party;

/** The answer, and behind it another one that parks: seen only when the call was made again. */
const answerThenUnknown = (answer: SampleAnswer) => async (): Promise<void> => {
  await refuse(answer, 1, 1);
  await refuse(UNKNOWN, 2);
};

test('an answer that nobody has met is kept with its words, its secrets removed, and parks on the operator', async () => {
  await begin();
  const parked = await journey.stage.client.getMigration(id);
  expect(parked).toMatchObject({ state: 'blocked', waitingFor: { party: 'operator' } });
  const error = destinationOf(parked)?.error;
  expect(error).toMatchObject({
    code: 'UNCLASSIFIED',
    party: 'operator',
    class: 'permanent',
    effect: 'none',
    evidence: { call: 'POST subscribed_apps', status: 400, code: UNKNOWN.code },
  });
  expect(JSON.stringify(error?.evidence)).toContain('Something that nobody has met before');
  expect(JSON.stringify(error?.evidence)).not.toContain('EAAB');
});

const told = ANSWERS_TO_ANY_CALL.filter((answer) => takenAs(answer) !== 'passes after a wait');
const GROUPS = Math.ceil(told.length / MOST_ANSWERS_AN_ACCOUNT);
const groups = Array.from({ length: GROUPS }, (_, n) =>
  told.filter((_answer, place) => place % GROUPS === n),
);
const row = (answer: SampleAnswer) =>
  [answer.means, answer.code, answer.subcode ?? '–', answer.text ?? '', takenAs(answer), answer] as const;

describe.each(groups)('one number meets them one after the other', (...answers) => {
  beforeAll(() => begin());

  test.each(answers.map(row))('%s (%s/%s %s) %s', async (means, _code, _subcode, _text, taken, answer) => {
    if (taken === 'passes') {
      const parked = await parkedWith(answerThenUnknown(answer));
      expect(destinationOf(parked)?.error).toMatchObject({ code: 'UNCLASSIFIED' });
      return;
    }
    const expected = rowOf(means);
    const asked = Date.now();
    const parked = await parkedWith(() => refuse(answer, 1));
    expect(destinationOf(parked)?.error).toMatchObject({
      code: means,
      class: expected.class,
      party: whoActsOn(expected),
      title: expected.title,
      // Whose token it is must be said: nobody else knows.
      remedy: expected.remedy.replace('{name}', 'meta-destination'),
      evidence: { code: answer.code, ...(answer.subcode === undefined ? {} : { subcode: answer.subcode }) },
    });
    expect(parked.waitingFor?.party).toBe(whoActsOn(expected));
    if (expected.class !== 'quota' || expected.waitInText === true) return;
    const wait = Date.parse(parked.waitingFor?.dueAt ?? '') - asked;
    expect(Math.abs(wait - (expected.waitMs ?? 0))).toBeLessThan(60_000);
  });

  test('after all of them the number is moved, each effect once', async () => {
    await journey.people.noFaults();
    await journey.stage.client.retryStep(id, { reason: 'Meta has calmed down' });
    await journey.handInCode(id);
    expect(await journey.until(id, isClosed)).toMatchObject({ state: 'completed', outcome: 'migrated' });
    expect(await journey.people.invariants()).toMatchObject({ ok: true });
    expect(await journey.people.effects('app_subscribed')).toHaveLength(1);
  });
});

/** The refusals of a move, in the words of the two references (meta §6.4; 360dialog, E1 to E8). */
const REFUSED_MOVES = [
  ['E1', 'NUMBER_CONNECTED_TO_A_WABA', 'This number is already connected to an existing WABA'],
  ['E5, R4', 'DIFFERENT_BUSINESS', 'This phone number belongs to a different Business Manager account.'],
  ['E6', 'MIGRATION_FAILED_FOR_NOW', 'Something went wrong when trying to migrate your phone number.'],
  ['E7, R27', 'DISPLAY_NAME_NOT_APPROVED', 'Registered name should be present and approved.'],
  [
    'R20',
    'SOURCE_ACCOUNT_NOT_READY',
    'The WhatsApp account that this phone number is registered with is not set up correctly.',
  ],
  ['R20, R26', 'DESTINATION_NOT_APPROVED', 'Your WhatsApp account must be approved'],
  ['R20', 'ON_BEHALF_REQUEST_PENDING', 'Your WhatsApp account’s "Messaging For" request must be approved'],
  ['R3, P-17', 'NUMBER_IN_COEXISTENCE', 'Numbers in use with the WhatsApp Business app cannot be migrated.'],
  ['R3', 'TEST_NUMBER', 'Test phone numbers cannot be migrated.'],
] as const;

/** Those whose cure is a step before: it is gone through once more, and the announcement is made again. */
const CURED_BEFORE = [
  [
    'R20',
    'APP_NOT_SUBSCRIBED',
    'Webhooks have not been set up for the destination WhatsApp Business account.',
    'destination',
  ],
  ['R16', 'PAYMENT_METHOD_MISSING', 'Your WhatsApp account does not have a payment account.', 'funding'],
] as const;

describe('one number meets the meanings of 2388103 when it is announced (§6.4)', () => {
  const refuseMove = (userMessage: string, match: object) =>
    journey.people.fault({
      match: { method: 'POST', path: '/{waba}/phone_numbers', ...match },
      action: {
        ...{ type: 'fail', status: 400, code: 100, subcode: 2388103 },
        ...{ message: '(#100) Invalid parameter', title: 'Cannot migrate phone number', userMessage },
      },
    });
  const announcedAgain = async (prepare: () => Promise<unknown>): Promise<Migration> => {
    const { attempts = 0 } = stepOf(await journey.stage.client.getMigration(id), 'announcement') ?? {};
    await journey.people.noFaults();
    await prepare();
    await journey.stage.client.retryStep(id, { reason: 'the next refusal' });
    return journey.until(
      id,
      (now) => isBlockedIn('announcement')(now) && (stepOf(now, 'announcement')?.attempts ?? 0) > attempts,
    );
  };
  beforeAll(async () => {
    journey = await openJourney({ templates: 0 });
    await refuseMove('Etwas ganz anderes', {});
    id = (await journey.start()).id;
    await journey.until(id, isBlockedIn('announcement'));
  });

  test.each(REFUSED_MOVES)('%s: %s parks with who must act, and what they do', async (_rows, code, words) => {
    const parked = await announcedAgain(() => refuseMove(words, {}));
    const { party, title, class: kind } = rowOf(code);
    expect(stepOf(parked, 'announcement')?.error).toMatchObject({
      ...{ code, party, title, class: kind, effect: 'none' },
      evidence: { code: 100, subcode: 2388103 },
    });
    expect(parked.waitingFor?.party).toBe(party);
  });

  test.each(CURED_BEFORE)('%s: %s (“%s”) leads back to %s', async (_rows, _code, words, step) => {
    const before = stepOf(await journey.stage.client.getMigration(id), step)?.attempts ?? 0;
    const parked = await announcedAgain(async () => {
      await refuseMove(words, { times: 1 });
      await refuseMove('Etwas ganz anderes', { from: 2 });
    });
    expect(stepOf(parked, 'announcement')?.error).toMatchObject({ code: 'MIGRATION_REFUSED' });
    expect(stepOf(parked, step)).toMatchObject({ status: 'done', attempts: before + 1 });
  });

  test('after all of them the number is moved, announced once', async () => {
    await journey.people.noFaults();
    await journey.stage.client.retryStep(id, { reason: 'Meta takes it' });
    await journey.handInCode(id);
    expect(await journey.until(id, isClosed)).toMatchObject({ state: 'completed', outcome: 'migrated' });
    expect(await journey.people.invariants()).toMatchObject({ ok: true });
    expect(await journey.people.effects('announced')).toHaveLength(1);
  });
});

describe('one number meets those that ask for patience', () => {
  const patient = ANSWERS_TO_ANY_CALL.filter((answer) => takenAs(answer) === 'passes after a wait');
  let time: Awaited<ReturnType<typeof timeSkippingServer>>;
  beforeAll(async () => {
    time = await timeSkippingServer();
    await begin(time.address);
  });

  test.each(patient.map(row))('%s (%s/%s %s) %s', async (_means, _code, _subcode, _text, _taken, answer) => {
    const parking = parkedWith(answerThenUnknown(answer));
    await journey.until(id, ({ step, state }) => step === 'destination' && state === 'running');
    await time.sleep('61 seconds');
    expect(destinationOf(await parking)?.error).toMatchObject({ code: 'UNCLASSIFIED' });
  });
});
