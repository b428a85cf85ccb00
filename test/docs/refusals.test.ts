import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HttpProblem, problemCodeSchema } from '../../server/problems';
import { REFUSALS } from '../../shared/messages';

const page = readFileSync(join(__dirname, '../../docs/http-api.md'), 'utf8');
const rows = [...page.matchAll(/^\| `([a-z_]+)` +\| (\d{3}) +\|/gm)].map((row) => ({
  code: row[1],
  status: Number(row[2]),
}));

test('every refusal stands in the documentation with the status it is answered with', () => {
  expect(rows.length).toBeGreaterThan(Object.keys(REFUSALS).length);
  for (const { code, status } of rows) {
    const known = problemCodeSchema.parse(code);
    expect({ code, status: new HttpProblem(known).status }).toEqual({ code, status });
  }
});

test.each(Object.keys(REFUSALS))('the refusal %s is documented', (code) => {
  expect(rows.map((row) => row.code)).toContain(code);
});
