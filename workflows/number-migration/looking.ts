/** Observe, judge, and turn findings into tasks: used by every step that must know how things are. */
import type { DestinationFacts, Judgement, Scope, SideFacts } from '../../activities/contract';
import { addressOf, type AddressedFinding } from '../../shared/texts/addressed';
import { effects, quickly } from './effects';
import type { MigrationRun } from './migration-run';
import { findingTaskSchema } from './task-kinds';

export const judged = async (
  run: MigrationRun,
  scope: Scope,
  source: SideFacts,
  destination: DestinationFacts | null,
): Promise<Judgement> => {
  const seen = {
    subject: run.subject,
    scope,
    source,
    destination,
    now: new Date(run.now).toISOString(),
    settings: run.state.policy.eligibility,
  };
  const judgement = await quickly.judge(seen).catch(() => effects.judge(seen));
  run.record('findings_recorded', { scope, findings: judgement.findings, judgement });
  return judgement;
};

/** Both sides, at once. */
export const lookAtBothSides = async (run: MigrationRun, scope: Scope): Promise<Judgement> => {
  const [source, destination] = await Promise.all([
    effects.observeSource(run.subject),
    effects.observeDestination(run.subject),
  ]);
  return judged(run, scope, source, destination);
};

/** Not looked yet, asked to look (a task reported done asks too), or the time for a look has come. */
export const isDueForALook = ({ state, now }: MigrationRun): boolean =>
  state.recheckAt === null || state.recheckAsked || Date.parse(state.recheckAt) <= now;

export const blockersOf = ({ findings }: Judgement): AddressedFinding[] =>
  findings.filter((finding) => finding.severity === 'blocker');

/** Steps that wait for parties to do away with what a look has found. */
export const STEPS_WITH_FINDINGS = ['eligibility', 'destination', 'two_step_off', 'registration'] as const;

/**
 * One blocking task a blocker. A task whose finding is gone is closed; one that was reported done although the finding
 * is still observed opens again, because an observation is worth more than a statement.
 */
export const keepTasksInStep = (
  run: MigrationRun,
  step: (typeof STEPS_WITH_FINDINGS)[number],
  blockers: AddressedFinding[],
  dueAt: string | null,
): void => {
  for (const task of run.state.migration.tasks) {
    const isStale = task.step === step && task.status === 'open' && task.blocking;
    if (isStale && !blockers.some((finding) => kindOf(finding) === task.kind)) {
      run.closeTask(step, task.kind, 'no longer observed');
    }
  }
  for (const finding of blockers) {
    const said = { title: finding.message, howTo: finding.remedy, ...addressOf(finding) };
    const known = run.taskOf(step, kindOf(finding));
    if (known === undefined) {
      const { requirement } = finding;
      run.openTask({
        ...{ kind: kindOf(finding), requirement, step, blocking: true, dueAt },
        ...said,
      });
    } else if (known.title !== said.title) {
      // The same thing is wrong in another way: a name that was pending is declined, a site that was down is for sale.
      run.record('task_renewed', { taskId: known.id, dueAt: known.dueAt, ...said });
    }
  }
};

const kindOf = (finding: AddressedFinding) => findingTaskSchema.parse(finding.code.toLowerCase());
