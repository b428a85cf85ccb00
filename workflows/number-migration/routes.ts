/**
 * The routes a number can take: each is a procedure, to be read from top to bottom like a checklist. The order is that
 * of `ROUTE_STEPS` (shared/steps.ts); a test holds them together.
 */
import type { Route, StepName } from '../../shared/steps';
import type { Step } from './perform-step';
import { acceptance } from './steps/acceptance';
import { aftercare } from './steps/aftercare';
import { announcement } from './steps/announcement';
import { billing } from './steps/billing';
import { claim } from './steps/claim';
import { destination } from './steps/destination';
import { eligibility } from './steps/eligibility';
import { funding } from './steps/funding';
import { ownership } from './steps/ownership';
import { preparation } from './steps/preparation';
import { registration } from './steps/registration';
import { signup } from './steps/signup';
import { solutionIntent } from './steps/solution-intent';
import { remainingTemplates } from './steps/remaining-templates';
import { templates } from './steps/templates';
import { templatesOfSignup } from './steps/templates-of-signup';
import { twoStepOff } from './steps/two-step-off';
import { window } from './steps/window';

export type Procedure = Readonly<Partial<Record<StepName, Step>>>;

/** By a code through the API (meta §1). */
const programmatic: Procedure = {
  // What may take days, and harms nobody.
  claim, //            nobody else is moving this number
  eligibility, //      every obstacle at once; a task for each, until none is left
  destination, //      the account the number goes to: adopted, or made by the client and found
  templates, //        copied, compared, reported one by one
  preparation, //      what people must have ready
  window, //           the agreed time has come, and whoever must approve has approved

  // The cut-over, inside the window.
  two_step_off: twoStepOff, // the source's protection is off, as late as possible
  funding, //          the destination can pay
  announcement, //     the destination says that it takes the number
  ownership, //        the client proves that the number is theirs
  registration, //     the point of no return: the number lives at the destination

  // Afterwards.
  acceptance, //       it is what it was
  billing, //          who pays what
  aftercare, //        and it stays so
};

/** By Meta's own window, in which the client makes the account and proves the number (meta §2.2). */
const embedded_signup: Procedure = {
  // What may take days, and harms nobody.
  claim,
  eligibility,
  preparation,
  window, //           the window counts from the signup on: the source may fall silent at its end (meta §1.7)

  // The cut-over, inside the window.
  two_step_off: twoStepOff, // the signup is refused while it is on (E2)
  destination: signup, //     the client goes through the signup; account, number and proof come out of it
  funding, //          a registration without payment leaves the number silent
  templates: templatesOfSignup, // begun before the number sends (meta §2.2); nothing that waits
  registration, //     the point of no return

  // Afterwards.
  acceptance,
  billing,
  remaining_templates: remainingTemplates, // what takes hours or days, or a person's decision
  aftercare,
};

/** By the client's consent in Business settings, without a code (meta §2.3). */
const solution_intent: Procedure = {
  // What may take days, and harms nobody.
  claim,
  eligibility,
  destination: solutionIntent, // the client is asked; the accepted request makes the account
  templates,
  preparation,
  window,

  // The cut-over, inside the window.
  two_step_off: twoStepOff,
  funding,
  announcement, //     the number arrives proven
  registration,

  // Afterwards.
  acceptance,
  billing,
  aftercare,
};

export const PROCEDURES: Readonly<Record<Route, Procedure>> = {
  programmatic,
  embedded_signup,
  solution_intent,
  hub_signup: {},
};

/** What `step` means on this route. Throws for a step that the route does not have: that is a defect of ours. */
export const stepOf = (route: Route, step: StepName): Step => {
  const found = PROCEDURES[route][step];
  if (found === undefined) throw new Error(`the route ${route} has no step ${step}`);
  return found;
};
