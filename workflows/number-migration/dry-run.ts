/**
 * A dry run: the same looks and the same rules as an execution, and nothing else. Nothing is claimed, nothing waited
 * for, nothing changed; what would be done stands in the plan. Each look reads; safe to repeat; nothing to undo.
 */
import type { StepName } from '../../shared/steps';
import type { MigrationState } from './state';
import { effects } from './effects';
import { lookAtBothSides } from './looking';
import type { MigrationRun } from './migration-run';
import { problemOf } from './parking';
import type { Step } from './perform-step';
import { ENDS_AS } from './triage-outcomes';

const LOOKS: readonly StepName[] = ['eligibility', 'templates'];

const leaveOut = (run: MigrationRun, steps: readonly StepName[]): void => {
  for (const step of steps) run.record('step_skipped', { step, reason: 'a dry run only plans this' });
};

/** The number stays free for whoever really moves it. All that is not looked at is left out here, in one go. */
const claimNothing = async (run: MigrationRun): Promise<void> => {
  leaveOut(
    run,
    run.state.migration.steps.map(({ name }) => name).filter((name) => !LOOKS.includes(name)),
  );
};

const lookOnce = async (run: MigrationRun): Promise<void> => {
  await lookAtBothSides(run, 'preflight');
  run.throwIfAborting();
};

/** Nothing would be copied: the migration would end with its triage, or has arrived already. */
const isSettled = ({ known }: MigrationState): boolean =>
  known?.triage === 'already_at_destination' ||
  (known?.triage != null && ENDS_AS[known.triage] !== undefined);

const predictTemplates = async (run: MigrationRun): Promise<void> => {
  const { request, policy, migration } = run.state;
  if (!request.templates.copy || isSettled(run.state)) {
    leaveOut(run, ['templates']);
    return;
  }
  try {
    const inventory = await effects.inventoryTemplates({
      subject: run.subject,
      wabaId: migration.destination.wabaId === null ? null : run.wabaId,
      pageSize: policy.templatePageSize,
      copyQualities: policy.templateCopyQualities,
    });
    run.record('templates_inventoried', { inventory });
  } catch (error) {
    const { class: failureClass, code, title } = problemOf(error);
    if (failureClass !== 'needs_party' && failureClass !== 'permanent') throw error;
    run.record('templates_unseen', { why: `${code}: ${title}` });
  }
};

const DRY: Readonly<Partial<Record<StepName, Step>>> = {
  claim: claimNothing,
  eligibility: lookOnce,
  templates: predictTemplates,
};

/** What a step means in a dry run. */
export const dryStepOf = (step: StepName): Step => DRY[step] ?? (async (run) => leaveOut(run, [step]));
