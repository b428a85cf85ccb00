/** What an abort leaves in place (product, promise 5): what is ours, and what may be. */
import type { Problem } from '../../shared/problems';
import type { StepName } from '../../shared/steps';
import { leftInPlace } from '../../workflows/number-migration/abort';
import { openState, type MigrationState } from '../../workflows/number-migration/state';
import { changed } from '../../workflows/number-migration/transitions';
import { migrationInput, requestBody, START } from './builders';

const parked = (
  step: StepName,
  effect: Problem['effect'],
  request: Parameters<typeof requestBody>[0] = {},
): MigrationState => {
  const problem: Problem = {
    code: 'ANSWER_LOST',
    class: 'unknown_outcome',
    title: 'lost',
    remedy: 'look',
    party: 'operator',
    retryable: true,
    effect,
  };
  const actor = { kind: 'system', name: 'workflow' } as const;
  return changed(
    openState(migrationInput(request)),
    'step_parked',
    { step, problem, wakesAt: null },
    actor,
    START,
  );
};
const saidOf = (state: MigrationState): [string, boolean][] =>
  leftInPlace(state).map(({ kind, detail }) => [kind, /\bmay be\b/.test(detail)]);

test('a line and a subscription whose call was made, and which nobody could read since, are named as uncertain', () => {
  expect(saidOf(parked('funding', 'unknown'))).toEqual([['credit_line', true]]);
  expect(saidOf(parked('destination', 'unknown'))).toEqual([['subscribed_app', true]]);
});

test('what was refused, what is the client’s own card, and an account that is not there yet, leave nothing in doubt', () => {
  expect(saidOf(parked('funding', 'none'))).toEqual([]);
  expect(saidOf(parked('destination', 'none'))).toEqual([]);
  expect(saidOf(parked('funding', 'unknown', { funding: { payer: 'client_card' } }))).toEqual([]);
  const { wabaId: _, ...unnamed } = requestBody().destination;
  expect(saidOf(parked('destination', 'unknown', { destination: unnamed }))).toEqual([]);
});
