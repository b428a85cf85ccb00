/**
 * The billing cut-over (R15–R18): a ledger that says which side pays what, and the two tasks people forget. Safe to
 * repeat: the ledger's rows are replaced, a task is opened once.
 */
import { taskText } from '../../../shared/texts';
import type { TaskSpec } from '../changes';
import { effects } from '../effects';
import type { MigrationRun } from '../migration-run';

const WEEK_MS = 7 * 86_400_000;

export const billing = async (run: MigrationRun): Promise<void> => {
  const { registerAttemptedAt, cutover } = run.state.migration;
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
  for (const task of tasksAfterMove(run)) run.openTask(task);
};

/** Neither holds anything up; the invoice tail stays open for both. */
const tasksAfterMove = (run: MigrationRun): TaskSpec[] => {
  const { cutover, source } = run.state.migration;
  const from = Date.parse(cutover.connectedAt ?? cutover.registeredAt ?? run.after(0));
  const dueAt = new Date(from + run.state.policy.invoiceTail).toISOString();
  const watched = run.now + run.state.request.aftercare.hours * 3_600_000;
  const common = { step: 'billing', blocking: false, party: 'client', requirement: 'R18' } as const;
  return [
    {
      ...common,
      ...{ kind: 'settle_source_invoice', dueAt },
      ...taskText('settle_source_invoice', { provider: source.provider }),
    },
    {
      ...common,
      ...{ kind: 'cancel_source_subscription', dueAt: new Date(watched + WEEK_MS).toISOString() },
      ...taskText('cancel_source_subscription', {
        provider: source.provider,
        watched: new Date(watched).toISOString(),
      }),
    },
  ];
};
