/** The looks at the number where it now lives, and the tasks that follow from them: acceptance and aftercare share them. */
import type { AcceptanceLook, RegistrationActivities } from '../../activities/contract';
import type { AcceptanceCheck } from '../../shared/migration';
import { keepCampaignsFrozen } from './campaign-freeze';
import { followUpKindOf, followUpTasks } from './acceptance-tasks';
import { withStatedPin } from './known-pin';
import type { MigrationRun } from './migration-run';
import { noteTraffic } from './observed';
import { withStatedOverride } from './webhook-override';

/** A number that lost its profile or its badge should not be without for long. */
const FOLLOW_UP_WITHIN_MS = 7 * 86_400_000;

export const lookAtMovedNumber = async (
  run: MigrationRun,
  look: (at: AcceptanceLook) => ReturnType<RegistrationActivities['checkAcceptance']>,
): Promise<AcceptanceCheck[]> => {
  run.beginLook();
  const { checks: seen, observed } = await look(comparisonOf(run));
  const checks = withStatedOverride(run.state.migration.tasks, withStatedPin(run.state, seen));
  noteTraffic(run, observed);
  keepFollowUps(run, checks);
  keepCampaignsFrozen(run, checks);
  return checks;
};

/** What the moved number is compared with. */
export const comparisonOf = (run: MigrationRun): AcceptanceLook => {
  const { migration, policy } = run.state;
  return {
    subject: run.subject,
    wabaId: run.wabaId,
    phoneNumberId: run.phoneNumberId,
    baseline: migration.baseline,
    connectedAt: migration.cutover.connectedAt,
    needs: policy.acceptanceNeeds,
    campaignsNeed: policy.preparation.campaignsNeed,
    failedMessages: policy.failedMessages,
    webhookHosts: policy.webhookHosts,
    ...(run.state.pinDoubtedAt === undefined ? {} : { pinDoubted: true }),
  };
};

/** A task for what is otherwise than it was; closed again when it is as it was. */
const keepFollowUps = (run: MigrationRun, checks: readonly AcceptanceCheck[]): void => {
  for (const check of checks) {
    const kind = check.ok ? followUpKindOf(check) : undefined;
    if (kind !== undefined) run.closeTask('acceptance', kind, 'no longer observed');
  }
  for (const task of followUpTasks(checks, run.after(FOLLOW_UP_WITHIN_MS))) run.openTask(task);
};
