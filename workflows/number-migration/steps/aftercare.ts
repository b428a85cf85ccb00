/**
 * Aftercare: the number is watched for as long as was agreed (72 hours by default), because ratings, templates and
 * payment may still turn (P-21). What drifted becomes a finding. Reads only; safe to repeat.
 */
import type { AcceptanceCheck, Finding } from '../../../shared/migration';
import { effects } from '../effects';
import { isDueForALook } from '../looking';
import type { MigrationRun } from '../migration-run';
import { noteTraffic } from '../observed';

export const aftercare = async (run: MigrationRun): Promise<void> => {
  if (run.state.aftercareUntil === null) {
    const until = run.after(run.state.request.aftercare.hours * 3_600_000);
    run.record('aftercare_started', { until });
    planNextLook(run, until);
  }
  const until = run.state.aftercareUntil ?? '';
  while (run.state.request.aftercare.hours > 0) {
    await run.wait('aftercare', () => isDueForALook(run), {
      why: 'next look at the moved number',
      wakeAt: run.state.recheckAt,
    });
    run.beginLook();
    const { checks, observed } = await effects.watch({
      subject: run.subject,
      wabaId: run.wabaId,
      phoneNumberId: run.phoneNumberId,
      baseline: run.state.migration.baseline,
    });
    noteTraffic(run, observed);
    const drifted = checks.filter((check) => !check.ok).map((check) => driftFinding(check, run.after(0)));
    if (drifted.length > 0) run.record('drift_found', { findings: drifted });
    if (Date.parse(until) <= run.now) return;
    planNextLook(run, until);
  }
};

const planNextLook = (run: MigrationRun, until: string): void => {
  const next = Math.min(run.now + run.state.policy.aftercareEvery, Date.parse(until));
  run.record('recheck_planned', { at: new Date(next).toISOString() });
};

const driftFinding = ({ name, expected, observed }: AcceptanceCheck, at: string): Finding => ({
  requirement: 'R5',
  code: `DRIFT_${name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`,
  severity: 'warning',
  party: 'operator',
  message: `After the move, ${name} is ${observed}; it was ${expected}.`,
  remedy: 'Look at the number in WhatsApp Manager; open a ticket with Meta if it does not come back.',
  checkedAt: at,
  expiresAt: at,
  evidence: { expected, observed },
});
