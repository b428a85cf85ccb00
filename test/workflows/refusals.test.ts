import type { RefusalCode } from '../../shared/messages';
import { STEP_NAMES, type StepName } from '../../shared/steps';
import { staleSteps } from '../../workflows/number-migration/amendments';
import type { ChangeName, Changes } from '../../workflows/number-migration/changes';
import { planOfState } from '../../workflows/number-migration/plan';
import { invalidWindowEnds, refusalOf } from '../../workflows/number-migration/refusals';
import { openState, type MigrationState } from '../../workflows/number-migration/state';
import { changed } from '../../workflows/number-migration/transitions';
import { wabaIdSchema } from '../../shared/ids';
import { migrationInput, START } from './builders';

const NOW = Date.parse(START);
const apply = <K extends ChangeName>(state: MigrationState, type: K, data: Changes[K]): MigrationState =>
  changed(state, type, data, { kind: 'api_key', name: 'backend' }, START);

const inStep = (name: StepName): MigrationState => {
  const before = STEP_NAMES.slice(0, STEP_NAMES.indexOf(name));
  const reached = before.reduce(
    (state, step) => apply(state, 'step_done', { step }),
    openState(migrationInput()),
  );
  return apply(reached, 'step_started', { step: name });
};
const withCodeSent = (): MigrationState =>
  apply(inStep('ownership'), 'code_requested', {
    sentAt: START,
    method: 'sms',
    language: 'en',
    wrongGuesses: 0,
    certain: true,
  });
const wrong = (state: MigrationState): MigrationState =>
  apply(state, 'code_verdict', { outcome: 'wrong', retryAt: null });
const aborted = apply(inStep('templates'), 'closed', {
  state: 'aborted',
  outcome: 'aborted',
  leftInPlace: [],
});
const attempted = apply(inStep('registration'), 'point_of_no_return_crossed', {});
const parked = (name: StepName): MigrationState =>
  apply(inStep(name), 'step_parked', {
    step: name,
    wakesAt: null,
    problem: {
      code: 'X',
      class: 'permanent',
      title: 'x',
      remedy: 'x',
      party: 'operator',
      retryable: true,
      effect: 'none',
    },
  });

describe('a message is refused', () => {
  test.each<[string, RefusalCode | null, RefusalCode | null]>([
    [
      'a code before one was asked for',
      refusalOf.submitCode(inStep('announcement'), NOW),
      'not_waiting_for_code',
    ],
    ['a code while it is waited for: taken', refusalOf.submitCode(withCodeSent(), NOW), null],
    ['a fourth guess', refusalOf.submitCode(wrong(wrong(wrong(withCodeSent()))), NOW), 'guesses_used_up'],
    [
      'a code while guessing is locked',
      refusalOf.submitCode(
        apply(withCodeSent(), 'code_verdict', { outcome: 'locked', retryAt: '2026-11-22T22:00:00.000Z' }),
        NOW,
      ),
      'guesses_used_up',
    ],
    ['a code for a parked step', refusalOf.submitCode(parked('ownership'), NOW), 'not_waiting_for_code'],
    ['a code after the end', refusalOf.submitCode(aborted, NOW), 'migration_closed'],
    ['a sixth code request', refusalOf.requestCode(requested(5), NOW), 'code_requests_used_up'],
    ['a fifth code request: taken', refusalOf.requestCode(requested(4), NOW), null],
    ['a sixth code request a day later: taken', refusalOf.requestCode(requested(5), NOW + 86_400_001), null],
    [
      'a retry of a step that is not parked',
      refusalOf.retry(inStep('funding'), 'funding'),
      'step_not_blocked',
    ],
    ['a retry of a parked step: taken', refusalOf.retry(parked('funding'), 'funding'), null],
    [
      'skipping the registration',
      refusalOf.skip(parked('registration'), 'registration'),
      'step_not_skippable',
    ],
    ['skipping parked templates: taken', refusalOf.skip(parked('templates'), 'templates'), null],
    ['an abort before the registration: taken', refusalOf.abort(inStep('registration')), null],
    ['an abort after the first registration attempt', refusalOf.abort(attempted), 'past_point_of_no_return'],
    ['a new window after it', refusalOf.reschedule(attempted), 'past_point_of_no_return'],
    ['a task nobody knows', refusalOf.completeTask(inStep('ownership'), 'tsk_x', 'done'), 'unknown_task'],
    ['an approval nobody asked for', refusalOf.approveCutover(inStep('window')), 'nothing_to_approve'],
    [
      'an amendment of what has changed since it was read',
      refusalOf.amend(inStep('window'), { templates: { copy: false } }, 0),
      'revision_changed',
    ],
    [
      'another destination after the announcement',
      refusalOf.amend(
        inStep('ownership'),
        { destination: { wabaId: wabaIdSchema.parse('2003') } },
        undefined,
      ),
      'field_frozen',
    ],
    [
      'another credential after the announcement: taken',
      refusalOf.amend(inStep('ownership'), { destination: { credential: 'renewed' } }, undefined),
      null,
    ],
    [
      'a signup result nobody waits for',
      refusalOf.signupResult(inStep('destination')),
      'not_waiting_for_signup',
    ],
  ])('%s', (_title, verdict, expected) => {
    expect(verdict).toBe(expected);
  });

  test('an amended destination makes stale what followed from it', () => {
    const patch = { destination: { wabaId: wabaIdSchema.parse('2003') } };
    expect(staleSteps(inStep('announcement'), patch)).toEqual([
      'eligibility',
      'destination',
      'templates',
      'funding',
    ]);
  });
});

describe('a change to the window that stands from 12:00 to 13:00', () => {
  const at = (time: string) => `2026-11-23T${time}:00.000Z`;
  const state = apply(inStep('window'), 'rescheduled', {
    notBefore: at('12:00'),
    notAfter: at('13:00'),
    reason: 'x',
  });
  const before = 'an instant at least 15 minutes before notAfter';
  const after = 'an instant at least 15 minutes after notBefore';

  test.each([
    ['closes it 15 minutes after it opens: taken', { notAfter: at('12:15') }, null],
    ['closes it a minute earlier', { notAfter: at('12:14') }, ['cutover/notAfter', after]],
    ['opens it 15 minutes before it closes: taken', { notBefore: at('12:45') }, null],
    [
      'opens it a minute later',
      { notBefore: at('12:46') },
      ['cutover/notBefore', `${before} (${at('13:00')})`],
    ],
    ['moves both ends to another day: taken', { notBefore: at('20:00'), notAfter: at('21:00') }, null],
    [
      'moves both ends too near',
      { notBefore: at('20:00'), notAfter: at('20:10') },
      ['cutover/notAfter', after],
    ],
    ['turns it around', { notAfter: at('11:00') }, ['cutover/notAfter', after]],
    ['takes its end away, however late it opens: taken', { notBefore: at('23:00'), notAfter: null }, null],
    ['takes its beginning away: taken', { notBefore: null }, null],
    ['says nothing of its ends: taken', {}, null],
    ['is no instant', { notAfter: 'soon' }, ['cutover/notAfter', after]],
  ])('%s', (_title, change, expected) => {
    expect(
      invalidWindowEnds(state, change, ['cutover']).map((field) => [field.path.join('/'), field.expected]),
    ).toEqual(expected === null ? [] : [expected]);
  });
});

function requested(times: number): MigrationState {
  return Array.from({ length: times }).reduce<MigrationState>(
    (state) =>
      apply(state, 'code_requested', {
        sentAt: START,
        method: 'sms',
        language: 'en',
        wrongGuesses: 0,
        certain: true,
      }),
    inStep('ownership'),
  );
}

describe('an approval that was asked for', () => {
  const asked = apply(inStep('window'), 'task_opened', {
    ...{ kind: 'approve_cutover', party: 'operator', requirement: null, step: 'window', blocking: true },
    ...{ dueAt: null, title: 'Approve the cut-over', howTo: 'approve' },
  });
  const lookingAgain = apply(
    apply(asked, 'steps_reopened', { steps: ['eligibility'], because: 'account_update' }),
    'step_overtaken',
    { step: 'window' },
  );

  test('is taken also while a webhook makes an earlier step look again, and once', () => {
    expect(lookingAgain.migration.tasks.some(({ status }) => status === 'open')).toBe(false);
    expect(refusalOf.approveCutover(lookingAgain)).toBeNull();
    expect(lookingAgain.migration.allowedActions).toContain('approve_cutover');
    const { planHash } = planOfState(lookingAgain);
    expect(refusalOf.approveCutover(lookingAgain, { planHash: `not ${planHash}` })).toBe('plan_changed');
    const approved = changed(
      lookingAgain,
      'cutover_approved',
      { reason: 'go', planHash },
      { kind: 'api_key', name: 'support' },
      new Date(NOW + 1).toISOString(),
    );
    expect(refusalOf.approveCutover(approved)).toBe('nothing_to_approve');
  });

  test('is over when it was withdrawn because nothing lacked any more', () => {
    const taskId = asked.migration.tasks[0]?.id;
    if (taskId === undefined) throw new Error('no task');
    const closed = apply(asked, 'task_closed', {
      ...{ taskId, status: 'done', statement: 'approved or rescheduled' },
    });
    expect(refusalOf.approveCutover(closed)).toBe('nothing_to_approve');
  });
});
