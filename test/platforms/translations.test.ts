import { CATALOGUE } from '../../platforms/meta/catalogue';
import { PROBLEM_TEXTS } from '../../shared/texts/problems';

const codesOfClient = CATALOGUE.filter(({ party }) => party === 'client').map(({ code }) => code);

test.each(codesOfClient)('%s, which a client must solve, is said in every language', (code) => {
  expect(PROBLEM_TEXTS[code]?.['pt-BR'].how).toBeTruthy();
  expect(PROBLEM_TEXTS[code]?.es.how).toBeTruthy();
});

test('nothing is translated that the catalogue does not know', () => {
  const known = CATALOGUE.map(({ code }) => code);
  expect(Object.keys(PROBLEM_TEXTS).filter((code) => !known.includes(code))).toEqual([]);
});
