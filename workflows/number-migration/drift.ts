/** What became otherwise after the move, as findings; and which of them are over (R5, P-18, P-20, P-21). Pure. */
import type { AcceptanceCheck, Finding } from '../../shared/migration';

const codeOf = ({ name }: AcceptanceCheck): string =>
  `DRIFT_${name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;

const findingOf = (check: AcceptanceCheck, at: string): Finding => ({
  requirement: check.requirement ?? 'R5',
  code: codeOf(check),
  severity: 'warning',
  party: check.party ?? 'operator',
  message: `After the move, ${check.name} is ${check.observed}; it should be ${check.expected}.`,
  remedy:
    check.remedy ??
    'Look at the number in WhatsApp Manager; open a ticket with Meta if it does not come back.',
  checkedAt: at,
  expiresAt: at,
  evidence: { expected: check.expected, observed: check.observed },
});

export interface Drift {
  findings: Finding[];
  /** Codes of earlier findings that a check now speaks against. */
  cleared: string[];
}

export const driftIn = (checks: readonly AcceptanceCheck[], known: readonly Finding[], at: string): Drift => {
  const returned = new Set(checks.filter(({ ok }) => ok).map(codeOf));
  return {
    findings: checks.filter(({ ok }) => !ok).map((check) => findingOf(check, at)),
    cleared: known.map(({ code }) => code).filter((code) => returned.has(code)),
  };
};
