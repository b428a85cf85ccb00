/** What became otherwise after the move, as findings; and which of them are over (R5, P-18, P-20, P-21). Pure. */
import type { AcceptanceCheck, Finding } from '../../shared/migration';
import { CAMPAIGN_TEMPLATES } from '../../shared/preparation';
import { findingText } from '../../shared/texts';
import type { AddressedFinding } from '../../shared/texts/addressed';
import { textOf } from './check-text';

const codeOf = ({ name }: AcceptanceCheck): string =>
  `DRIFT_${name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;

const findingOf = (check: AcceptanceCheck, at: string): AddressedFinding => ({
  requirement: check.requirement ?? 'R5',
  code: codeOf(check),
  severity: 'warning',
  party: check.party ?? 'operator',
  ...findingText('number_drifted', {}, [textOf(check)]),
  checkedAt: at,
  expiresAt: at,
  evidence: { expected: check.expected, observed: check.observed },
  ...(check.said === undefined ? {} : { said: check.said }),
});

export interface Drift {
  findings: AddressedFinding[];
  /** Codes of earlier findings that a check now speaks against. */
  cleared: string[];
}

export const driftIn = (checks: readonly AcceptanceCheck[], known: readonly Finding[], at: string): Drift => {
  const returned = new Set(checks.filter(({ ok }) => ok).map(codeOf));
  return {
    // The template difference is there from the move on, and has its task.
    findings: checks
      .filter(({ ok, name }) => !ok && name !== CAMPAIGN_TEMPLATES)
      .map((check) => findingOf(check, at)),
    cleared: known.map(({ code }) => code).filter((code) => returned.has(code)),
  };
};
