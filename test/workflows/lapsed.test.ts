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
  ...{ destinationPhoneNumberId: null, twoStepEnabled: null, freshUntil: FRESH_UNTIL },
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
