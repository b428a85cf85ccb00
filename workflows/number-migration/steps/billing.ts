/**
 * The billing cut-over (R15–R18): a ledger that says which side pays what, and the two tasks people forget. Safe to
 * repeat: the ledger's rows are replaced, a task is opened once.
 */
import { effects } from '../effects';
import type { MigrationRun } from '../migration-run';

export const billing = async (run: MigrationRun): Promise<void> => {
  const { registerAttemptedAt, cutover, source } = run.state.migration;
  if (registerAttemptedAt !== null && cutover.registeredAt !== null) {
    const ledger = await effects.openLedger({
      subject: run.subject,
      wabaId: run.wabaId,
      phoneNumberId: run.phoneNumberId,
      registerAttemptedAt,
      registeredAt: cutover.registeredAt,
      connectedAt: cutover.connectedAt,
    });
    run.record('ledger_opened', ledger);
  }
  const shared = {
    step: 'billing',
    party: 'client',
    requirement: 'R18',
    blocking: false,
    dueAt: null,
  } as const;
  run.openTask({
    ...shared,
    kind: 'settle_source_invoice',
    title: `Settle the last invoice of ${source.provider}`,
    howTo:
      'Messages sent before the cut-over, also those delivered after it, are on the bill of the source (R15, R17).',
  });
  run.openTask({
    ...shared,
    kind: 'cancel_source_subscription',
    title: `Cancel the subscription at ${source.provider}`,
    howTo:
      'Only now, after the move is accepted: an earlier cancellation may cost the number, a forgotten one costs money (P-14).',
  });
};
