/**
 * Messages of the moved number that are turned to another address than the app's (P-10, meta §8.1): a task says to whom, and a
 * person says whether that is meant so. The word holds for that address, before the acceptance and after it.
 */
import type { AcceptanceCheck, Task } from '../../shared/migration';
import { taskText } from '../../shared/texts';
import { inWords, shownAs } from '../../shared/texts/shown';
import { TURNED_ELSEWHERE } from '../../shared/webhook-override';
import { renewalOf, type TaskSpec } from './changes';
import type { MigrationRun } from './migration-run';

export const DECIDE_OVERRIDE = 'decide_webhook_override' as const;

export const isTurned = ({ name, ok }: AcceptanceCheck): boolean => name === TURNED_ELSEWHERE && !ok;

const hostIn = (told: Pick<AcceptanceCheck | Task, 'text'>): string =>
  String(told.text?.params['host'] ?? '');

const isSaidOf = (host: string, task: Task): boolean =>
  task.kind === DECIDE_OVERRIDE &&
  task.status === 'done' &&
  task.evidence !== null &&
  task.evidence.by.kind !== 'system' &&
  hostIn(task) === host;

/** What a person has said is meant so is as it should be. */
export const withStatedOverride = <C extends AcceptanceCheck>(
  tasks: readonly Task[],
  checks: readonly C[],
): C[] =>
  checks.map((check) => {
    const host = hostIn(check);
    if (!isTurned(check) || !tasks.some((task) => isSaidOf(host, task))) return check;
    const said = shownAs(inWords('yes, to {host}', { host }), inWords('yes, to {host}', { host }));
    return { ...check, ...said, ok: true, required: false };
  });

export const overrideTask = (
  check: AcceptanceCheck,
  frame: Pick<TaskSpec, 'step' | 'blocking' | 'dueAt'>,
): TaskSpec => ({
  ...{ kind: DECIDE_OVERRIDE, party: 'operator', requirement: null },
  ...frame,
  ...taskText(DECIDE_OVERRIDE, { host: hostIn(check) }),
});

/** Turned after the acceptance: asked as well, and nothing waits for it. */
export const tellTurned = (run: MigrationRun, checks: readonly AcceptanceCheck[]): void => {
  const turned = checks.find(isTurned);
  if (turned === undefined) {
    run.closeTask('aftercare', DECIDE_OVERRIDE, 'no longer observed');
    return;
  }
  const spec = overrideTask(turned, { step: 'aftercare', blocking: false, dueAt: null });
  const known = run.taskOf('aftercare', DECIDE_OVERRIDE);
  if (known === undefined) run.openTask(spec);
  else if (known.title !== spec.title) run.record('task_renewed', renewalOf(spec, known.id));
};
