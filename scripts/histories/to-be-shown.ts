/**
 * What recorded histories must show, derived from the code's own tables: a new step, task, wait, effect, change or message
 * is asked for by itself. Pure.
 */
import { SIGNALS, UPDATES } from '../../shared/messages';
import { OUTCOMES } from '../../shared/migration';
import { FAILURE_CLASSES, PROBLEM } from '../../shared/problems';
import { ROUTES, ROUTE_STEPS, STEP_NAMES, type StepName } from '../../shared/steps';
import { EFFECT_SUMMARIES } from '../../workflows/number-migration/effects';
import { STEPS_WITH_FINDINGS } from '../../workflows/number-migration/looking';
import { LEADS_BACK_TO } from '../../workflows/number-migration/parking';
import { TASK_KINDS } from '../../workflows/number-migration/task-kinds';
import { CHANGE_NAMES } from '../../workflows/number-migration/transitions';
import { WAITS } from '../../workflows/number-migration/waits';

/** These call nothing that can refuse them, or try until they succeed. */
const NEVER_PARK: readonly StepName[] = ['claim', 'preparation', 'window', 'billing'];

const stepsBefore = (route: (typeof ROUTES)[number], end: StepName): readonly StepName[] =>
  ROUTE_STEPS[route].slice(0, Math.max(0, ROUTE_STEPS[route].indexOf(end)));

const routes = ROUTES.filter((route) => ROUTE_STEPS[route].length > 0);

/** Every label that some recording must bear. */
export const toBeShown = (): string[] => [
  ...routes.flatMap((route) => ROUTE_STEPS[route].map((step) => `${route}: ${step} done`)),
  ...routes.map((route) => `dry run: ${route}`),
  // Nothing is awaited in `claim` and `billing` that an abort could come between.
  ...routes.flatMap((route) =>
    stepsBefore(route, 'registration')
      .filter((step) => step !== 'claim')
      .map((step) => `${route}: aborted in ${step}`),
  ),
  ...CHANGE_NAMES.map((name) => `change ${name}`),
  ...TASK_KINDS.map((kind) => `task ${kind}`),
  ...STEPS_WITH_FINDINGS.map((step) => `task for a finding in ${step}`),
  ...STEP_NAMES.filter((step) => !NEVER_PARK.includes(step)).map((step) => `parked in ${step}`),
  ...FAILURE_CLASSES.map((failure) => `parked: ${failure}`),
  ...['unparked by a person', 'unparked by itself', 'skipped: decided'],
  ...[PROBLEM.ownershipNotVerified, ...Object.keys(LEADS_BACK_TO)].map((code) => `led back by ${code}`),
  ...Object.values(WAITS).map(({ why }) => `wait: ${why}`),
  ...Object.values(WAITS).flatMap(({ why, long }) => (long ? [`continued into: ${why}`] : [])),
  ...Object.values(EFFECT_SUMMARIES).map((summary) => `effect ${summary}`),
  ...Object.values(UPDATES).map((name) => `update ${name}`),
  ...Object.values(SIGNALS).map((name) => `signal ${name}`),
  // A terminated run told nobody; its history has no decision of ours in it.
  ...OUTCOMES.filter((outcome) => outcome !== 'terminated').map((outcome) => `outcome ${outcome}`),
  ...['completed', 'aborted', 'failed'].map((state) => `ends ${state}`),
  ...['verified', 'wrong', 'expired', 'locked', 'unknown', 'undelivered'].map(
    (verdict) => `verdict ${verdict}`,
  ),
  ...['code', 'already_verified', 'signup'].map((how) => `ownership by ${how}`),
  ...['registered', 'adopted'].map((outcome) => `registration ${outcome}`),
  ...['replayed from the start', 'replayed from a step', 'continued as new', 'cancelled in Temporal'],
  ...['an effect that failed', 'an effect that timed out'],
];
