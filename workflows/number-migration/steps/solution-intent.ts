/**
 * The destination of the route `solution_intent` (meta §2.3): the client is asked in Business settings to let the account
 * move to another solution; with the acceptance Meta makes the account the number goes to. Then our token for this
 * client, our subscription, and what the account adds to the findings. Safe to repeat, but for the request itself: no
 * edge lists requests, so one whose reply was lost is a person's to find. Undone by the client, who declines it.
 */
import { taskText } from '../../../shared/texts';
import type { WabaId } from '../../../shared/ids';
import { effects } from '../effects';
import { isDueForALook } from '../looking';
import type { MigrationRun } from '../migration-run';
import { StepProblem } from '../parking';
import { clearNewFindings } from './destination';

export const solutionIntent = async (run: MigrationRun): Promise<void> => {
  const wabaId = await awaitAcceptance(run);
  await obtainToken(run);
  const established = await effects.establishDestination({
    subject: run.subject,
    known: null,
    signupWabaId: wabaId,
  });
  run.throwUnlessNext('destination');
  if (established.kind !== 'established') throw new Error('a named account was not looked at');
  run.record('destination_established', {
    wabaId,
    businessId: established.ownerBusinessId,
    adopted: false,
  });
  const { alreadySubscribed } = await effects.subscribeApp({ subject: run.subject, wabaId });
  run.record('app_subscribed', { alreadySubscribed });
  await clearNewFindings(run);
};

const awaitAcceptance = async (run: MigrationRun): Promise<WabaId> => {
  const intentId = await openIntent(run);
  for (;;) {
    if (isDueForALook(run)) {
      run.beginLook();
      const { status, destinationWabaId } = await effects.readMigrationIntent({
        subject: run.subject,
        intentId,
      });
      run.throwUnlessNext('destination');
      if (status !== run.state.intent?.status) run.record('intent_seen', { status });
      if (status === 'REJECTED') throw declined(run);
      if ((status === 'ACCEPTED' || status === 'COMPLETED') && destinationWabaId !== null) {
        run.closeTask('destination', ACCEPT, 'accepted');
        return destinationWabaId;
      }
      if (status === 'INITIATED') askForAcceptance(run);
      run.record('recheck_planned', { at: run.after(run.state.policy.intentRecheckEvery) });
    }
    await run.wait('destination', () => isDueForALook(run), {
      for: 'acceptedIntent',
      wakeAt: run.state.recheckAt,
      bounded: true,
    });
  }
};

const openIntent = async (run: MigrationRun): Promise<string> => {
  const open = run.state.intent?.id ?? null;
  if (open !== null) return open;
  const handedIn = run.state.request.destination.intentId;
  // One that was declined is over, also when a person had handed it in.
  if (handedIn !== undefined && handedIn !== run.state.intent?.declined) {
    run.record('intent_set', { intentId: handedIn, adopted: true });
    return handedIn;
  }
  const ordinal = (run.state.intent?.count ?? 0) + 1;
  const { intentId } = await effects.setMigrationIntent({ subject: run.subject, ordinal });
  run.record('intent_set', { intentId, adopted: false });
  run.throwUnlessNext('destination');
  return intentId;
};

const declined = (run: MigrationRun): StepProblem => {
  run.closeTask('destination', ACCEPT, 'declined');
  run.record('intent_closed', { status: 'REJECTED' });
  return new StepProblem({
    code: 'SOLUTION_INTENT_REJECTED',
    class: 'needs_party',
    title: 'The client declined the request in Business settings',
    remedy:
      'Clear up with the client why. Retry the step to send a new request, which an admin accepts in Business settings → Requests → Received.',
    party: 'client',
    retryable: true,
    effect: 'none',
  });
};

const ACCEPT = 'accept_solution_request';

const askForAcceptance = (run: MigrationRun): void => {
  const { businessId } = run.state.migration.source;
  run.openTask({
    kind: ACCEPT,
    party: 'client',
    requirement: 'R24',
    step: 'destination',
    blocking: true,
    dueAt: run.deadlineOf('destination'),
    ...taskText(ACCEPT, { businessId }),
  });
};

/** Leaving a solution for an app of our own needs no other token than the one there is. */
const obtainToken = async (run: MigrationRun): Promise<void> => {
  const { solutionId, credential: partnerCredential } = run.state.request.destination;
  if (solutionId === undefined) return;
  const token = await effects.obtainSolutionToken({ subject: run.subject, partnerCredential, solutionId });
  run.record('client_token_stored', token);
};
