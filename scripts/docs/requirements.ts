/**
 * `docs/requirements.md`: each row of the references, where it is served and the test that shows it. Rules and errors say
 * their rows themselves; of steps, messages and tests the sources are read. A row without one of the two is a gap.
 */
import { RULES } from '../../activities/eligibility/rules';
import { CATALOGUE } from '../../platforms/meta/catalogue';
import { mentionsIn, type Mention } from './mentions';
import { REQUIREMENT_ROWS, type RequirementRow } from './requirement-rows';

const PRODUCT = ['activities', 'cli', 'client', 'platforms', 'server', 'shared', 'store', 'workflows'];

/** Tests that walk through a whole table, and so show every row that the table names. */
const SHOWS_EVERY_ERROR = 'test/journeys/meta-answers.test.ts';

interface ServedRow extends RequirementRow {
  servedBy: readonly string[];
  shownBy: readonly string[];
}

const link = (text: string, path: string): string => `[${text}](../${path})`;

const STEP_FILE = /^workflows\/number-migration\/steps\/(.+)\.ts$/;

/** A step by its name, anything else by its file. */
const placeOf = ({ file }: Mention): string => {
  const step = STEP_FILE.exec(file)?.[1];
  return step === undefined ? link(`\`${file}\``, file) : link(`step \`${step.replaceAll('-', '_')}\``, file);
};

const testOf = ({ file, titles }: Mention): string => {
  const title = titles.at(-1)?.replaceAll('|', '\\|');
  return title === undefined ? link(`\`${file}\``, file) : `${link(`\`${file}\``, file)}: ${title}`;
};

const unique = (items: readonly string[]): string[] => [...new Set(items)];

export const servedRows = (top: string): readonly ServedRow[] => {
  const served = mentionsIn(top, PRODUCT);
  const shown = mentionsIn(top, ['test']);
  return REQUIREMENT_ROWS.map((row) => {
    const rules = RULES.filter(({ requirement }) => requirement === row.id);
    const errors = CATALOGUE.filter(({ rows = [] }) => rows.includes(row.id));
    // What a table tells by its codes is not told by its files again.
    const places = (served.get(row.id) ?? []).filter(
      ({ file }) => !file.includes('/catalogue/') && !(file.includes('/rules/') && rules.length > 0),
    );
    const tests = (shown.get(row.id) ?? []).filter(({ file }) => file.endsWith('.test.ts'));
    return {
      ...row,
      servedBy: unique([
        ...rules.map(({ code }) => link(`rule \`${code}\``, 'docs/findings.md')),
        ...errors.map(({ code }) => link(`error \`${code}\``, `docs/errors/${code}.md`)),
        ...places.map(placeOf),
      ]),
      shownBy: unique([
        ...tests.map(testOf),
        ...(errors.some(({ matches }) => matches.length > 0)
          ? [`${link(`\`${SHOWS_EVERY_ERROR}\``, SHOWS_EVERY_ERROR)}: the errors named`]
          : []),
      ]),
    };
  });
};

/** What is missing, in words; empty when every row is served and shown. */
export const gapsIn = (rows: readonly ServedRow[]): string[] =>
  rows.flatMap(({ id, servedBy, shownBy, elsewhere }) => [
    ...(servedBy.length === 0 && elsewhere === undefined ? [`${id} is served nowhere`] : []),
    ...(shownBy.length === 0 ? [`${id} is shown by no test`] : []),
  ]);

const line = ({ id, says, servedBy, shownBy, elsewhere }: ServedRow): string =>
  `| ${id} | ${says} | ${[...(elsewhere === undefined ? [] : [elsewhere]), ...servedBy].join('<br>')} | ${shownBy.join('<br>')} |`;

export const requirementsPage = (top: string): string =>
  [
    '# Requirements',
    '',
    'Each row of the 360dialog page (R), of its messages (E) and of what partners report (P): where it is served, and the',
    'tests that show it. Made from the table of rules, the error catalogue and the sources by `npm run docs:errors`; do not',
    'edit. A row without one of the two fails `make test`.',
    '',
    '| row | asks | served by | shown by |',
    '|---|---|---|---|',
    ...servedRows(top).map(line),
    '',
  ].join('\n');
