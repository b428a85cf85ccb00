/** The page about findings, made from the table of rules. */
import { ATTESTATION_MS, DAYS, HOURS, MINUTES, type Rule } from './rule';
import { RULES } from './rules';

const durationOf = (ms: number): string => {
  if (ms % DAYS === 0) return `${String(ms / DAYS)} d`;
  if (ms % HOURS === 0) return `${String(ms / HOURS)} h`;
  return `${String(ms / MINUTES)} min`;
};

const lineOf = (rule: Rule): string =>
  [
    `\`${rule.code}\``,
    rule.requirement,
    rule.holds,
    rule.severity,
    `\`${rule.party}\``,
    rule.scopes.join(', '),
    durationOf(rule.freshnessMs),
    durationOf(rule.attestationMs ?? ATTESTATION_MS),
  ].join(' | ');

export const findingsPage = (): string =>
  [
    '# Findings',
    '',
    'Made from the table of rules (`activities/eligibility/rules/`) by `npm run docs:errors`; do not edit.',
    'Every rule of a look is judged, always, and all findings come at once. A fact that nobody could see asks for a',
    'statement of a party; the statement expires and never outweighs what was seen.',
    '',
    '| code | requirement | what must hold | severity | who acts | looks | fresh for | statement lasts |',
    '|---|---|---|---|---|---|---|---|',
    ...RULES.map((rule) => `| ${lineOf(rule)} |`),
    '',
  ].join('\n');
