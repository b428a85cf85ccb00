/** How docs/requirements.md reads the tests: what names a row, and what asks for a code. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rowsIn } from '../../scripts/docs/rows-named';
import { testsIn } from '../../scripts/docs/told-tests';

let top: string;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'carryover-told-'));
});
afterEach(() => {
  rmSync(top, { recursive: true });
});

const told = (source: string) => {
  writeFileSync(join(top, 'one.test.ts'), source);
  return testsIn(top, ['.']);
};
const titlesOf = (source: string) => told(source).map(({ titles }) => titles.join(' > '));

test('a title names its rows, a span names neither of its ends', () => {
  expect(rowsIn('R16, P-18: paid; R10–R14, E1 to E3 and R51 are none')).toEqual(['R16', 'P-18']);
});

test('a comment, a body and a title that is computed are no titles', () => {
  expect(
    titlesOf(`/** R1 */ test('says little', () => { expect('R2'); }); test(named('R3'), () => {});`),
  ).toEqual(['says little']);
});

test('a literal table is written out row by row, by its place, by its name, or from a constant nearby', () => {
  expect(
    titlesOf(`
      const TABLE = [['R4', 1], ['R5', 2]] as const;
      describe('of tables', () => {
        test.each(TABLE)('%s (%i)', () => {});
        const rows = ['R6'];
        test.each(rows)('%s alone', () => {});
        test.each([{ row: 'R7' }])('$row', () => {});
      });`),
  ).toEqual(['of tables > R4 (1)', 'of tables > R5 (2)', 'of tables > R6 alone', 'of tables > R7']);
});

test('a table that is computed leaves its mark, which names nothing', () => {
  expect(titlesOf(`test.each(RULES.map(({ row }) => [row]))('%s', () => {});`)).toEqual(['%s']);
});

test('a code is asked for in the body or in the row of the table, and not where it is said to be absent', () => {
  const [first, second] = told(`
    test.each([['ONE_CODE'], ['OTHER_CODE']])('%s', (code) => {
      expect(open(now, 'a_task')).toBeDefined();
      expect(found(now, 'NEVER')).toBeUndefined();
      expect(codesOf(now)).not.toContain('NOWHERE');
    });`);
  expect([...(first?.words ?? [])]).toEqual(['ONE_CODE', 'A_TASK']);
  expect([...(second?.words ?? [])]).toEqual(['OTHER_CODE', 'A_TASK']);
});

test('the code of an outcome or of a step’s error is none of a finding', () => {
  const [only] = told(`
    test('x', () => {
      expect(ended).toMatchObject({ outcome: 'already_there' });
      expect(errorOf(parked, 'funding')).toBe('NO_LINE');
      expect(found(seen, 'NO_CARD')).toMatchObject({ party: 'client' });
    });`);
  expect([...(only?.words ?? [])]).toEqual(expect.arrayContaining(['ALREADY_THERE', 'NO_LINE', 'NO_CARD']));
  expect([...(only?.wordsOfNoError ?? [])]).toEqual(['NO_CARD', 'CLIENT']);
});
