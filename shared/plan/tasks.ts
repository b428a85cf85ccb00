/** Who must do what: the tasks that the migration will open, as far as can be told beforehand. Pure. */
import type { Finding } from '../migration';
import type { Route } from '../steps';
import { known, knownText, taskText } from '../texts';
import type { Addressed, AddressedPlannedTask } from '../texts/addressed';
import type { PlanFacts } from './facts';
import type { PlannedTask } from './schema';

type TasksOf = (facts: PlanFacts) => AddressedPlannedTask[];

const TWO_STEP = 'TWO_STEP_VERIFICATION_ENABLED';

/** A finding that an earlier version has kept may have no text of its own. */
const addressOfFinding = ({ party, text, message: title, remedy }: Finding): Addressed => {
  const own = knownText(text);
  if (party !== 'client') return { party, ...(own === null ? {} : { text: own }) };
  return { party, text: own ?? known('problem_in_english', { title, remedy }) };
};

/** One blocking task a blocker. */
const ofBlockers = ({ findings }: PlanFacts): AddressedPlannedTask[] =>
  findings
    .filter(({ severity, code }) => severity === 'blocker' && code !== TWO_STEP)
    .map((finding) => ({
      ...{ requirement: finding.requirement, kind: finding.code.toLowerCase() },
      ...{ step: 'eligibility' as const, blocking: true, title: finding.message, howTo: finding.remedy },
      ...addressOfFinding(finding),
    }));

const twoStep = ({ twoStepOn }: PlanFacts): AddressedPlannedTask[] =>
  twoStepOn === false
    ? []
    : [
        {
          ...{ party: 'source_provider', kind: TWO_STEP.toLowerCase(), requirement: 'R21' },
          ...{ step: 'two_step_off', blocking: true },
          ...taskText(twoStepOn ? 'planned.two_step_off' : 'planned.two_step_unseen', {}),
        },
      ];

const accountMade: TasksOf = ({ destinationWabaId, request }) =>
  destinationWabaId !== null
    ? []
    : [
        {
          ...{ party: 'client', kind: 'create_destination_waba', requirement: 'R39' },
          ...{ step: 'destination', blocking: true },
          ...taskText('planned.create_destination_waba', { businessId: request.destination.businessId }),
        },
      ];

const isSettled = ({ steps }: PlanFacts): boolean =>
  steps.some(({ name, status }) => name === 'destination' && status === 'done');

/** The popup moves the number, also into an account that is there already (meta §2.2). */
const popupGoneThrough: TasksOf = (facts) => {
  const { businessId } = facts.request.source;
  const { wabaId } = facts.request.destination;
  if (isSettled(facts)) return [];
  return [
    {
      ...{ party: 'client', kind: 'complete_signup', requirement: 'R39' },
      ...{ step: 'destination', blocking: true },
      ...(wabaId === undefined
        ? taskText('planned.complete_signup', { businessId })
        : taskText('planned.complete_signup.chosen', { businessId, wabaId })),
    },
  ];
};

/** Meta makes the account when the client has accepted (meta §2.3). */
const requestAccepted: TasksOf = (facts) =>
  isSettled(facts)
    ? []
    : [
        {
          ...{ party: 'client', kind: 'accept_solution_request', requirement: 'R24' },
          ...{ step: 'destination', blocking: true },
          ...taskText('accept_solution_request', { businessId: facts.request.source.businessId }),
        },
      ];

/** How the destination account comes about, and with it what the client does there. */
const ACCOUNT: Readonly<Partial<Record<Route, TasksOf>>> = {
  embedded_signup: popupGoneThrough,
  solution_intent: requestAccepted,
};

const account: TasksOf = (facts) => (ACCOUNT[facts.request.route] ?? accountMade)(facts);

/** More names than these are in the prediction itself. */
const NAMED = 20;

const templates = ({ templates: prediction }: PlanFacts): AddressedPlannedTask[] => {
  const missing = prediction?.requiredNotCopyable ?? [];
  if (missing.length === 0) return [];
  const names = missing.slice(0, NAMED).join(', ');
  return [
    {
      ...{ party: 'client', kind: 'provide_required_templates', requirement: 'R7' },
      ...{ step: 'templates', blocking: false },
      ...taskText('planned.provide_required_templates', { count: missing.length, names }),
    },
  ];
};

const approval = ({ request }: PlanFacts): AddressedPlannedTask[] =>
  request.cutover.approval === 'automatic'
    ? []
    : [
        {
          ...{ party: 'operator', kind: 'approve_cutover', requirement: null },
          ...{ step: 'window', blocking: true },
          title: 'Approve the cut-over',
          howTo: 'Look at the plan and the findings; the approval holds for the plan as it then is.',
        },
      ];

const code = ({ request: { verification } }: PlanFacts): AddressedPlannedTask[] => [
  ...(verification.send === 'on_request'
    ? [
        {
          ...{ party: 'client' as const, kind: 'request_verification_code', requirement: 'R19' },
          ...{ step: 'ownership' as const, blocking: true },
          ...taskText('request_verification_code', {}),
        },
      ]
    : []),
  {
    ...{ party: 'client', kind: 'submit_verification_code', requirement: 'R47' },
    ...{ step: 'ownership', blocking: true },
    ...taskText(`planned.submit_verification_code.${verification.method}`, {}),
  },
];

const settlement = ({ request: { source } }: PlanFacts): AddressedPlannedTask[] => [
  {
    ...{ party: 'client', kind: 'settle_source_invoice', requirement: 'R18' },
    ...{ step: 'billing', blocking: false },
    ...taskText('planned.settle_source_invoice', { provider: source.provider }),
  },
  {
    ...{ party: 'client', kind: 'cancel_source_subscription', requirement: 'R18' },
    ...{ step: 'billing', blocking: false },
    ...taskText('planned.cancel_source_subscription', { provider: source.provider }),
  },
];

const isAsked = (facts: PlanFacts, { step }: PlannedTask): boolean =>
  step === 'eligibility' || facts.steps.some(({ name }) => name === step);

export const plannedTasks = (facts: PlanFacts): PlannedTask[] => {
  if (facts.endsAs !== null) return [];
  const common = [...ofBlockers(facts), ...settlement(facts)];
  const all =
    facts.triage === 'already_at_destination'
      ? common
      : [
          ...ofBlockers(facts),
          ...account(facts),
          ...templates(facts),
          ...facts.furtherTasks,
          ...approval(facts),
          ...twoStep(facts),
          ...code(facts),
          ...settlement(facts),
        ];
  // In the order in which they will be asked for, which is the route's own.
  const positionOf = ({ step }: PlannedTask) => facts.steps.findIndex(({ name }) => name === step);
  return all.filter((task) => isAsked(facts, task)).sort((one, other) => positionOf(one) - positionOf(other));
};
