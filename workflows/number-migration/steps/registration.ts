/**
 * The cut-over: `register` at the destination (meta §1.5). Before it the perishable checks are repeated, the usage at
 * the source is kept and the window honoured; then the point of no return is crossed, with no await between the look
 * for an abort and the scheduling of the call. Safe to repeat: the activity adopts a number that is already connected,
 * and counts every call. Undone by nobody: from here the work only goes forward, unless Meta's answer proves that
 * nothing happened.
 */
import { FINDING, PROBLEM, type Problem } from '../../../shared/problems';
import { taskText } from '../../../shared/texts';
import type { StepName } from '../../../shared/steps';
import type { AddressedFinding } from '../../../shared/texts/addressed';
import { startBy, whatLacksApproval } from '../approval';
import { hasVerificationLapsed, statusOf } from '../derived';
import { effects } from '../effects';
import { blockersOf, isDueForALook, judged, keepTasksInStep } from '../looking';
import type { MigrationRun } from '../migration-run';
import { LEADS_BACK_TO, problemOf, REOPENINGS_BEFORE_PARKING, StepOvertaken, StepProblem } from '../parking';
import { endPreparation } from '../tending';
import { awaitApproval } from './window';

/** How far back the last usage at the source is kept: a bill's dispute is about the days around the cut-over. */
const USAGE_KEPT_MS = 7 * 86_400_000;

export const registration = async (run: MigrationRun): Promise<void> => {
  const { registerAttemptedAt, cutover } = run.state.migration;
  if (cutover.registeredAt === null) {
    if (registerAttemptedAt === null) await makeSure(run);
    await register(run);
  }
  await awaitConnection(run);
};

/** Inside the window or approved, and nothing in the way: both at the same moment, however long either took. */
const makeSure = async (run: MigrationRun): Promise<void> => {
  do {
    await awaitApproval(run, 'registration');
    await lookUntilClear(run);
  } while (whatLacksApproval(run) !== null);
};

const lookUntilClear = async (run: MigrationRun): Promise<void> => {
  for (;;) {
    if (isDueForALook(run)) {
      run.beginLook();
      const blockers = await blockersOfLastLook(run);
      if (blockers.length === 0) return;
      keepTasksInStep(run, 'registration', blockers, run.deadlineOf('registration'));
      run.record('recheck_planned', { at: run.after(run.state.policy.twoStepRecheckEvery) });
    }
    await run.wait('registration', () => isDueForALook(run), {
      for: 'lastLook',
      wakeAt: run.state.recheckAt,
      bounded: true,
    });
  }
};

const blockersOfLastLook = async (run: MigrationRun): Promise<AddressedFinding[]> => {
  const { subject } = run;
  const [seen, usage] = await Promise.all([
    effects.lookAgain(subject, 'last_look'),
    effects.snapshotUsage({ subject, from: run.after(-USAGE_KEPT_MS), to: run.after(0) }),
  ]);
  run.record('usage_snapshot_taken', { buckets: usage.buckets, whyUnseen: usage.whyUnseen });
  // A history of before both sides were read has no destination in its answer.
  const { destination = null, ...source } = seen;
  const blockers = blockersOf(await judged(run, 'last_look', source, destination));
  if (blockers.some(({ code }) => code === FINDING.announcedNumberGone)) announceAnew(run);
  const cured = blockers.find(({ code }) => LEADS_BACK_TO[code] !== undefined);
  if (cured === undefined) return blockers;
  throw new StepProblem({
    code: cured.code,
    class: 'needs_party',
    title: `Right before the cut-over: ${cured.message}`,
    remedy: cured.remedy,
    ...(cured.text === undefined ? {} : { text: taskText('before_cutover', {}, [cured.text]).text }),
    party: cured.party,
    retryable: true,
    effect: 'none',
  });
};

/**
 * Somebody has removed the pending number, or a second popup has moved it on: a new record knows nothing of the proof of
 * ownership. Where the popup announces, its step looks for the number again, and asks for another popup when it is nowhere.
 */
const announceAnew = (run: MigrationRun): void => {
  const announces: StepName =
    statusOf(run.state, 'announcement') === undefined ? 'destination' : 'announcement';
  const steps = [announces, 'ownership' as const].filter((step) => statusOf(run.state, step) !== undefined);
  if ((run.state.reopenings[announces] ?? 0) >= REOPENINGS_BEFORE_PARKING) return;
  run.record('steps_reopened', { steps, because: FINDING.announcedNumberGone });
  throw new StepOvertaken();
};

/** As the reading afterwards asks for it, or the two could not be compared. */
const usageFrom = ({ state, now }: MigrationRun): string => {
  const { registerAttemptedAt } = state.migration;
  const asked = registerAttemptedAt === null ? now : Date.parse(registerAttemptedAt);
  return new Date(asked - USAGE_KEPT_MS).toISOString();
};

const register = async (run: MigrationRun): Promise<void> => {
  if (run.state.migration.registerAttemptedAt === null) {
    run.throwUnlessNext('registration');
    if (hasVerificationLapsed(run.state, run.now)) throw new StepOvertaken();
    run.record('point_of_no_return_crossed', {});
  }
  try {
    // Scheduled first; that the point was crossed is told at once, not only with the answer.
    const [registered] = await Promise.all([
      effects.registerNumber({
        subject: run.subject,
        wabaId: run.wabaId,
        phoneNumberId: run.phoneNumberId,
        startBy: startBy(run),
        storageRegionAt: run.state.policy.storageRegionAt,
        usageFrom: usageFrom(run),
      }),
      run.projection.flush(),
    ]);
    run.record('registered', registered);
  } catch (error) {
    const problem = problemOf(error);
    if (problem.effect === 'none') run.record('point_of_no_return_withdrawn', { code: problem.code });
    throw new StepProblem(problem);
  }
};

const NOT_CONNECTED: Problem = {
  code: PROBLEM.registeredNotConnected,
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
  endPreparation(run);
};
