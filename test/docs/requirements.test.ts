import { join } from 'node:path';
import { gapsIn, servedRows } from '../../scripts/docs/requirements';

const TOP = join(__dirname, '..', '..');

test('every row of the references is served somewhere and shown by a test', () => {
  expect(gapsIn(servedRows(TOP))).toEqual([]);
});

test('a row that nobody serves or shows is told', () => {
  const [row] = servedRows(TOP);
  if (row === undefined) throw new Error('there are no rows');
  expect(gapsIn([{ ...row, servedBy: [], shownBy: [] }])).toHaveLength(2);
});
