import { startRequestSchema } from '../../shared/requests';
import { requestBody } from '../workflows/builders';

const accepts = (patch: Record<string, unknown>): boolean =>
  startRequestSchema.safeParse({ ...requestBody(), ...patch }).success;

test.each([
  ['P14D', true],
  ['PT36H', true],
  ['PT0S', false],
  ['PT59S', false],
  ['P366D', false],
  ['P99999999Y', false],
  ['a fortnight', false],
])('a deadline of %s is accepted: %s', (eligibility, accepted) => {
  expect(accepts({ deadlines: { eligibility } })).toBe(accepted);
});

test.each([
  ['order_update/pt_BR', true],
  ['order_update/en', true],
  ['hello/fil', true],
  ['order update/en', false],
  ['order_update', false],
])('a required template %s is accepted: %s', (template, accepted) => {
  expect(accepts({ templates: { required: [template] } })).toBe(accepted);
});
