/** What each route must and must not be told, beside the form of the fields (meta §0, §2): all of it at once. */
import type { FieldError } from '../shared/answers';
import { misplacedOnRoute } from '../shared/misplaced-fields';
import type { Route } from '../shared/steps';
import type { ServerDeps } from './deps';
import { errorAt, valueAt } from './validation';

const told = (body: unknown, name: string): boolean => valueAt(body, ['destination', name]) !== undefined;

export const misplacedErrors = (route: Route, body: unknown): FieldError[] =>
  misplacedOnRoute(route, (name) => told(body, name)).map(({ field, expected }) =>
    errorAt(body, ['destination', field], expected),
  );

const needsOf: Readonly<Partial<Record<Route, (deps: ServerDeps, body: unknown) => FieldError[]>>> = {
  programmatic: (_deps, body) => misplacedErrors('programmatic', body),
  embedded_signup: (deps, body) => [
    ...(deps.signup
      ? []
      : [
          errorAt(
            body,
            ['route'],
            'a route this installation is set up for (embedded_signup needs META_APP_ID, META_APP_SECRET and META_SIGNUP_CONFIG_ID)',
          ),
        ]),
    ...misplacedErrors('embedded_signup', body),
  ],
  solution_intent: (_deps, body) => [
    ...(told(body, 'solutionId') === told(body, 'appId')
      ? [
          errorAt(
            body,
            ['destination', 'solutionId'],
            'the solution to move to, or destination.appId to leave one: exactly one of them',
          ),
        ]
      : []),
    ...misplacedErrors('solution_intent', body),
  ],
};

const isRoute = (route: unknown): route is Route =>
  typeof route === 'string' && Object.hasOwn(needsOf, route);

export const routeErrors = (deps: ServerDeps, body: unknown): FieldError[] => {
  const route = valueAt(body, ['route']);
  return isRoute(route) ? (needsOf[route]?.(deps, body) ?? []) : [];
};
