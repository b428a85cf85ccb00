/**
 * Two-step verification switched off at the source, as late as possible and without deleting the number (R21, R22).
 * No API can do it (meta §1.2): read whether it is off, and wait for whoever must switch it. Where only the source's
 * token could see it, the party's statement is taken; a token that does not see it any more is the operator's task
 * beside it, because without either nobody would ever notice that it is off. Reads only; safe to repeat.
 */
import type { Judgement } from '../../../activities/contract';
import { FINDING, PROBLEM } from '../../../shared/problems';
import type { AddressedFinding } from '../../../shared/texts/addressed';
import { effects } from '../effects';
import { blockersOf, isDueForALook, judged, keepTasksInStep } from '../looking';
import type { MigrationRun } from '../migration-run';
import { StepProblem } from '../parking';

export const twoStepOff = async (run: MigrationRun): Promise<void> => {
  await letItSettle(run);
  for (;;) {
    if (isDueForALook(run)) {
      run.beginLook();
      const judgement = await judged(
        run,
        'two_step',
        await effects.lookForTwoStep(run.subject, 'two_step'),
        null,
      );
      leadBackIfGone(run, judgement);
      const blockers = blockersOf(judgement);
      keepTasksInStep(run, 'two_step_off', inTheWay(judgement, blockers), run.deadlineOf('two_step_off'));
      if (blockers.length === 0) return;
      run.record('recheck_planned', { at: run.after(run.state.policy.twoStepRecheckEvery) });
    }
    await run.wait('two_step_off', () => isDueForALook(run), {
      for: 'twoStepOff',
      wakeAt: run.state.recheckAt,
      bounded: true,
    });
  }
};

/** A source that cannot be read holds nothing up by itself, but while it is to be seen that something has changed. */
const inTheWay = (judgement: Judgement, blockers: AddressedFinding[]): AddressedFinding[] =>
  blockers.length === 0
    ? []
    : [...judgement.findings.filter(({ code }) => code === FINDING.sourceUnreadable), ...blockers];

/** What the triage ends a migration for, when it comes up only now. */
const IS_GONE: readonly Judgement['triage'][] = ['not_on_platform', 'moved_elsewhere', 'coexistence'];

/**
 * Who was asked to switch two-step verification off may have deleted the number instead (P-5): there is nothing left to
 * wait for, and the triage of eligibility says what it has become.
 */
const leadBackIfGone = (run: MigrationRun, { triage, findings }: Judgement): void => {
  const [gone] = findings.filter(({ severity }) => severity === 'blocker');
  if (!IS_GONE.includes(triage) || gone === undefined || run.state.migration.cutover.announcedAt !== null)
    return;
  throw new StepProblem({
    code: PROBLEM.noMigrationNeeded,
    class: 'permanent',
    title: gone.message,
    remedy: gone.remedy,
    ...(gone.text === undefined ? {} : { text: gone.text }),
    party: gone.party,
    retryable: true,
    effect: 'none',
  });
};

/** A registration was refused although it looked off: give it time to spread before it costs another attempt (P-1). */
const letItSettle = async (run: MigrationRun): Promise<void> => {
  if ((run.state.reopenings.two_step_off ?? 0) === 0) return;
  if (run.state.twoStepSettlesAt === null) {
    run.record('two_step_settling', { until: run.after(run.state.policy.twoStepSettles) });
  }
  await run.wait('two_step_off', () => run.state.recheckAsked, {
    for: 'twoStepSettling',
    wakeAt: run.state.twoStepSettlesAt,
  });
};
