/**
 * The billing cut-over (R15–R18): a ledger that says which side pays what, and the two tasks people forget. Safe to
 * repeat: the ledger's rows are replaced, a task is opened once.
 */
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
  const common = { step: 'billing', blocking: false, party: 'client', requirement: 'R18', dueAt } as const;
  return [
    {
      ...common,
      kind: 'settle_source_invoice',
      title: `Settle the last invoice of ${source.provider}`,
      howTo:
        `A last invoice from ${source.provider} is normal: messages sent before the cut-over are on its bill, also those ` +
        'delivered after it (R15, R17). Compare it with the billing statement of this migration, pay it, and report this ' +
        'task done with the number of the invoice.',
    },
    {
      ...common,
      kind: 'cancel_source_subscription',
      dueAt: new Date(watched + WEEK_MS).toISOString(),
      title: `Cancel the subscription at ${source.provider}`,
      howTo:
        `The move is accepted, so that it can be cancelled; not before ${new Date(watched).toISOString()}, when messages on their way are delivered ` +
        `and the watch over the number is over (R17). It is charged until you cancel it in the portal of ${source.provider}, ` +
        'or in writing; ask for what is left of prepaid funds (R18, P-14). Never delete the number there. Report this task ' +
        'done with the date on which it ends.',
    },
  ];
};
