/**
 * A WABA for the number to go to. There is no API that creates one: adopt the WABA that was named, or wait until the
 * client has made one and find it. Then subscribe our app and judge what the destination adds to the findings.
 * Safe to repeat: reads, and a subscription that is listed before it is made. Undone by nobody (the WABA is the client's).
 */
import type { WabaId } from '../../../shared/ids';
import { taskText } from '../../../shared/texts';
import { effects } from '../effects';
import { blockersOf, isDueForALook, judged, keepTasksInStep } from '../looking';
import type { MigrationRun } from '../migration-run';

export const destination = async (run: MigrationRun): Promise<void> => {
  const { wabaId, adopted } = await establish(run);
  const { alreadySubscribed } = await effects.subscribeApp({ subject: run.subject, wabaId });
  run.record('app_subscribed', { alreadySubscribed });
  if (!adopted) await clearNewFindings(run);
};

const establish = async (run: MigrationRun): Promise<{ wabaId: WabaId; adopted: boolean }> => {
  for (;;) {
    if (isDueForALook(run)) {
      run.beginLook();
      const found = await effects.establishDestination({
        subject: run.subject,
        known: run.state.signup.known,
        signupWabaId: run.state.signup.wabaId,
      });
      run.throwUnlessNext('destination');
      if (found.kind === 'established') {
        const adopted = run.state.request.destination.wabaId !== undefined;
        run.record('destination_established', {
          wabaId: found.wabaId,
          businessId: found.ownerBusinessId,
          adopted,
        });
        run.closeTask('destination', 'create_destination_waba', 'found');
        run.closeTask('destination', 'choose_destination_waba', 'found');
        return { wabaId: found.wabaId, adopted };
      }
      if (found.kind === 'awaiting') askForWaba(run, found.known, found.proposedName);
      else askWhichWaba(run, found.candidates);
      run.record('recheck_planned', { at: run.after(run.state.policy.recheckEvery) });
    }
    await run.wait('destination', () => isDueForALook(run), {
      for: 'newAccount',
      wakeAt: run.state.recheckAt,
      bounded: true,
    });
  }
};

const askForWaba = (run: MigrationRun, known: WabaId[], proposedName: string): void => {
  if (run.state.signup.known === null) run.record('signup_opened', { known });
  run.openTask({
    kind: 'create_destination_waba',
    party: 'client',
    requirement: 'R39',
    step: 'destination',
    blocking: true,
    dueAt: run.deadlineOf('destination'),
    ...taskText('create_destination_waba', { name: proposedName }),
  });
};

const askWhichWaba = (run: MigrationRun, candidates: WabaId[]): void => {
  run.openTask({
    kind: 'choose_destination_waba',
    party: 'operator',
    requirement: 'R42',
    step: 'destination',
    blocking: true,
    dueAt: run.deadlineOf('destination'),
    ...taskText('choose_destination_waba', { accounts: candidates.join(', ') }),
  });
};

/** The rules of the destination could not be judged in `eligibility`, because the WABA was not known yet. */
export const clearNewFindings = async (run: MigrationRun): Promise<void> => {
  for (;;) {
    run.beginLook();
    const source = await effects.observeSource(run.subject);
    const facts = await effects.observeDestination(run.subject);
    const blockers = blockersOf(await judged(run, 'destination', source, facts));
    keepTasksInStep(run, 'destination', blockers, run.deadlineOf('destination'));
    if (blockers.length === 0) return;
    run.record('recheck_planned', { at: run.after(run.state.policy.recheckEvery) });
    await run.wait('destination', () => isDueForALook(run), {
      for: 'openFindings',
      wakeAt: run.state.recheckAt,
      bounded: true,
    });
  }
};
