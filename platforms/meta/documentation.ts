/** Pages about problems, made from the error catalogue: what a person reads when a step names a code. */
import { CATALOGUE, type CatalogueRow, type Match } from './catalogue';
import { runbookOf } from './catalogue/runbooks';

const CLASSES: Record<CatalogueRow['class'], string> = {
  transient: 'passing trouble: Carryover tries again by itself',
  quota: 'a limit or a wait: Carryover waits, then tries again by itself',
  needs_party: 'somebody must act; then retry the step',
  permanent: 'repeating it does not help',
  unknown_outcome: 'it is not known whether it happened: the state is read before anything is repeated',
};

const UNITS: readonly [number, string][] = [
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
];

/** `90000` → `90 s`, `3600000` → `1 h`: the largest unit that divides it. */
const durationOf = (ms: number): string => {
  const [size, unit] = UNITS.find(([size]) => ms % size === 0) ?? [1, 'ms'];
  return `${String(ms / size)} ${unit}`;
};

/** A hundred permission codes are told as a range. */
const numbersOf = (numbers: readonly number[]): string => {
  const sorted = [...numbers].sort((one, other) => one - other);
  const ranges: [number, number][] = [];
  for (const number of sorted) {
    const last = ranges.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges
    .map(([from, to]) => (from === to ? String(from) : `${String(from)}–${String(to)}`))
    .join(', ');
};

const matchLine = (match: Match): string => {
  const parts = [
    match.subcodes && `subcode ${numbersOf(match.subcodes)}`,
    match.codes && `code ${numbersOf(match.codes)}`,
    match.calls && `answer to ${match.calls.map((call) => `\`${call}\``).join(' or ')}`,
    match.texts && `words like ${match.texts.map((text) => `\`${text.source}\``).join(', ')}`,
  ];
  return `- ${parts.filter((part) => part !== undefined).join('; ')}`;
};

const waitLine = ({ waitMs, waitInText }: CatalogueRow): string | undefined => {
  if (waitMs === undefined) return waitInText ? 'as the answer says' : undefined;
  return waitInText ? `as the answer says, else ${durationOf(waitMs)}` : durationOf(waitMs);
};

/** The page of one problem, as Markdown. */
export const documentationOf = (row: CatalogueRow): string => {
  const wait = waitLine(row);
  const table = [
    ['Class', `\`${row.class}\`: ${CLASSES[row.class]}`],
    ['Who acts', `\`${row.party}\``],
    ...(wait === undefined ? [] : [['Wait', wait]]),
    [
      'Effect',
      row.effect === 'unknown'
        ? 'unknown after a write: it may have happened'
        : 'none: the answer proves that nothing happened',
    ],
    ...(row.rows === undefined ? [] : [['Requirement', row.rows.join(', ')]]),
    ['Source', row.source],
  ].map(([name, value]) => `| ${name ?? ''} | ${value ?? ''} |`);
  const matches = row.matches.map(matchLine);
  const runbook = runbookOf(row.code);
  return [
    `# ${row.code}`,
    '',
    `${row.title}.`,
    '',
    `**What to do.** ${row.remedy}`,
    '',
    ...(runbook === undefined ? [] : [`**Runbook.** [${runbook}](../runbooks/${runbook}.md)`, '']),
    '| | |',
    '|---|---|',
    ...table,
    '',
    ...(matches.length === 0
      ? ['Raised by Carryover itself.']
      : ['Recognised by (accents and case are ignored):', '', ...matches]),
    '',
  ].join('\n');
};

/** Every page by file name, the index included. */
export const errorPages = (): ReadonlyMap<string, string> => {
  const sorted = [...CATALOGUE].sort((one, other) => one.code.localeCompare(other.code));
  const lines = sorted.map(
    (row) => `| [${row.code}](${row.code}.md) | ${row.title} | \`${row.class}\` | \`${row.party}\` |`,
  );
  const index = [
    '# Problems by code',
    '',
    'Made from the error catalogue (`platforms/meta/catalogue/`) by `npm run docs:errors`; do not edit.',
    'An answer is matched by subcode, then code, then words; the more specific row wins.',
    '',
    '| code | what happened | class | who acts |',
    '|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
  return new Map([
    ['index.md', index],
    ...sorted.map((row) => [`${row.code}.md`, documentationOf(row)] as const),
  ]);
};
