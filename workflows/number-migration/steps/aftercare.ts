/**
 * Aftercare. First the watch: the number is looked at for as long as was agreed (72 hours by default), because ratings,
 * templates, payment and two-step verification may still turn (P-18, P-20, P-21); what drifted becomes a finding until
 * it has returned. Then the invoice tail: the source's last invoice comes weeks later, and its subscription runs until
 * somebody cancels it (R15 to R18, P-14); the migration stays live until both are reported, or their day has come. With
 * its beginning the number is free to be moved again, and from then on only the ledger is read.
 * Reads only; safe to repeat. `aftercare.hours: 0` leaves both out.
 */
import type { UsageSince } from '../../../activities/contract';
import { openTasksOfTail } from '../derived';
import { driftIn } from '../drift';
import { effects } from '../effects';
import { isDueForALook } from '../looking';
import type { MigrationRun } from '../migration-run';
import { comparisonOf, lookAtMovedNumber } from '../moved-number';
import { tellTurned } from '../webhook-override';
import { tellTurnedDown } from './template-drift';

export const aftercare = async (run: MigrationRun): Promise<void> => {
  const { hours } = run.state.request.aftercare;
  if (run.state.aftercareUntil === null) {
    const until = run.after(hours * 3_600_000);
    run.record('aftercare_started', { until });
    planNextLook(run, until);
  }
  if (hours === 0) return;
  if (run.state.tailUntil === undefined) await watch(run, run.state.aftercareUntil ?? '');
  await invoiceTail(run);
};

const watch = async (run: MigrationRun, until: string): Promise<void> => {
  for (;;) {
    await run.wait('aftercare', () => isDueForALook(run), {
      for: 'aftercare',
      wakeAt: run.state.recheckAt,
    });
    const isLast = Date.parse(until) <= run.now;
    await look(run, isLast);
    if (isLast) return;
    planNextLook(run, until);
  }
};

/** With the last look the figures of both sides are read, when what was on its way has arrived (R17). */
export const look = async (run: MigrationRun, isLast: boolean): Promise<void> => {
  const checks = await lookAtMovedNumber(run, (look) =>
    effects.watch({ ...look, usageSince: isLast ? usageSince(run) : null }),
  );
  tellTurnedDown(run, checks);
  tellTurned(run, checks);
  const { findings, cleared } = driftIn(checks, run.state.migration.findings, run.after(0));
  if (findings.length > 0) run.record('drift_found', { findings });
  if (cleared.length > 0) run.record('drift_cleared', { codes: cleared });
};

const planNextLook = (run: MigrationRun, until: string): void => {
  const next = Math.min(run.now + run.state.policy.aftercareEvery, Date.parse(until));
  run.record('recheck_planned', { at: new Date(next).toISOString() });
};

/** Open until nothing is left to report, or the day has come: what is open then is waived, and says so. */
const invoiceTail = async (run: MigrationRun): Promise<void> => {
  const until = run.state.tailUntil ?? tailEnd(run);
  const isOver = () => Date.parse(until) <= run.now || openTasksOfTail(run.state).length === 0;
  if (run.state.tailUntil === undefined) {
    if (isOver()) return;
    run.record('invoice_tail_opened', { until });
  }
  while (!isOver()) {
    await run.wait('aftercare', () => isOver() || run.state.recheckAsked, {
      for: 'invoiceTail',
      wakeAt: until,
    });
    if (run.state.recheckAsked && !isOver()) await readLedger(run);
  }
  await readLedger(run);
};

/** The number itself is not looked at any more: its claim is free, and it may have been moved on (R3). */
const readLedger = async (run: MigrationRun): Promise<void> => {
  run.beginLook();
  const since = usageSince(run);
  if (since !== null) await effects.watch({ ...comparisonOf(run), usageSince: since, ledgerOnly: true });
};

/** Null: the number was found at the destination, so that nobody knows when it changed sides. */
const usageSince = ({ state }: MigrationRun): UsageSince | null =>
  state.migration.registerAttemptedAt === null
    ? null
    : {
        registerAttemptedAt: state.migration.registerAttemptedAt,
        liveAt: state.migration.cutover.connectedAt ?? state.migration.cutover.registeredAt,
      };

/** Counted from the cut-over, because invoices are. */
const tailEnd = (run: MigrationRun): string => {
  const { connectedAt, registeredAt } = run.state.migration.cutover;
  const from = connectedAt ?? registeredAt;
  const start = from === null ? run.now : Date.parse(from);
  return new Date(start + run.state.policy.invoiceTail).toISOString();
};
