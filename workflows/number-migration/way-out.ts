/** What the route of a migration makes of a problem: who can solve it there, and how. Pure. */
import { PROBLEM, type Problem } from '../../shared/problems';
import { provesOwnership } from './derived';
import type { MigrationState } from './state';

const PROVEN_BY_CODE = {
  party: 'operator',
  title: 'Ownership of the number has to be proven again (133006), and this route cannot do that',
  remedy:
    'Change the route: carryover amend <id> with {"route": "programmatic"} (PATCH /v1/migrations/<id>). What is done stays done; the number is then proven by a code, which the client must be ready to receive.',
} as const;

/** The catalogue asks the client for a code; on a route without a code nobody can ask for one (meta §2.3). */
export const onItsRoute = (state: MigrationState, problem: Problem): Problem =>
  problem.code === PROBLEM.ownershipNotVerified && provesOwnership(state) === null
    ? { ...problem, ...PROVEN_BY_CODE }
    : problem;
