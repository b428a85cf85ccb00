import { join } from 'node:path';
import { CATALOGUE, matchFor, rowOf } from '../../platforms/meta/catalogue';
import { rowSchema } from '../../platforms/meta/catalogue/row';
import { plain } from '../../platforms/meta/waits';
import { PROBLEM } from '../../shared/problems';
import { stalePages } from '../../scripts/docs/generate';
import { ANSWERS, type SampleAnswer } from './answers';

const matchOf = ({ code, subcode, text = '', call = 'POST register' }: SampleAnswer) =>
  matchFor({ code, subcode, words: plain(text), call });

test.each(
  ANSWERS.map(
    (answer) => [answer.means, answer.code, answer.subcode ?? '–', answer.text ?? '', answer] as const,
  ),
)('%s is what %s/%s "%s" means', (means, _code, _subcode, _text, answer) => {
  expect(matchOf(answer)?.row.code).toBe(means);
});

test('every way in which a row is recognised is met by an answer of the table', () => {
  const met = new Set(ANSWERS.map((answer) => matchOf(answer)?.match));
  const never = CATALOGUE.flatMap((row) =>
    row.matches.filter((match) => !met.has(match)).map((match) => [row.code, match] as const),
  );
  expect(never).toEqual([]);
});

test('every row has the form of a row, and a code of its own', () => {
  for (const row of CATALOGUE) expect(rowSchema.safeParse(row)).toMatchObject({ success: true });
  expect(new Set(CATALOGUE.map(({ code }) => code)).size).toBe(CATALOGUE.length);
});

test('the codes by which the workflow goes back are codes of the catalogue', () => {
  for (const code of Object.values(PROBLEM)) expect(rowOf(code).code).toBe(code);
});

test('texts are patterns over plain words: lower case, no accents', () => {
  for (const { matches } of CATALOGUE) {
    for (const pattern of matches.flatMap((match) => match.texts ?? [])) {
      expect(pattern.source.replace(/\\[bd]/g, '')).toBe(plain(pattern.source.replace(/\\[bd]/g, '')));
    }
  }
});

test('the pages of problems and findings are as the tables say (npm run docs:errors)', () => {
  expect(stalePages(join(__dirname, '..', '..', 'docs'))).toEqual([]);
});
