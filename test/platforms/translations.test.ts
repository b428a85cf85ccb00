import { CATALOGUE } from '../../platforms/meta/catalogue';
import { PROBLEM_TEXTS } from '../../shared/texts/problems';

test('nothing is translated that the catalogue does not know', () => {
  const known = CATALOGUE.map(({ code }) => code);
  expect(Object.keys(PROBLEM_TEXTS).filter((code) => !known.includes(code))).toEqual([]);
});
