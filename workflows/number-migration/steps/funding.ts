/**
 * Who pays at the destination, settled before anything is announced: a missing payment method surfaces only at
 * `register`, when the number may already be silent (meta §1.7). Safe to repeat: `primary_funding_id` is read first.
 * A credit line is for ever; nobody can undo it. A card only the client can add (meta §5.1): the step asks for it, and
 * looks again when it is told so and from time to time (R16, P-18); often where the number is announced already, by the
 * popup (meta §2.2) or because the payment went away before `register`.
 */
import { patched } from '@temporalio/workflow';
import { isBetweenSides } from '../../../shared/announced-number';
import { PROBLEM } from '../../../shared/problems';
import { taskText } from '../../../shared/texts';
import { startBy } from '../approval';
import type { Changes } from '../changes';
import { effects } from '../effects';
import { isDueForALook } from '../looking';
import type { MigrationRun } from '../migration-run';
import { problemOf } from '../parking';
import { awaitApproval } from './window';

export const funding = async (run: MigrationRun): Promise<void> => {
  for (;;) {
    await awaitApproval(run, 'funding');
    if (isDueForALook(run)) {
      run.beginLook();
      const attached = await attach(run);
      if (attached !== null) {
        run.record('funding_attached', attached);
        return;
      }
      const { migration, policy } = run.state;
      const mayBeSilent = isBetweenSides(migration);
      const looksSoon = mayBeSilent && patched('card-looked-for-soon');
      run.openTask({
        ...{
          kind: 'add_payment_method',
          party: 'client',
          requirement: 'R16',
          step: 'funding',
          blocking: true,
        },
        dueAt: run.deadlineOf('funding'),
        ...taskText(mayBeSilent ? 'add_payment_method.announced' : 'add_payment_method', {
          wabaId: run.wabaId,
        }),
      });
      run.record('recheck_planned', {
        at: run.after(looksSoon ? policy.cardRecheckEvery : policy.recheckEvery),
      });
    }
    await run.wait('funding', () => isDueForALook(run), {
      for: 'paymentMethod',
      wakeAt: run.state.recheckAt,
      bounded: true,
    });
  }
};

/** Null: the client has to add a card first. Every other failure parks the step. */
const attach = async (run: MigrationRun): Promise<Changes['funding_attached'] | null> => {
  try {
    return await effects.attachFunding({
      ...{ subject: run.subject, wabaId: run.wabaId, startBy: startBy(run) },
      sharing: run.state.policy.creditSharing,
    });
  } catch (error) {
    if (problemOf(error).code !== PROBLEM.paymentMethodMissing) throw error;
    return null;
  }
};
