/**
 * Proof of ownership: a code by SMS or voice, handed in by a person (R47, meta §1.4). A code is never sent by itself a
 * second time, and never guessed. Safe to repeat: what was verified stays verified for 14 days. The code expires.
 */
import type { CodeVerdict } from '../../../shared/messages';
import { taskText } from '../../../shared/texts';
import { effects } from '../effects';
import type { CodeInHand, MigrationRun } from '../migration-run';
import { problemOf, StepProblem } from '../parking';
import type { CodeWanted } from '../state';
import { isTwoStepDoubted, lookWhetherOnAgain, refuseCodeWhenOnAgain } from './two-step-again';
import { awaitApproval } from './window';

export const ownership = async (run: MigrationRun): Promise<void> => {
  try {
    if (run.state.codes.underWay === null && run.state.codes.wanted === null) await beginAsking(run);
    while (run.state.verifiedAt === null) {
      if (isTwoStepDoubted(run) && run.codesInHand.length === 0) await lookWhetherOnAgain(run);
      else if (run.state.codes.wanted !== null) await sendCode(run);
      else await awaitCode(run);
    }
  } finally {
    answerTheRest(run);
  }
};

/** The client said when the code is to be sent: as soon as it can be used, or when somebody is at the phone. */
const beginAsking = async (run: MigrationRun): Promise<void> => {
  const { send, method, language } = run.state.request.verification;
  if (send === 'on_ready' && run.state.codes.sentInVain !== true) {
    run.record('code_wanted', { method, language });
    return;
  }
  run.openTask({
    kind: 'request_verification_code',
    party: 'client',
    requirement: 'R19',
    step: 'ownership',
    blocking: true,
    dueAt: run.deadlineOf('ownership'),
    ...taskText('request_verification_code', {}),
  });
  while (run.state.codes.wanted === null) {
    if (isTwoStepDoubted(run)) await lookWhetherOnAgain(run);
    await run.wait('ownership', () => run.state.codes.wanted !== null || isTwoStepDoubted(run), {
      for: 'codeAskedFor',
      bounded: true,
    });
  }
};

const sendCode = async (run: MigrationRun): Promise<void> => {
  // Here and not where it is waited for: the run that waited may have been continued as new by what was said.
  run.closeTask('ownership', 'request_verification_code', 'the code was asked for');
  // Nobody is rung up by itself outside the agreed hours; a person may still ask for a code at any time.
  const isAskedFor = () => run.state.codes.wanted?.byPerson === true;
  if (!isAskedFor()) await awaitApproval(run, 'ownership', isAskedFor);
  if (run.state.codes.wanted === null) return;
  const { wanted } = run.state.codes;
  const { method, language } = wanted;
  // The first code by itself follows the look that saw two-step verification off; from then on time may have passed.
  const isLater = wanted.byPerson === true || run.state.codes.requestedAt.length > 0;
  let outcome = await ask(run, wanted, { lookForTwoStep: isLater });
  if (outcome === 'two_step_on') {
    await refuseCodeWhenOnAgain(run);
    outcome = await ask(run, wanted, { lookForTwoStep: false });
  }
  if (outcome === 'refused' || outcome === 'two_step_on') return;
  if (outcome === 'already_verified') {
    run.record('ownership_verified', { how: 'already_verified' });
    return;
  }
  const now = run.after(0);
  run.closeTask('ownership', 'submit_verification_code', 'a new code was asked for');
  run.record('code_requested', {
    method,
    language,
    sentAt: now,
    wrongGuesses: 0,
    certain: outcome === 'sent',
  });
};

const ask = async (
  run: MigrationRun,
  { method, language }: Pick<CodeWanted, 'method' | 'language'>,
  { lookForTwoStep }: { lookForTwoStep: boolean },
) => {
  try {
    const { outcome } = await effects.requestCode({
      ...{ subject: run.subject, phoneNumberId: run.phoneNumberId, method, language },
      ...(lookForTwoStep ? { lookForTwoStep } : {}),
    });
    return outcome;
  } catch (error) {
    const problem = problemOf(error);
    if (problem.effect === 'unknown') return 'uncertain';
    if (run.state.codes.underWay === null || hasLapsed(run)) throw new StepProblem(problem);
    // The code that is under way may still be handed in.
    const retryAt = problem.waitMs === undefined ? null : run.after(problem.waitMs);
    run.record('code_request_refused', { code: problem.code, retryAt });
    return 'refused';
  }
};

/** Open for as long as a code is waited for, also when somebody reported it done and Meta knows nothing of it. */
const askForCode = (run: MigrationRun): void => {
  const { underWay } = run.state.codes;
  if (underWay === null) return;
  const way = underWay.certain ? underWay.method : 'uncertain';
  run.openTask({
    kind: 'submit_verification_code',
    party: 'client',
    requirement: 'R47',
    step: 'ownership',
    blocking: true,
    dueAt: lapseOfCode(run),
    ...taskText(`submit_verification_code.${way}`, {}),
  });
};

const awaitCode = async (run: MigrationRun): Promise<void> => {
  askForCode(run);
  const waited = await run.wait(
    'ownership',
    () => run.codesInHand.length > 0 || run.state.codes.wanted !== null || run.state.recheckAsked,
    {
      for: 'code',
      wakeAt: hasLapsed(run) ? null : lapseOfCode(run),
      bounded: true,
    },
  );
  const task = run.taskOf('ownership', 'submit_verification_code');
  if (waited === 'woken' && task !== undefined) run.record('task_reminded', { taskId: task.id });
  const inHand = run.codesInHand[0];
  if (inHand !== undefined) {
    inHand.verdict = await verdictOn(run, inHand);
    run.codesInHand.shift();
  } else if (run.state.recheckAsked && !isTwoStepDoubted(run)) {
    await lookWhetherVerified(run);
  }
};

/** Ownership may have been proven elsewhere, in WhatsApp Manager for instance. */
const lookWhetherVerified = async (run: MigrationRun): Promise<void> => {
  run.beginLook();
  const { subject, phoneNumberId } = run;
  const { verified } = await effects.readVerification({ subject, phoneNumberId });
  if (verified) run.record('ownership_verified', { how: 'already_verified' });
};

const lapseOfCode = ({ state }: MigrationRun): string | null =>
  state.codes.underWay === null
    ? null
    : new Date(Date.parse(state.codes.underWay.sentAt) + state.policy.codeLifetime).toISOString();

/** Meta's verdict. A lost reply is settled by reading the status; only if that leaves it open it stays unknown. */
const verdictOn = async (run: MigrationRun, { code, by }: CodeInHand): Promise<CodeVerdict | 'unknown'> => {
  const { subject, phoneNumberId } = run;
  const told = await effects.verifyCode({ subject, phoneNumberId, code }).catch(async (error: unknown) => {
    const problem = problemOf(error);
    if (problem.effect === 'none' && problem.class !== 'transient') throw new StepProblem(problem);
    if (problem.effect === 'none') return { outcome: 'undelivered' } as const;
    const { verified } = await effects.readVerification({ subject, phoneNumberId });
    return { outcome: verified ? 'verified' : 'unknown' } as const;
  });
  const retryAt = told.outcome === 'locked' ? told.retryAt : null;
  const outcome = told.outcome === 'wrong' && hasLapsed(run) ? 'expired' : told.outcome;
  run.record('code_verdict', { outcome, retryAt }, by);
  if (outcome === 'verified') {
    const task = run.taskOf('ownership', 'submit_verification_code');
    if (task !== undefined) {
      run.record('task_closed', { taskId: task.id, status: 'done', statement: 'the code was verified' }, by);
    }
    run.record('ownership_verified', { how: 'code' });
  }
  if (outcome === 'unknown' || outcome === 'undelivered') return 'unknown';
  return verdict(run, outcome, retryAt);
};

/** Meta's words for a wrong and for an expired code may be the same (136025): the code's age tells them apart. */
const hasLapsed = (run: MigrationRun): boolean => {
  const lapsesAt = lapseOfCode(run);
  return lapsesAt !== null && Date.parse(lapsesAt) <= run.now;
};

const verdict = (
  run: MigrationRun,
  outcome: CodeVerdict['outcome'],
  retryAt: string | null,
): CodeVerdict => ({
  outcome,
  guessesLeft:
    outcome === 'wrong'
      ? Math.max(0, run.state.policy.guessesPerCode - (run.state.codes.underWay?.wrongGuesses ?? 0))
      : 0,
  ...(retryAt === null ? {} : { retryAt }),
});

/**
 * Codes handed in while an earlier one was being verified: ownership is proven, nothing more is sent to Meta. When the
 * step is left without proof (parked, aborted), whoever handed one in must not wait for ever.
 */
const answerTheRest = (run: MigrationRun): void => {
  for (const inHand of run.codesInHand.splice(0)) {
    inHand.verdict = run.state.verifiedAt === null ? 'unknown' : verdict(run, 'verified', null);
  }
};
