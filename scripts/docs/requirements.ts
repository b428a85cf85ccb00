/**
 * `docs/requirements.md`: each row of the references, what serves it and the tests that show it; each finding with the
 * tests that ask for it. Rules and errors say their rows themselves, of everything else the sources are read. A row is
 * shown by a test whose title names it; one of them, and one that asks for each finding, must go through HTTP.
 */
import { RULES } from '../../activities/eligibility/rules';
import { CATALOGUE } from '../../platforms/meta/catalogue';
import { OWNERSHIP_ROWS } from '../../platforms/meta/catalogue/ownership';
import { REGISTRATION_ROWS } from '../../platforms/meta/catalogue/registration';
import { mentionsIn, type Mention } from './mentions';
import { REQUIREMENT_ROWS, type RequirementRow } from './requirement-rows';
import { rowsIn } from './rows-named';
import { testsIn, type ToldTest } from './told-tests';

const PRODUCT = ['activities', 'cli', 'client', 'platforms', 'server', 'shared', 'store', 'workflows'];

/** Tests of the product; those of the practice platform and of the tools show nothing of it. */
const TESTS = [
  ...['activities', 'chaos', 'cli', 'client', 'codec', 'durability', 'histories', 'journeys', 'platforms'],
  ...['server', 'shared', 'store', 'waits', 'workflows'],
].map((folder) => `test/${folder}`);

/** Where everything is real and is asked through the HTTP API. */
const THROUGH_HTTP = /^test\/(?:durability|journeys|server|waits)\//;

const MOST_TESTS = 4;
const MOST_TESTS_OF_FINDING = 2;
const MOST_PLACES = 4;
/** Beside rules and errors, which decide. */
const FURTHER_PLACES = 2;

interface Showing {
  file: string;
  /** The title that names the row. */
  title: string;
  throughHttp: boolean;
}

interface ServedRow extends RequirementRow {
  servedBy: readonly string[];
  shownBy: readonly Showing[];
}

interface FoundRule {
  code: string;
  requirement: string;
  shownBy: readonly Showing[];
}

const link = (text: string, path: string): string => `[${text}](../${path})`;
const inCell = (text: string): string => text.replaceAll('|', '\\|');
const throughHttp = (file: string): boolean => THROUGH_HTTP.test(file);

const STEP_FILE = /^workflows\/number-migration\/steps\/(.+)\.ts$/;

/** A step by its name, anything else by its file. */
const placeOf = ({ file }: Mention): string => {
  const step = STEP_FILE.exec(file)?.[1];
  return step === undefined ? link(`\`${file}\``, file) : link(`step \`${step.replaceAll('-', '_')}\``, file);
};

/** Words, forms and what is told elsewhere in the table: none of them decides anything. */
const DECIDES_NOTHING = [
  ...[/^shared\/texts\//, /-?contract\.ts$/, /\/rule\.ts$/, /\/catalogue\//, /^shared\/migration\.ts$/],
  ...[/^shared\/(?:answers|[\w-]*settings)\.ts$/, /\/deps\.ts$/],
];

const FROM_DECISION_TO_DISPLAY = ['workflows', 'activities', 'server', 'platforms', 'shared', 'store', 'cli'];

/** What carries the row first, then steps, then what is said to serve it. */
const rankOfPlace = ({ file, as }: Mention): number => {
  const folder = FROM_DECISION_TO_DISPLAY.indexOf(file.split('/')[0] ?? '');
  const kind = as === 'data' ? 0 : STEP_FILE.test(file) ? 1 : 2;
  return kind * 100 + (folder < 0 ? 99 : folder);
};

const placesOf = (mentions: readonly Mention[], most: number, hasRules: boolean): readonly string[] =>
  mentions
    .filter(({ file }) => !DECIDES_NOTHING.some((form) => form.test(file)))
    .filter(({ file }) => !(hasRules && file.includes('/rules/')))
    .sort((one, other) => rankOfPlace(one) - rankOfPlace(other))
    .slice(0, most)
    .map(placeOf);

/** Through HTTP first, then those whose title names the row, then those that speak of little else. */
const rankFor =
  (row: string) =>
  ({ title, throughHttp }: Showing): number =>
    (throughHttp ? 0 : 10_000) +
    (title.includes(row) ? 0 : 1000) +
    Math.min(rowsIn(title).length, 9) * 100 +
    Math.min(title.length, 99);

/** The best few for a row, of as many files as there are. */
const best = (showings: readonly Showing[], row: string): readonly Showing[] => {
  const rankOf = rankFor(row);
  const known = new Map(showings.map((showing) => [`${showing.file}\n${showing.title}`, showing]));
  const sorted = [...known.values()].sort((one, other) => rankOf(one) - rankOf(other));
  const firsts = sorted.filter(({ file }, place) => sorted.findIndex((one) => one.file === file) === place);
  const chosen = [...firsts, ...sorted.filter((one) => !firsts.includes(one))].slice(0, MOST_TESTS);
  return chosen.sort((one, other) => rankOf(one) - rankOf(other));
};

/** The innermost title of each test that names the row. */
const showingsOf = (tests: readonly ToldTest[], row: string): Showing[] =>
  tests.flatMap(({ file, titles }) => {
    const title = titles.findLast((one) => rowsIn(one).includes(row));
    return title === undefined ? [] : [{ file, title, throughHttp: throughHttp(file) }];
  });

export const servedRows = (top: string): readonly ServedRow[] => {
  const served = mentionsIn(top, PRODUCT);
  const tests = testsIn(top, TESTS);
  return REQUIREMENT_ROWS.map((row) => {
    const rules = RULES.filter(({ requirement }) => requirement === row.id);
    const errors = CATALOGUE.filter(({ rows = [] }) => rows.includes(row.id));
    const most = rules.length + errors.length === 0 ? MOST_PLACES : FURTHER_PLACES;
    return {
      ...row,
      servedBy: [
        ...rules.map(({ code }) => link(`rule \`${code}\``, 'docs/findings.md')),
        ...errors.map(({ code }) => link(`error \`${code}\``, `docs/errors/${code}.md`)),
        ...placesOf(served.get(row.id) ?? [], most, rules.length > 0),
      ],
      shownBy: best(showingsOf(tests, row.id), row.id),
    };
  });
};

/** Each rule with the tests that ask for its finding, or for the task made from it, by their own words. */
export const foundRules = (top: string): readonly FoundRule[] => {
  const tests = testsIn(top, TESTS);
  return RULES.map(({ code, requirement }) => ({
    ...{ code, requirement },
    shownBy: best(
      tests
        .filter(({ file, wordsOfNoError }) => throughHttp(file) && wordsOfNoError.has(code))
        .map(({ file, titles }) => ({ file, title: titles.at(-1) ?? '', throughHttp: true })),
      requirement,
    ).slice(0, MOST_TESTS_OF_FINDING),
  }));
};

/** What is missing, in words; empty when every row is served and shown. */
export const gapsIn = (rows: readonly ServedRow[]): string[] =>
  rows.flatMap(({ id, servedBy, shownBy, elsewhere }) => [
    ...(servedBy.length === 0 && elsewhere === undefined ? [`${id} is served nowhere`] : []),
    ...(shownBy.length === 0 ? [`${id} is in the title of no test`] : []),
    ...(shownBy.length > 0 && !shownBy.some((one) => one.throughHttp)
      ? [`${id} is not shown through HTTP`]
      : []),
  ]);

export const unaskedIn = (rules: readonly FoundRule[]): string[] =>
  rules
    .filter(({ shownBy }) => shownBy.length === 0)
    .map(({ code }) => `${code} is asked for by no test that goes through HTTP`);

/** Codes of the catalogue that no test through HTTP asks for, or is about by its title. */
export const unprovokedIn = (top: string): string[] => {
  const tests = testsIn(top, TESTS).filter(({ file }) => throughHttp(file));
  const named = new Set(tests.flatMap(({ titles }) => titles.flatMap((title) => title.split(/\W+/))));
  return CATALOGUE.map(({ code }) => code).filter(
    (code) => !named.has(code) && !tests.some(({ words }) => words.has(code)),
  );
};

/** Numbers that say what was refused, and not only that something was (meta §6.1). */
const SAYS_NOTHING: readonly number[] = [100, 200_000, 2_388_103];

/**
 * Numbers that Meta answers the proof and the registration with, of which no test through HTTP is by its title. What each
 * leads to hangs on the call, so that one which gives them all to another call shows nothing of it.
 */
export const unprovokedAtTheirCalls = (top: string, atAnotherCall: string): string[] => {
  const titles = testsIn(top, TESTS)
    .filter(({ file }) => throughHttp(file) && file !== atAnotherCall)
    .flatMap((told) => told.titles);
  const named = new Set(titles.flatMap((title) => title.split(/\D+/)));
  return [...REGISTRATION_ROWS, ...OWNERSHIP_ROWS].flatMap(({ code, matches }) => {
    const numbers = matches.flatMap(({ codes = [], subcodes = [] }) => [...codes, ...subcodes]);
    return [...new Set(numbers)]
      .filter((number) => !SAYS_NOTHING.includes(number) && !named.has(String(number)))
      .map((number) => `${String(number)} (${code})`);
  });
};

const testOf = ({ file, title }: Showing): string => `${link(`\`${file}\``, file)}: ${inCell(title)}`;

const line = ({ id, says, servedBy, shownBy, elsewhere }: ServedRow): string =>
  `| ${id} | ${says} | ${[...(elsewhere === undefined ? [] : [elsewhere]), ...servedBy].join('<br>')} | ${shownBy.map(testOf).join('<br>')} |`;

export const requirementsPage = (top: string): string =>
  [
    '# Requirements',
    '',
    'Each row of the 360dialog page (R), of its messages (E) and of what partners report (P): what serves it, and the best',
    'tests whose titles name it. Below, each finding with tests that ask for it. Made from the table of rules, the error',
    'catalogue and the sources by `npm run docs:errors`; do not edit. `make test` fails for a row that nothing serves or no',
    'title names, and for a row or a finding that no test asks for through the HTTP API (`test/durability`, `test/journeys`,',
    '`test/server`, `test/waits`).',
    '',
    '| row | asks | served by | shown by |',
    '|---|---|---|---|',
    ...servedRows(top).map(line),
    '',
    '## Findings',
    '',
    '| finding | row | asked for by |',
    '|---|---|---|',
    ...foundRules(top).map(
      ({ code, requirement, shownBy }) =>
        `| [\`${code}\`](findings.md) | ${requirement} | ${shownBy.map(testOf).join('<br>')} |`,
    ),
    '',
  ].join('\n');
