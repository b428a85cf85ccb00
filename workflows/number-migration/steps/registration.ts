/**
 * The cut-over: `register` at the destination (meta §1.5). Before it the perishable checks are repeated, the usage at
 * the source is kept and the window honoured; then the point of no return is crossed, with no await between the look
 * for an abort and the scheduling of the call. Safe to repeat: the activity adopts a number that is already connected,
 * and counts every call. Undone by nobody: from here the work only goes forward, unless Meta's answer proves that
 * nothing happened.
 */
import { effects } from '../effects';
import { blockersOf, judged, keepTasksInStep } from '../looking';
import type { MigrationRun } from '../migration-run';
import { problemOf, StepProblem } from '../parking';
import { PROBLEM, type Problem } from '../../../shared/problems';
import { awaitApproval } from './window';

/** How far back the last usage at the source is kept: a bill's dispute is about the days around the cut-over. */
const USAGE_KEPT_MS = 7 * 86_400_000;

export const registration = async (run: MigrationRun): Promise<void> => {
  if (run.state.migration.cutover.registeredAt === null) {
    await lookOnceMore(run);
    await register(run);
  }
  await awaitConnection(run);
};

const lookOnceMore = async (run: MigrationRun): Promise<void> => {
  await awaitApproval(run, 'registration');
  if (run.state.migration.registerAttemptedAt !== null) return;
  const { subject } = run;
  const [seen, usage] = await Promise.all([
    effects.lookAgain(subject),
    effects.snapshotUsage({ subject, from: run.after(-USAGE_KEPT_MS), to: run.after(0) }),
  ]);
  run.record('usage_snapshot_taken', { buckets: usage.buckets, whyUnseen: usage.whyUnseen });
  const blockers = blockersOf(await judged(run, 'last_look', seen, null));
  const [first] = blockers;
  if (first === undefined) return;
  keepTasksInStep(run, 'registration', blockers, null);
  throw new StepProblem({
    code: first.code === PROBLEM.twoStepStillOn ? PROBLEM.twoStepStillOn : 'LAST_LOOK_FAILED',
    class: 'needs_party',
    title: `Right before the cut-over: ${first.message}`,
    remedy: first.remedy,
    party: first.party,
    retryable: true,
    effect: 'none',
  });
};

const register = async (run: MigrationRun): Promise<void> => {
  run.throwIfAborting();
  if (run.state.migration.registerAttemptedAt === null) run.record('point_of_no_return_crossed', {});
  try {
    // Scheduled first; that the point was crossed is told at once, not only with the answer.
    const [registered] = await Promise.all([
      effects.registerNumber({ subject: run.subject, wabaId: run.wabaId, phoneNumberId: run.phoneNumberId }),
      run.flush(),
    ]);
    run.record('registered', registered);
  } catch (error) {
    const problem = problemOf(error);
    if (problem.effect === 'none') run.record('point_of_no_return_withdrawn', { code: problem.code });
    throw new StepProblem(problem);
  }
};

const NOT_CONNECTED: Problem = {
  code: 'REGISTERED_BUT_NOT_CONNECTED',
  class: 'needs_party',
  title: 'Meta accepted the registration, but the number is not connected yet',
  remedy: 'Open a ticket with Meta with the number id and the time of the registration; retry looks again.',
  party: 'meta',
  retryable: true,
  effect: 'unknown',
  waitMs: 10 * 60_000,
};

const awaitConnection = async (run: MigrationRun): Promise<void> => {
  const { connectedAt } = await effects.awaitConnected({
    subject: run.subject,
    phoneNumberId: run.phoneNumberId,
    deadlineMs: run.state.policy.connectDeadline,
  });
  if (connectedAt === null) throw new StepProblem(NOT_CONNECTED);
  run.record('connected', { connectedAt });
};
