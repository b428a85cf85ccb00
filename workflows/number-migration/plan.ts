/** The plan of this migration as its state stands, and what has become of the one that was approved. Pure. */
import type { Migration } from '../../shared/migration';
import { basisOf, changesBetween, type PlanBasis } from '../../shared/plan/basis';
import type { PlanFacts } from '../../shared/plan/facts';
import { planOf } from '../../shared/plan/plan';
import type { Plan } from '../../shared/plan/schema';
import type { StepName } from '../../shared/steps';
import { addressOf, type AddressedPlannedTask } from '../../shared/texts/addressed';
import { preparationTasks } from './preparation-tasks';
import type { MigrationState } from './state';
import { ENDS_AS } from './triage-outcomes';

const deadlinesOf = ({ deadlines }: MigrationState): Partial<Record<StepName, string>> =>
  Object.fromEntries(
    Object.entries(deadlines).flatMap(([step, deadline]) =>
      deadline === undefined ? [] : [[step, deadline.at]],
    ),
  );

const preparationAsPlanned = (state: MigrationState): AddressedPlannedTask[] =>
  preparationTasks(state, Date.parse(state.migration.createdAt)).map((spec) => {
    const { kind, requirement, step, blocking, title, howTo } = spec;
    return { ...{ kind, requirement, step, blocking, title, howTo }, ...addressOf(spec) };
  });

const factsOf = (state: MigrationState): PlanFacts => {
  const { migration, request, policy, templates, known } = state;
  const { inventory } = templates;
  const triage = known?.triage ?? null;
  return {
    request,
    policy,
    createdAt: migration.createdAt,
    steps: migration.steps,
    destinationWabaId: migration.destination.wabaId,
    destinationPhoneNumberId: migration.destination.phoneNumberId,
    findings: migration.findings,
    triage,
    endsAs: triage === null ? null : (ENDS_AS[triage] ?? null),
    twoStepOn: known?.twoStepOn ?? null,
    templates:
      inventory === null || request.source.credential === undefined
        ? null
        : {
            source: inventory.source,
            eligible: inventory.eligible,
            ineligible: inventory.ineligible,
            collisions: inventory.collisions,
            predicted: inventory.predicted,
            capacityLeft: inventory.capacityLeft,
            requiredNotCopyable: inventory.requiredNotCopyable,
            ...(inventory.flows === undefined ? {} : { flows: inventory.flows }),
          },
    templatePages: inventory?.pages ?? null,
    templatesToCreate:
      inventory === null
        ? null
        : (request.templates.recreateIneligible ? inventory.ineligible : 0) + (inventory.renamed ?? 0),
    templatesUnseen: known?.templatesUnseen ?? null,
    deadlines: deadlinesOf(state),
    furtherTasks: preparationAsPlanned(state),
  };
};

export const planOfState = (state: MigrationState): Plan => planOf(factsOf(state));

/** The migration as everybody else sees it: with its plan. */
export const seenFromOutside = (state: MigrationState): Migration => ({
  ...state.migration,
  plan: planOfState(state),
});

export const basisOfState = (state: MigrationState): PlanBasis => basisOf(factsOf(state));

/** What makes the standing approval void, in words; none while it holds or nothing was approved. */
export const changesSinceApproval = (state: MigrationState): string[] =>
  state.approvedBasis == null ? [] : changesBetween(state.approvedBasis, basisOfState(state));
