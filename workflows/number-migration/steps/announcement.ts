/**
 * The announcement: `POST /{destination}/phone_numbers` with `migrate_phone_number=true` (meta §1.3). Safe to repeat:
 * the destination's numbers are listed first and the number is adopted. Meta documents no way to cancel it; an admin of
 * the portfolio can remove the pending number by hand.
 */
import { startBy } from '../approval';
import { effects } from '../effects';
import type { MigrationRun } from '../migration-run';
import { awaitApproval } from './window';

export const announcement = async (run: MigrationRun): Promise<void> => {
  await awaitApproval(run, 'announcement');
  const announced = await effects.announceNumber({
    subject: run.subject,
    wabaId: run.wabaId,
    startBy: startBy(run),
    // One that lies between its sides since an earlier attempt must not wait for calls.
    isAnnounced: run.state.migration.cutover.announcedAt !== null,
  });
  run.record('number_announced', announced);
};
