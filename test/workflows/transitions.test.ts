import fc from 'fast-check';
import { phoneNumberIdSchema, taskIdOf, wabaIdSchema } from '../../shared/ids';
import type { Actor } from '../../shared/migration';
import { STEP_NAMES, type StepName } from '../../shared/steps';
import { taskText } from '../../shared/texts';
import { nextAgeMark } from '../../workflows/number-migration/account-age';
import type { ChangeName, Changes } from '../../workflows/number-migration/changes';
import { hasVerificationLapsed, nextStep, openBlockingTasks } from '../../workflows/number-migration/derived';
import { openState, reviveState, type MigrationState } from '../../workflows/number-migration/state';
import { isClosed } from '../../workflows/number-migration/closed';
import { withSeenMessage } from '../../workflows/number-migration/state-edits';
import { isSought, nextLookForAccount } from '../../workflows/number-migration/signup-task';
import { changed } from '../../workflows/number-migration/transitions';
import { migrationInput, requestBody, START } from './builders';

const CLIENT: Actor = { kind: 'api_key', name: 'backend' };
const SYSTEM: Actor = { kind: 'system', name: 'workflow' };

const apply = <K extends ChangeName>(
  state: MigrationState,
  type: K,
  data: Changes[K],
  at = START,
): MigrationState => changed(state, type, data, CLIENT, at);

const done = (state: MigrationState, ...steps: StepName[]): MigrationState =>
  steps.reduce((sofar, step) => apply(apply(sofar, 'step_started', { step }), 'step_done', { step }), state);

const upTo = (step: StepName): MigrationState =>
  done(openState(migrationInput()), ...STEP_NAMES.slice(0, STEP_NAMES.indexOf(step)));

const task = (step: StepName, blocking = true): Changes['task_opened'] => ({
  kind: 'submit_verification_code',
  party: 'client',
  requirement: 'R47',
  step,
  blocking,
  dueAt: null,
  ...taskText('submit_verification_code.sms', {}),
});

const problem = {
  code: 'SOMETHING',
  class: 'permanent',
  title: 'something',
  remedy: 'do something',
  party: 'operator',
  retryable: true,
  effect: 'none',
} as const;

describe('the state of a migration', () => {
  test('the next step is the first of the route that is not done', () => {
    expect(nextStep(openState(migrationInput()))).toBe('claim');
    expect(nextStep(upTo('ownership'))).toBe('ownership');
    expect(
      nextStep(apply(upTo('ownership'), 'steps_reopened', { steps: ['destination'], because: 'amended' })),
    ).toBe('destination');
    expect(nextStep(done(openState(migrationInput()), ...STEP_NAMES))).toBeNull();
  });

  test('what comes and goes for weeks leaves a bounded state: tasks that nobody did, requests of codes, messages', () => {
    const opened = apply(upTo('ownership'), 'task_opened', task('ownership'));
    const first = opened.migration.tasks.at(-1)?.id ?? taskIdOf(opened.migration.id, 0);
    let state = apply(opened, 'task_closed', { taskId: first, status: 'done', statement: 'handed in' });
    const sizeAfter = (times: number): number => {
      for (let time = 0; time < times; time += 1) {
        state = apply(state, 'task_opened', task('ownership'));
        const taskId = state.migration.tasks.at(-1)?.id ?? first;
        state = changed(state, 'task_closed', { taskId, status: 'done', statement: 'gone' }, SYSTEM, START);
        state = apply(state, 'code_requested', {
          ...{ sentAt: START, method: 'sms', language: 'pt_BR', wrongGuesses: 0, certain: true },
        });
        state = { ...withSeenMessage(state, `message ${String(1000 + state.taskCount)}`), outbox: [] };
      }
      return JSON.stringify(state).length;
    };
    expect(sizeAfter(550)).toBeGreaterThan(sizeAfter(50) - 200);
    // What somebody did is not forgotten, and no id is given twice.
    const ids = state.migration.tasks.map(({ id }) => id);
    expect(ids).toContain(first);
    expect(new Set(ids).size).toBe(ids.length);
    expect(openBlockingTasks(apply(state, 'task_opened', task('ownership')))).toHaveLength(1);
  });

  test('what is parked behind a reopened step is tried again when that is done, though no run waits there at this moment', () => {
    const parked = apply(upTo('funding'), 'step_parked', { step: 'funding', problem, wakesAt: null });
    const reopened = apply(parked, 'steps_reopened', { steps: ['destination'], because: 'amended' });
    expect(nextStep(apply(reopened, 'step_done', { step: 'destination' }))).toBe('funding');
    expect(reopened.migration.steps.find(({ name }) => name === 'funding')).toMatchObject({
      ...{ status: 'pending', error: null },
    });
  });

  test.each<[string, MigrationState, string]>([
    ['is running while a step works', apply(upTo('funding'), 'step_started', { step: 'funding' }), 'running'],
    [
      'is waiting while a party must act',
      apply(upTo('ownership'), 'step_waiting', { step: 'ownership' }),
      'waiting',
    ],
    [
      'is blocked when a step has failed and is parked',
      apply(upTo('funding'), 'step_parked', { step: 'funding', problem, wakesAt: null }),
      'blocked',
    ],
    [
      'is aborting once an abort was asked for',
      apply(upTo('funding'), 'abort_requested', { reason: 'no' }),
      'aborting',
    ],
    ['is live from acceptance on', upTo('billing'), 'live'],
    [
      'is closed as it was closed',
      apply(upTo('funding'), 'closed', { state: 'aborted', outcome: 'aborted', leftInPlace: [] }),
      'aborted',
    ],
  ])('a migration %s', (_title, state, expected) => {
    expect(state.migration.state).toBe(expected);
  });

  test('the first open blocking task says who is waited for', () => {
    const state = apply(
      apply(upTo('ownership'), 'task_opened', task('ownership', false)),
      'task_opened',
      task('ownership'),
    );
    expect(state.migration.waitingFor).toEqual({
      party: 'client',
      kind: 'submit_verification_code',
      since: START,
      dueAt: null,
    });
    const finished = apply(state, 'step_done', { step: 'ownership' });
    expect(finished.migration.waitingFor).toBeNull();
  });

  test('proof of ownership lapses after 14 days as long as the number is not registered', () => {
    const verified = apply(upTo('registration'), 'ownership_verified', { how: 'code' });
    const at = (days: number) => Date.parse(START) + days * 86_400_000;
    expect(hasVerificationLapsed(verified, at(13.9))).toBe(false);
    expect(hasVerificationLapsed(verified, at(14))).toBe(true);
    const registered = apply(verified, 'registered', { outcome: 'registered', registeredAt: START });
    expect(hasVerificationLapsed(registered, at(15))).toBe(false);
  });

  test('another route keeps the account that the popup made, and forgets its code', () => {
    const wabaId = wabaIdSchema.parse('2009');
    const signedUp = apply(openState(migrationInput()), 'signup_result', {
      ...{ event: 'FINISH', wabaId, codeRef: 'r1' },
    });
    expect(signedUp.signup).toMatchObject({ wabaId, codeRef: 'r1' });
    const amended = apply(signedUp, 'route_changed', { from: 'embedded_signup', to: 'programmatic' });
    expect(amended.signup).toMatchObject({ wabaId, codeRef: null });
  });

  test('R46, P-16: the age of the account counts until the number is announced, in waits for two-step verification and payment too', () => {
    const young = { ...requestBody().destination, maxWabaAgeHours: 48 };
    const at = (step: StepName): MigrationState => ({
      ...done(
        openState(migrationInput({ destination: young })),
        ...STEP_NAMES.slice(0, STEP_NAMES.indexOf(step)),
      ),
      accountAge: { madeAt: START, judgedAt: START },
    });
    const half = Date.parse(START) + 24 * 3_600_000;
    for (const step of ['eligibility', 'window', 'two_step_off', 'funding'] as const) {
      expect(nextAgeMark(at(step))).toBeGreaterThanOrEqual(half);
      expect(nextAgeMark(at(step))).toBeLessThan(half + 3_600_000);
    }
    expect(nextAgeMark(at('announcement'))).toBe(Infinity);
  });

  test('meta §2.1: an account is looked for ever less often after its window, and no longer than the policy says', () => {
    const opened = openState(migrationInput({ route: 'embedded_signup' }));
    const finished = apply(opened, 'signup_result', { event: 'FINISH', wabaId: wabaIdSchema.parse('2009') });
    const end = Date.parse(START) + finished.policy.signupSoughtFor;
    const looks: number[] = [];
    for (let now = Date.parse(START); isSought(finished, now); now = nextLookForAccount(finished, now)) {
      looks.push(now - Date.parse(START));
    }
    expect(looks).toEqual([0, 10_000, 20_000, 40_000, 80_000, 160_000]);
    expect(nextLookForAccount(finished, Date.parse(START) + 160_000)).toBe(end);
    const refused = apply(finished, 'signup_code_exchanged', { outcome: 'refused', problem: null });
    expect([isSought(opened, end - 1), isSought(refused, end - 1), isSought(finished, end)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('a replay starts from the step asked for and keeps what was found', () => {
    const failed = apply(
      apply(upTo('registration'), 'number_announced', {
        phoneNumberId: phoneNumberIdSchema.parse('77'),
        adopted: false,
      }),
      'closed',
      { state: 'failed', outcome: 'deadline_passed', leftInPlace: [] },
    );
    const again = apply(failed, 'attempt_started', { attempt: 2, fromStep: 'funding', reason: 'again' });
    expect(again.migration.attempt).toBe(2);
    expect(again.migration.attempts).toEqual([
      expect.objectContaining({ attempt: 1, state: 'failed', failedStep: 'registration' }),
    ]);
    expect(again.migration.destination.phoneNumberId).toBe('77');
    expect(again.migration.state).toBe('running');
    const statuses = Object.fromEntries(again.migration.steps.map((step) => [step.name, step.status]));
    expect(statuses).toMatchObject({
      claim: 'pending',
      templates: 'done',
      funding: 'pending',
      announcement: 'pending',
    });
  });

  test('a state written by a newer version is refused, not misread', () => {
    expect(() => reviveState({ ...openState(migrationInput()), schema: 99 })).toThrow(/newer version/);
  });

  test('an amendment leaves neither contact data nor credentials in the audit trail', () => {
    const state = apply(openState(migrationInput()), 'amended', {
      patch: { business: { name: 'Padaria Sol', contact: { phone: '+5511900000000' } } },
      reason: 'new contact',
    });
    expect(state.outbox.at(-1)).toMatchObject({
      type: 'amended',
      data: { fields: ['business'], reason: 'new contact' },
    });
  });
});

/** Any change a run may record, with data of the right form. */
const anyStep = fc.constantFrom(...STEP_NAMES);
const change = <K extends ChangeName>(type: K, data: fc.Arbitrary<Changes[K]>) =>
  data.map((value) => (state: MigrationState, at: string) => apply(state, type, value, at));
const anyChange = fc.oneof(
  change('step_started', fc.record({ step: anyStep })),
  change('step_waiting', fc.record({ step: anyStep })),
  change('step_done', fc.record({ step: anyStep })),
  change('step_skipped', fc.record({ step: anyStep, reason: fc.constant('because') })),
  change(
    'step_parked',
    fc.record({ step: anyStep, problem: fc.constant(problem), wakesAt: fc.constantFrom(null, START) }),
  ),
  change('step_unparked', fc.record({ step: anyStep, decided: fc.boolean() })),
  change(
    'step_decided',
    fc.record({ step: anyStep, verb: fc.constantFrom('retry', 'skip'), reason: fc.constant('x') }),
  ),
  change(
    'steps_reopened',
    fc.record({ steps: fc.uniqueArray(anyStep, { maxLength: 3 }), because: fc.constant('x') }),
  ),
  change(
    'task_opened',
    fc.tuple(anyStep, fc.boolean()).map(([step, blocking]) => task(step, blocking)),
  ),
  change(
    'task_closed',
    fc.record({
      taskId: fc.integer({ min: 1, max: 9 }).map((n) => taskIdOf(migrationInput().migrationId, n)),
      status: fc.constantFrom('done', 'waived'),
      statement: fc.constant('done'),
    }),
  ),
  change('point_of_no_return_crossed', fc.constant({})),
  change('point_of_no_return_withdrawn', fc.constant({ code: 'X' })),
  change('ownership_verified', fc.constant({ how: 'code' })),
  change('code_wanted', fc.constant({ method: 'sms', language: 'en' })),
  change('abort_requested', fc.constant({ reason: 'x' })),
  change(
    'found_at_destination',
    fc.constant({ phoneNumberId: phoneNumberIdSchema.parse('7'), wabaId: wabaIdSchema.parse('8') }),
  ),
  change(
    'closed',
    fc.constantFrom<Changes['closed']>(
      { state: 'completed', outcome: 'migrated', leftInPlace: [] },
      { state: 'aborted', outcome: 'aborted', leftInPlace: [] },
      { state: 'failed', outcome: 'deadline_passed', leftInPlace: [] },
    ),
  ),
);

describe('whatever happens to a migration', () => {
  test('every change is one event, numbered without gaps, and moves the revision by one', () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 40 }), (changes) => {
        const state = changes.reduce((sofar, act) => act(sofar, START), openState(migrationInput()));
        expect(state.outbox.map((event) => event.sequence)).toEqual(changes.map((_, index) => index + 1));
        expect(state.migration.revision).toBe(changes.length);
      }),
    );
  });

  test('the state survives being written and read back', () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 40 }), (changes) => {
        const state = changes.reduce((sofar, act) => act(sofar, START), openState(migrationInput()));
        const written: unknown = JSON.parse(JSON.stringify(state));
        expect(JSON.parse(JSON.stringify(reviveState(written)))).toEqual(written);
      }),
    );
  });

  test('abort is allowed exactly until the first registration attempt, and nothing but a replay after the end', () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 40 }), (changes) => {
        const state = changes.reduce((sofar, act) => act(sofar, START), openState(migrationInput()));
        const { allowedActions, registerAttemptedAt } = state.migration;
        if (isClosed(state)) {
          expect(allowedActions.filter((action) => action !== 'replay')).toEqual([]);
        } else {
          expect(allowedActions.includes('abort')).toBe(registerAttemptedAt === null && state.abort === null);
        }
      }),
    );
  });

  test('a closed migration waits for nobody and has no blocking task open', () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 40 }), (changes) => {
        const state = changes.reduce((sofar, act) => act(sofar, START), openState(migrationInput()));
        const closed = apply(state, 'closed', { state: 'aborted', outcome: 'aborted', leftInPlace: [] });
        expect(openBlockingTasks(closed)).toEqual([]);
        expect(closed.migration.waitingFor).toBeNull();
      }),
    );
  });
});
