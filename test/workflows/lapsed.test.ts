/** What is done again because it was too long ago (360dialog §9.3, meta §1.4). */
import type { Judgement } from '../../activities/contract';
import { phoneNumberIdSchema } from '../../shared/ids';
import type { StepName } from '../../shared/steps';
import { nextStep } from '../../workflows/number-migration/derived';
import { lapsedBefore } from '../../workflows/number-migration/lapsed';
import { FINDINGS_STALE } from '../../workflows/number-migration/state-edits';
import { openState, type MigrationState } from '../../workflows/number-migration/state';
import { changed } from '../../workflows/number-migration/transitions';
import { migrationInput, requestBody, START } from './builders';

const SYSTEM = { kind: 'system', name: 'workflow' } as const;
const FRESH_UNTIL = '2026-11-22T11:00:00.000Z';
const LATER = Date.parse(FRESH_UNTIL);

const judgement: Judgement = {
  ...{ triage: 'migrate', findings: [], judged: [], baseline: null, sourcePhoneNumberId: null },
  ...{ destinationPhoneNumberId: null, twoStepEnabled: null },
  ...{ freshUntil: FRESH_UNTIL, announceBy: FRESH_UNTIL },
};

const looked = (state: MigrationState, told: Judgement = judgement): MigrationState =>
  changed(state, 'findings_recorded', { scope: 'preflight', findings: [], judgement: told }, SYSTEM, START);

const done = (state: MigrationState, ...steps: StepName[]): MigrationState =>
  steps.reduce(
    (sofar, step) =>
      changed(changed(sofar, 'step_started', { step }, SYSTEM, START), 'step_done', { step }, SYSTEM, START),
    state,
  );

const BEFORE = ['claim', 'eligibility', 'destination', 'templates', 'preparation', 'window'] as const;

describe('findings that are too old when the cut-over is about to begin', () => {
  const state = done(looked(openState(migrationInput())), ...BEFORE);

  test('are looked for again, and the window is asked whether it still stands', () => {
    const lapsed = lapsedBefore('two_step_off', state, LATER);
    expect(lapsed).toEqual({ steps: ['eligibility', 'window'], because: FINDINGS_STALE });
    if (lapsed === null) throw new Error('nothing has lapsed');
    const reopened = changed(state, 'steps_reopened', lapsed, SYSTEM, FRESH_UNTIL);
    expect(nextStep(reopened)).toBe('eligibility');
    // Nobody has failed: the times a step may lead back are left for those who do.
    expect(reopened.reopenings).toEqual({});
    expect(reopened).toMatchObject({ recheckAt: null });
  });

  test('are not looked for while they are fresh, before any other step, or where no look said how long it holds', () => {
    expect(lapsedBefore('two_step_off', state, LATER - 1)).toBeNull();
    expect(lapsedBefore('funding', state, LATER)).toBeNull();
    const { freshUntil: _absent, ...undated } = judgement;
    const ofBefore = done(looked(openState(migrationInput()), undated), ...BEFORE);
    expect(lapsedBefore('two_step_off', ofBefore, LATER)).toBeNull();
  });

  test('are no longer looked for once the step waits, or the number is on its way', () => {
    const begun = changed(state, 'step_started', { step: 'two_step_off' }, SYSTEM, START);
    const waiting = changed(begun, 'step_waiting', { step: 'two_step_off' }, SYSTEM, START);
    expect(lapsedBefore('two_step_off', waiting, LATER)).toBeNull();
    const phoneNumberId = phoneNumberIdSchema.parse('3001');
    const announced = changed(state, 'number_announced', { phoneNumberId, adopted: false }, SYSTEM, START);
    expect(lapsedBefore('two_step_off', announced, LATER)).toBeNull();
    const { wabaId: _made, ...noAccount } = requestBody().destination;
    const signup = migrationInput({ route: 'embedded_signup', destination: noAccount });
    const ready = done(looked(openState(signup)), 'claim', 'eligibility', 'preparation', 'window');
    expect(lapsedBefore('two_step_off', ready, LATER)).not.toBeNull();
    const opened = changed(ready, 'step_started', { step: 'destination' }, SYSTEM, START);
    expect(lapsedBefore('two_step_off', opened, LATER)).toBeNull();
  });
});

describe('findings that have become too old while two-step verification, or the payment, was waited for', () => {
  const state = done(looked(openState(migrationInput())), ...BEFORE, 'two_step_off');
  const STEPS: StepName[] = ['eligibility', 'window', 'two_step_off'];
  const AGAIN = { steps: STEPS, because: FINDINGS_STALE };

  test('are looked for again before anything is announced, and two-step verification after them', () => {
    expect(lapsedBefore('funding', state, LATER)).toEqual(AGAIN);
    expect(lapsedBefore('announcement', done(state, 'funding'), LATER)).toEqual(AGAIN);
    const reopened = changed(state, 'steps_reopened', AGAIN, SYSTEM, FRESH_UNTIL);
    expect(nextStep(reopened)).toBe('eligibility');
    // Nobody has failed: it neither settles first, nor is a time of leading back used up.
    expect(reopened.reopenings).toEqual({});
    const fresh = { ...judgement, announceBy: new Date(LATER + 1).toISOString() };
    const again = done(looked(reopened, fresh), 'eligibility', 'window', 'two_step_off');
    expect(lapsedBefore('funding', again, LATER)).toBeNull();
  });

  test('are not looked for while they are fresh, or once the step is under way', () => {
    expect(lapsedBefore('funding', state, LATER - 1)).toBeNull();
    const begun = changed(state, 'step_started', { step: 'funding' }, SYSTEM, START);
    const waiting = changed(begun, 'step_waiting', { step: 'funding' }, SYSTEM, START);
    expect(lapsedBefore('funding', waiting, LATER)).toBeNull();
  });

  test('are not looked for once an announcement was begun, whose reply may have been lost, or the client is in the popup', () => {
    const paid = done(state, 'funding');
    const begun = changed(paid, 'step_started', { step: 'announcement' }, SYSTEM, START);
    const retried = changed(begun, 'step_unparked', { step: 'announcement', decided: true }, SYSTEM, START);
    expect(lapsedBefore('announcement', retried, LATER)).toBeNull();
    const phoneNumberId = phoneNumberIdSchema.parse('3001');
    const announced = changed(paid, 'number_announced', { phoneNumberId, adopted: false }, SYSTEM, START);
    expect(lapsedBefore('announcement', announced, LATER)).toBeNull();
    const { wabaId: _made, ...noAccount } = requestBody().destination;
    const signup = migrationInput({ route: 'embedded_signup', destination: noAccount });
    const ready = done(
      looked(openState(signup)),
      'claim',
      'eligibility',
      'preparation',
      'window',
      'two_step_off',
    );
    expect(lapsedBefore('destination', ready, LATER)).toEqual(AGAIN);
    const opened = changed(ready, 'step_started', { step: 'destination' }, SYSTEM, START);
    const overtaken = changed(opened, 'step_overtaken', { step: 'destination' }, SYSTEM, START);
    expect(lapsedBefore('destination', overtaken, LATER)).toBeNull();
  });

  test('are of no account where the last look did not tell it: what went on without goes on so', () => {
    const { announceBy: _absent, ...ofBefore } = judgement;
    expect(lapsedBefore('funding', done(looked(state, ofBefore)), LATER)).toBeNull();
  });
});
