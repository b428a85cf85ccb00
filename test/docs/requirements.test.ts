import { join } from 'node:path';
import { foundRules, gapsIn, servedRows, unaskedIn } from '../../scripts/docs/requirements';

const TOP = join(__dirname, '..', '..');

test('every row of the references is served somewhere, named by the title of a test, and shown through HTTP', () => {
  expect(gapsIn(servedRows(TOP))).toEqual([]);
});

test('every finding is asked for by a test that goes through HTTP', () => {
  expect(unaskedIn(foundRules(TOP))).toEqual([]);
});
