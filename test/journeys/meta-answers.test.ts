/**
 * Every answer that Meta's lists know (meta §6.2, §6.4; E1–E8 by their words), given by the platform to one and the same
 * call of one migration: what people then read, who must act, and that the migration goes on as soon as it can.
 */
import type { Migration } from '../../client';
import { rowOf } from '../../platforms/meta/catalogue';
import { LONGEST_RETRY_DELAY_MS } from '../../shared/problems';
import { ANSWERS, type SampleAnswer } from '../platforms/answers';
import { isClosed, openJourney, type Journey } from '../support/journey';
import { timeSkippingServer } from '../support/time-skipping-server';

jest.setTimeout(240_000);

const SUBSCRIBE = { method: 'POST', path: '*/subscribed_apps' };
const UNKNOWN = {
  code: 987_654,
  text: 'Something that nobody has met before, with the secret EAAB0123456789abcdefghij',
};

/** A new account takes 200 calls an hour (meta §7), which Carryover keeps to: so many answers for each account. */
const ANSWERS_AN_ACCOUNT = 40;

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

/** One of each: that other words and languages mean the same is the catalogue's own test. */
const ofAnyCall = [
  ...new Map(
    ANSWERS.filter(({ call }) => call === undefined).map((answer) => [
      [answer.means, answer.code, answer.subcode].join(),
      answer,
    ]),
  ).values(),
];
const told = ofAnyCall.filter((answer) => takenAs(answer) !== 'passes after a wait');
const groups = Array.from({ length: Math.ceil(told.length / ANSWERS_AN_ACCOUNT) }, (_, n) =>
  told.slice(n * ANSWERS_AN_ACCOUNT, (n + 1) * ANSWERS_AN_ACCOUNT),
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
      remedy: expected.remedy,
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

describe('one number meets those that ask for patience', () => {
  const patient = ofAnyCall.filter((answer) => takenAs(answer) === 'passes after a wait');
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
