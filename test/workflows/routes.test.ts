import { ROUTE_STEPS } from '../../shared/steps';
import { PROCEDURES } from '../../workflows/number-migration/routes';

describe('routes (meta §0, R45, P-19)', () => {
  test.each(['programmatic', 'embedded_signup', 'solution_intent'] as const)(
    'the procedure of %s has the steps that people are shown',
    (route) => {
      expect(Object.keys(PROCEDURES[route])).toEqual(ROUTE_STEPS[route]);
    },
  );
});
