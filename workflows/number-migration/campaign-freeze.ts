/**
 * Campaigns are stopped before the cut-over (R17, `freeze_campaigns` of the preparation) and stay so after it until the
 * templates they send are approved at the destination (P-8). Every look at the moved number counts what is missing, and
 * closes the task when nothing is.
 */
import type { AcceptanceCheck, Task } from '../../shared/migration';
import { CAMPAIGN_TEMPLATES, type PreparationKind } from '../../shared/preparation';
import { taskText } from '../../shared/texts';
import type { TextRef } from '../../shared/texts/wording';
import { renewalOf, type TaskSpec } from './changes';
import type { MigrationRun } from './migration-run';

const KIND: PreparationKind = 'freeze_campaigns';
/** Like the other tasks about templates that are not there: nothing waits for it. */
const STEP = 'templates';

const specOf = ({ text }: AcceptanceCheck): TaskSpec => {
  const { count = 0, templates = '' }: TextRef['params'] = text?.params ?? {};
  return {
    ...{ kind: KIND, party: 'client', requirement: 'P-8', step: STEP, blocking: false, dueAt: null },
    ...taskText('freeze_campaigns.templates', { count, templates }),
  };
};

/** Somebody starts campaigns without them, and said so. */
const isWaived = (tasks: readonly Task[]): boolean =>
  tasks.some(
    ({ kind, step, status, evidence }) =>
      kind === KIND && step === STEP && status === 'done' && evidence?.by.kind !== 'system',
  );

export const keepCampaignsFrozen = (run: MigrationRun, checks: readonly AcceptanceCheck[]): void => {
  const check = checks.find(({ name }) => name === CAMPAIGN_TEMPLATES);
  if (check === undefined || run.state.policy.preparation.omit.includes(KIND)) return;
  if (check.ok) {
    run.closeTask(STEP, KIND, 'the templates are approved at the destination');
    return;
  }
  const spec = specOf(check);
  const open = run.taskOf(STEP, KIND);
  if (open === undefined && !isWaived(run.state.migration.tasks)) run.openTask(spec);
  else if (open !== undefined && open.title !== spec.title)
    run.record('task_renewed', renewalOf(spec, open.id));
};
