/** A required template that Meta turned down after the move is somebody's task, also when the number is live (R8). */
import type { AcceptanceCheck } from '../../../shared/migration';
import { taskText } from '../../../shared/texts';
import type { MigrationRun } from '../migration-run';
import { namesOf } from './template-check';

const KIND = 'repair_required_templates';
export const PREFIX_OF_TEMPLATE_CHECKS = 'template ';

/** Opens the task for the required templates that are not approved, closes it when all are again. */
export const tellTurnedDown = (run: MigrationRun, checks: readonly AcceptanceCheck[]): void => {
  const required = new Set(run.state.request.templates.required);
  const down = checks
    .filter(
      ({ ok, name }) =>
        !ok &&
        name.startsWith(PREFIX_OF_TEMPLATE_CHECKS) &&
        required.has(name.slice(PREFIX_OF_TEMPLATE_CHECKS.length)),
    )
    .map(({ name }) => name.slice(PREFIX_OF_TEMPLATE_CHECKS.length));
  if (down.length === 0) {
    run.closeTask('aftercare', KIND, 'all are approved again');
    return;
  }
  run.openTask({
    ...{ kind: KIND, party: 'client', requirement: 'R8', step: 'aftercare', blocking: false, dueAt: null },
    ...taskText(KIND, { names: namesOf({ count: down.length, first: down }) }),
  });
};
