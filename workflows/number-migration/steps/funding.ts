/**
 * Who pays at the destination, settled before anything is announced: a missing payment method surfaces only at
 * `register`, when the number may already be silent (meta §1.7). Safe to repeat: `primary_funding_id` is read first.
 * A credit line is for ever; nobody can undo it.
 */
import { startBy } from '../approval';
import { effects } from '../effects';
import type { MigrationRun } from '../migration-run';
import { awaitApproval } from './window';

export const funding = async (run: MigrationRun): Promise<void> => {
  await awaitApproval(run, 'funding');
  const attached = await effects.attachFunding({
    subject: run.subject,
    wabaId: run.wabaId,
    startBy: startBy(run),
  });
  run.record('funding_attached', attached);
};
