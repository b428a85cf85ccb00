/** What each step of a route is for, how long it takes and whom it waits for, as a table. */
import type { Party, Route, StepName } from '../steps';
import type { PlanFacts } from './facts';
import type { Expected, PlannedStep } from './schema';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export interface StepWords {
  what: string;
  expected: Expected;
  waitsFor: PlannedStep['waitsFor'];
}
type WordsOf = (facts: PlanFacts) => StepWords;

const takes = (fromMs: number, toMs: number, source: string): Expected => ({ fromMs, toMs, source });
const ONE_READ = 'a call is given 30 s; measured: well below one';
const waits = (party: Party, what: string, atMostMs: number | null) => ({ party, what, atMostMs });

const words =
  (what: string, expected: Expected): WordsOf =>
  () => ({ what, expected, waitsFor: [] });

const eligibility: WordsOf = ({ policy }) => ({
  what: 'read both sides, judge every rule, tell all findings at once',
  expected: takes(SECOND, MINUTE, `about ten reads side by side; ${ONE_READ}`),
  waitsFor: [waits('client', 'whoever a blocker names', policy.deadlines.eligibility)],
});

const destination: WordsOf = ({ policy, destinationWabaId }) => ({
  what:
    destinationWabaId === null
      ? 'wait for the account that the client makes, find it, subscribe our app'
      : 'adopt the account that is named, subscribe our app',
  expected: takes(SECOND, MINUTE, ONE_READ),
  waitsFor:
    destinationWabaId === null
      ? [waits('client', 'makes the destination account', policy.deadlines.destination)]
      : [],
});

/** What Meta does not copy is created at a hundred an hour (meta §4.3), each begun hour counted whole. */
const creation = ({ request, policy, templatesToCreate }: PlanFacts): { toMs: number; source: string } => {
  const perHour = policy.templateCreationsPerHour;
  if (templatesToCreate === null) {
    const more = `; those to be created from their content are not counted yet: ${String(perHour)} an hour (meta §4.3)`;
    return { toMs: 0, source: request.templates.recreateIneligible ? more : '' };
  }
  if (templatesToCreate === 0) return { toMs: 0, source: '' };
  return {
    toMs: Math.ceil(templatesToCreate / perHour) * HOUR,
    source: `; at most ${String(templatesToCreate)} are created from their content, ${String(perHour)} an hour (meta §4.3)`,
  };
};

const templates: WordsOf = (facts) => {
  const pages = facts.templatePages ?? 1;
  const created = creation(facts);
  return {
    what: 'compare both sides, copy page by page, report each template',
    expected: takes(
      2 * SECOND,
      pages * 3 * MINUTE + MINUTE + created.toMs,
      `a copy call takes up to 180 s (meta §4.1); ${facts.templatePages === null ? 'one page assumed' : `${String(pages)} pages`}${created.source}`,
    ),
    waitsFor: [],
  };
};

/** Between the signup and `register`, while the number may be silent (meta §1.7). */
const templatesOfSignup: WordsOf = (facts) => {
  const { expected } = templates({ ...facts, templatesToCreate: 0 });
  const { copyBeforeRegistration } = facts.policy;
  return {
    what: 'begin the copies, page by page; nothing that waits, because the number may be silent',
    expected: { ...expected, toMs: Math.min(expected.toMs, copyBeforeRegistration + 6 * MINUTE) },
    waitsFor: [],
  };
};

const remainingTemplates: WordsOf = (facts) => ({
  ...templates(facts),
  what: 'when the number is accepted: decide collisions, copy what failed, create what is not copied, report each template',
  waitsFor:
    facts.request.templates.onCollision === 'ask'
      ? [waits('client', 'decides about templates that collide', facts.policy.deadlines.parked)]
      : [],
});

const window: WordsOf = ({ request, policy }) => ({
  what: 'wait until the window opens, and for the approval where one is agreed',
  expected: takes(0, 0, 'nothing is called'),
  waitsFor:
    request.cutover.approval === 'manual'
      ? [waits('operator', 'approves the plan', policy.deadlines.parked)]
      : [],
});

const twoStepOff: WordsOf = ({ policy, twoStepOn }) => ({
  what: 'see that two-step verification is off at the source, without deleting the number',
  expected: takes(SECOND, 30 * SECOND, ONE_READ),
  waitsFor:
    twoStepOn === false
      ? []
      : [waits('source_provider', 'switches two-step verification off', policy.deadlines.two_step_off)],
});

const ownership: WordsOf = ({ policy, request }) => ({
  what: 'send the code, wait for the six digits, hand them to Meta',
  expected: takes(30 * SECOND, 10 * MINUTE, 'a code may take minutes and lives about ten (meta §1.4, §11)'),
  waitsFor: [
    ...(request.verification.send === 'on_request'
      ? [waits('client', 'says when somebody is at the phone', policy.deadlines.ownership)]
      : []),
    waits('client', 'reads the code from the phone and hands it in', policy.deadlines.ownership),
  ],
});

const registration: WordsOf = ({ policy }) => ({
  what: 'last look at both sides, keep the usage, register: the cut-over; see the number connected',
  expected: takes(
    2 * SECOND,
    MINUTE + policy.connectDeadline,
    'instant by Meta’s words, no figure published; 60 s and then reads until connected (meta §1.5, §11)',
  ),
  waitsFor: [],
});

const acceptance: WordsOf = ({ policy }) => ({
  what: 'compare the number with what it was',
  expected: takes(SECOND, MINUTE, ONE_READ),
  waitsFor: [waits('operator', 'repairs what is not as it was', policy.deadlines.acceptance)],
});

const aftercare: WordsOf = ({ request }) => ({
  what: 'see that it stays so',
  expected: takes(
    request.aftercare.hours * HOUR,
    request.aftercare.hours * HOUR,
    'aftercare.hours of the request',
  ),
  waitsFor: [],
});

const WORDS: Readonly<Record<StepName, WordsOf>> = {
  claim: words('nobody else moves this number', takes(0, SECOND, 'our own store')),
  eligibility,
  destination,
  templates,
  preparation: ({ policy }) => ({
    what: 'wait until people have done what must be done before the window',
    expected: takes(0, 0, 'nothing is called'),
    waitsFor: [waits('client', 'whoever has an open blocking task', policy.deadlines.preparation)],
  }),
  window,
  two_step_off: twoStepOff,
  funding: words(
    'see or settle who pays at the destination',
    takes(SECOND, MINUTE, `three calls; ${ONE_READ}`),
  ),
  announcement: words(
    'announce the number at the destination',
    takes(SECOND, MINUTE, `two calls; ${ONE_READ}`),
  ),
  ownership,
  registration,
  acceptance,
  billing: words('open the ledger: who pays what', takes(SECOND, 15 * SECOND, ONE_READ)),
  remaining_templates: remainingTemplates,
  aftercare,
};

/** Where a route means something else by a step. */
const WORDS_OF_ROUTE: Readonly<Partial<Record<Route, Partial<Record<StepName, WordsOf>>>>> = {
  embedded_signup: {
    destination: ({ policy }) => ({
      what: 'the client moves the number in Meta’s popup; find the account and the number in it',
      expected: takes(5 * SECOND, MINUTE, `six calls; ${ONE_READ}`),
      waitsFor: [waits('client', 'goes through the popup', policy.deadlines.destination)],
    }),
    templates: templatesOfSignup,
  },
  solution_intent: {
    destination: ({ policy }) => ({
      what: 'ask the client to let the account move; find the account that Meta makes then',
      expected: takes(5 * SECOND, MINUTE, `six calls; ${ONE_READ}`),
      waitsFor: [waits('client', 'accepts in Business settings', policy.deadlines.destination)],
    }),
  },
};

export const wordsOf = (facts: PlanFacts, step: StepName): StepWords =>
  (WORDS_OF_ROUTE[facts.request.route]?.[step] ?? WORDS[step])(facts);

/** From the opening of the window to the cut-over: the steps between `window` and `registration`, that one included. */
export const isInsideWindow = (steps: readonly StepName[], step: StepName): boolean => {
  const at = steps.indexOf(step);
  return at > steps.indexOf('window') && at <= steps.indexOf('registration');
};
