/** Who must do what: the tasks that the migration will open, as far as can be told beforehand. Pure. */
import type { PlanFacts } from './facts';
import type { PlannedTask } from './schema';

const TWO_STEP = 'TWO_STEP_VERIFICATION_ENABLED';

/** One blocking task a blocker. */
const ofBlockers = ({ findings }: PlanFacts): PlannedTask[] =>
  findings
    .filter(({ severity, code }) => severity === 'blocker' && code !== TWO_STEP)
    .map(({ party, code, requirement, message, remedy }) => ({
      ...{ party, requirement, kind: code.toLowerCase(), step: 'eligibility' as const, blocking: true },
      ...{ title: message, howTo: remedy },
    }));

const twoStep = ({ twoStepOn }: PlanFacts): PlannedTask[] =>
  twoStepOn === false
    ? []
    : [
        {
          ...{ party: 'source_provider', kind: TWO_STEP.toLowerCase(), requirement: 'R21' },
          ...{ step: 'two_step_off', blocking: true },
          title: twoStepOn
            ? 'Switch two-step verification of the number off, when the window has opened'
            : 'Say that two-step verification of the number is off: nobody can see it',
          howTo:
            'WhatsApp Manager → Account tools → Phone numbers → the number → Two-step verification → Turn off. Do not delete the number.',
        },
      ];

const account = ({ destinationWabaId }: PlanFacts): PlannedTask[] =>
  destinationWabaId !== null
    ? []
    : [
        {
          ...{ party: 'client', kind: 'create_destination_waba', requirement: 'R39' },
          ...{ step: 'destination', blocking: true },
          title: 'Create the destination account in the business portfolio that owns the number',
          howTo: 'Choose the existing portfolio, make a new account and do not add the number there.',
        },
      ];

const templates = ({ templates: prediction }: PlanFacts): PlannedTask[] =>
  prediction === null || prediction.requiredNotCopyable.length === 0
    ? []
    : [
        {
          ...{ party: 'client', kind: 'provide_required_templates', requirement: 'R7' },
          ...{ step: 'templates', blocking: false },
          title: `${String(prediction.requiredNotCopyable.length)} required templates cannot be copied: ${prediction.requiredNotCopyable.slice(0, 20).join(', ')}`,
          howTo: 'Submit them at the destination account; review takes up to 24 hours.',
        },
      ];

const approval = ({ request }: PlanFacts): PlannedTask[] =>
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

const code = ({ request }: PlanFacts): PlannedTask[] => [
  ...(request.verification.send === 'on_request'
    ? [
        {
          ...{ party: 'client' as const, kind: 'request_verification_code', requirement: 'R19' },
          ...{ step: 'ownership' as const, blocking: true },
          title: 'Say when somebody is at the phone',
          howTo: 'Ask for the code when the person who answers this phone is ready.',
        },
      ]
    : []),
  {
    ...{ party: 'client', kind: 'submit_verification_code', requirement: 'R47' },
    ...{ step: 'ownership', blocking: true },
    title: `Hand in the six digits that WhatsApp sends by ${request.verification.method === 'sms' ? 'SMS' : 'a call'}`,
    howTo: 'Somebody must be at the phone when the code comes; it expires within minutes.',
  },
];

const settlement = ({ request }: PlanFacts): PlannedTask[] => [
  {
    ...{ party: 'client', kind: 'settle_source_invoice', requirement: 'R18' },
    ...{ step: 'billing', blocking: false },
    title: `Settle the last invoice of ${request.source.provider}`,
    howTo: 'Messages sent before the cut-over are on the bill of the source (R15, R17).',
  },
  {
    ...{ party: 'client', kind: 'cancel_source_subscription', requirement: 'R18' },
    ...{ step: 'billing', blocking: false },
    title: `Cancel the subscription at ${request.source.provider}`,
    howTo: 'Only after the move is accepted (P-14).',
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
  return all.filter((task) => isAsked(facts, task));
};
