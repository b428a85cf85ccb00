/** Fields that belong to some routes (meta §2.3), or to one payer, only: asked of a start and of every correction. */
import type { Route } from './steps';

const INTENT_FIELDS = ['solutionId', 'appId', 'intentId'] as const;
const CREDIT_FIELDS = ['creditLineId', 'currency', 'credential'] as const;

type RouteField = 'wabaId' | (typeof INTENT_FIELDS)[number];

interface Misplaced<Field extends string> {
  field: Field;
  expected: string;
}

/** Of what is said of the destination: all that has no meaning on this route, and what was expected there. */
export const misplacedOnRoute = (
  route: Route,
  isTold: (field: RouteField) => boolean,
): Misplaced<RouteField>[] => {
  if (route === 'solution_intent') {
    return isTold('wabaId')
      ? [{ field: 'wabaId', expected: 'nothing: Meta makes the account when the client accepts' }]
      : [];
  }
  return INTENT_FIELDS.filter(isTold).map((field) => ({
    field,
    expected: 'no field of this name: it belongs to the route solution_intent',
  }));
};

/** Of what is said of a payment by the client's card; null takes away what another payer had. */
export const misplacedWithCard = (
  funding: Readonly<Partial<Record<(typeof CREDIT_FIELDS)[number], unknown>>>,
): Misplaced<(typeof CREDIT_FIELDS)[number]>[] =>
  CREDIT_FIELDS.filter((field) => (funding[field] ?? null) !== null).map((field) => ({
    field,
    expected: 'no field of this name: it belongs to the payer partner_credit',
  }));
