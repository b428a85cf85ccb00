/** What a plan is made from: the request as it stands, the figures it is run by, and what is known so far. */
import type { Finding } from '../migration';
import type { Policy } from '../policy';
import type { StartRequest } from '../requests';
import type { StepName } from '../steps';
import type { z } from 'zod';
import type { AddressedPlannedTask } from '../texts/addressed';
import type { templatePredictionSchema } from './schema';

export type TemplatePrediction = z.infer<typeof templatePredictionSchema>;

export interface PlanFacts {
  request: StartRequest;
  policy: Policy;
  createdAt: string;
  /** The route's steps in their order, with those that are left out. */
  steps: readonly { name: StepName; status: string }[];
  /** As found on the way; null: not known yet. */
  destinationWabaId: string | null;
  destinationPhoneNumberId: string | null;
  findings: readonly Finding[];
  /** Answer to the first question of eligibility; null: nobody has looked yet. */
  triage: string | null;
  /** The outcome with which triage ends a migration at once; null: it goes on. */
  endsAs: string | null;
  /** Two-step verification at the source, as last seen; null: unseen. */
  twoStepOn: boolean | null;
  templates: TemplatePrediction | null;
  /** Copy calls that the inventory counted; null: not counted yet. */
  templatePages: number | null;
  /** Templates that may have to be created from their content, at most; null: not counted yet. */
  templatesToCreate: number | null;
  templatesUnseen: string | null;
  /** Deadlines that have begun to run. */
  deadlines: Partial<Record<StepName, string>>;
  /** Tasks that other parts of the procedure will open. */
  furtherTasks: readonly AddressedPlannedTask[];
}

/** A migration of which nothing is known but its request. */
export const factsOfRequest = (
  request: StartRequest,
  policy: Policy,
  createdAt: string,
  steps: readonly StepName[],
): PlanFacts => ({
  request,
  policy,
  createdAt,
  steps: steps.map((name) => ({ name, status: 'pending' })),
  destinationWabaId: request.destination.wabaId ?? null,
  destinationPhoneNumberId: null,
  findings: [],
  triage: null,
  endsAs: null,
  twoStepOn: null,
  templates: null,
  templatePages: null,
  templatesToCreate: null,
  templatesUnseen: null,
  deadlines: {},
  furtherTasks: [],
});
