/**
 * The calls each step makes at the platform, as a table. A test holds the table against what an execution really
 * called: a write that is not planned, or planned and never made, turns it red.
 */
import { signupCalls, solutionIntentCalls } from './client-route-calls';
import { destinationOf, numberOf, read, write } from './planned-call';
import { storageReads, storageWrites } from './storage-calls';
import type { Policy } from '../policy';
import type { Route, StepName } from '../steps';
import type { PlanFacts } from './facts';
import type { PlannedCall } from './schema';
import { remainingTemplates, templates, templatesOfSignup } from './template-calls';

type CallsOf = (facts: PlanFacts) => PlannedCall[];

const sourceOf = ({ request }: PlanFacts): string => request.source.wabaId;

const NO_SOURCE_CREDENTIAL = 'left out: the request names no credential for the source';

const sourceLook: CallsOf = (facts) => {
  const source = sourceOf(facts);
  if (facts.request.source.credential === undefined) return [];
  return [
    read(`/${source}`, 'the source account: owner, review, business verification'),
    read(`/${source}/phone_numbers`, 'the number at the source: status, name, two-step verification, limit'),
    read(`/${source}/message_templates`, 'how many templates the source has'),
  ];
};

const destinationLook: CallsOf = (facts) => {
  if (facts.destinationWabaId === null) return [];
  const destination = destinationOf(facts);
  return [
    read(`/${destination}`, 'the destination account: owner, review, currency, payment'),
    read(`/${destination}/phone_numbers`, 'whether the number is there already'),
    read(`/${destination}/message_templates`, 'how many templates fit'),
    read(`/${destination}/subscribed_apps`, 'whether our app hears its webhooks'),
  ];
};

const creditLine = ({ request }: PlanFacts): string | null =>
  request.funding?.payer === 'partner_credit' ? request.funding.creditLineId : null;

const creditLook: CallsOf = (facts) => {
  const line = creditLine(facts);
  return line === null
    ? []
    : [read(`/${line}/owning_credit_allocation_configs`, 'whether the credit line can be used')];
};

const portfolioLook: CallsOf = ({ request, destinationWabaId }) =>
  destinationWabaId === null
    ? []
    : [
        read(
          `/${request.destination.businessId}/owned_whatsapp_business_accounts`,
          'how many numbers the portfolio has',
        ),
      ];

const eligibility: CallsOf = (facts) => [
  ...sourceLook(facts),
  ...destinationLook(facts),
  ...portfolioLook(facts),
  ...creditLook(facts),
];

const destination: CallsOf = (facts) => {
  const { businessId } = facts.request.destination;
  const waba = destinationOf(facts);
  const search =
    facts.destinationWabaId === null
      ? [
          read(`/${businessId}/owned_whatsapp_business_accounts`, 'find the account the client makes'),
          read(`/${businessId}/client_whatsapp_business_accounts`, 'find the account the client makes'),
        ]
      : [];
  return [
    ...search,
    read(`/${waba}`, 'same business, reviewed, young enough'),
    read(`/${waba}/subscribed_apps`, 'whether our app is subscribed', { atMost: 'once' }),
    write(`/${waba}/subscribed_apps`, {
      purpose: 'subscribe our app to the destination account',
      effect: 'the webhooks of the destination account reach our app',
      undo: 'our operator, by DELETE subscribed_apps',
      reversible: true,
      condition: 'only when it is not subscribed yet',
      atMost: 'once; repeating it changes nothing',
    }),
    read(`/${waba}/phone_numbers`, 'prove that our token may work there', { atMost: 'once' }),
  ];
};

const FOR_EVER = {
  effect: 'the partner pays for the destination account',
  undo: 'nobody: an attached line is for ever; use another account',
  reversible: false,
  condition: 'only when nothing is attached yet',
  atMost: 'once; repeated only after reading that nothing is attached',
};

const creditWrites = (sharing: Policy['creditSharing'], line: string): PlannedCall[] =>
  sharing === 'two_calls'
    ? [
        read(`/${line}/owning_credit_allocation_configs`, 'whether the line is shared already'),
        write(`/${line}/whatsapp_credit_sharing`, {
          purpose: 'share the credit line with the business',
          effect: 'the line may be attached to accounts of the business',
          undo: 'DELETE /{allocation}, by hand: it stops every account of this client',
          reversible: true,
          condition: 'only when it is not shared yet',
          atMost: 'once; repeated only after reading that it is not shared',
        }),
        write(`/${line}/whatsapp_credit_attach`, {
          purpose: 'attach the shared line to the destination account',
          ...FOR_EVER,
        }),
      ]
    : [
        write(`/${line}/whatsapp_credit_sharing_and_attach`, {
          purpose: 'share the credit line with the business and attach it to the destination account',
          ...FOR_EVER,
        }),
      ];

const funding: CallsOf = (facts) => {
  const line = creditLine(facts);
  const waba = destinationOf(facts);
  const attached = read(`/${waba}`, 'which payment is attached');
  if (line === null) return [attached];
  return [
    attached,
    ...creditWrites(facts.policy.creditSharing, line),
    read('/{allocation}', 'prove that it is attached', { atMost: 'once' }),
  ];
};

const announcement: CallsOf = (facts) => {
  const waba = destinationOf(facts);
  return [
    read(`/${waba}/phone_numbers`, 'whether the number is announced already', { atMost: 'before each try' }),
    write(`/${waba}/phone_numbers`, {
      purpose: 'announce that the number moves to the destination account',
      effect: 'a pending record of the number at the destination; the source may stop working from here on',
      undo: 'an admin of the business portfolio, by hand in WhatsApp Manager',
      reversible: false,
      condition: 'only when it is not announced yet',
      atMost: 'once; repeated only after reading that it is not there',
    }),
  ];
};

const ownership: CallsOf = (facts) => {
  const number = numberOf(facts);
  const { max, per } = facts.policy.codeRequests;
  return [
    read(`/${number}`, 'whether ownership is verified already', { atMost: 'before each call' }),
    ...(facts.request.source.credential === undefined
      ? []
      : [
          read(
            `/${sourceOf(facts)}/phone_numbers`,
            'whether two-step verification is still off at the source',
            {
              condition: 'only before a code that a person asks for, or a further one',
            },
          ),
        ]),
    write(`/${number}/request_code`, {
      purpose: `send the verification code by ${facts.request.verification.method === 'sms' ? 'SMS' : 'a call'}`,
      effect: 'six digits come to the phone of the business',
      undo: 'the code expires',
      reversible: true,
      condition: 'only when ownership is not verified',
      atMost: `once by itself; further ones when a person asks, at most ${String(max)} in ${hoursOf(per)}`,
    }),
    write(`/${number}/verify_code`, {
      purpose: 'hand in the code that a person typed in',
      effect: 'ownership is verified for 14 days',
      undo: 'it lapses after 14 days',
      reversible: true,
      atMost: `once a code handed in, at most ${String(facts.policy.guessesPerCode)} guesses a code`,
    }),
  ];
};

const hoursOf = (ms: number): string => `${String(Math.round(ms / 360_000) / 10)} hours`;

const registration: CallsOf = (facts) => {
  const number = numberOf(facts);
  return [
    ...sourceLook(facts),
    ...destinationLook(facts),
    ...(facts.request.source.credential === undefined
      ? []
      : [
          read(`/${sourceOf(facts)}?fields=pricing_analytics`, 'keep the usage at the source', {
            atMost: 'once a look',
          }),
        ]),
    ...storageWrites(facts, number),
    write(`/${number}/register`, {
      purpose: 'register the number at the destination: the cut-over',
      effect: 'the number works at the destination and no longer at the source; a new two-step PIN is set',
      undo: 'nobody: from here on the work only goes forward',
      reversible: false,
      atMost:
        'again only after reading that it is not connected; at most 8 attempts in 72 hours (Meta allows 10)',
    }),
    read(`/${number}`, 'until the number is connected', {
      atMost: 'after 1, 2, 4, 8 and then every 15 seconds',
    }),
  ];
};

const acceptance: CallsOf = (facts) => [
  read(`/${destinationOf(facts)}/phone_numbers`, 'the number as it arrived'),
  read(`/${numberOf(facts)}?fields=health_status`, 'whether it can send'),
  ...storageReads(facts, numberOf(facts)),
  ...(facts.request.templates.copy || facts.request.templates.required.length > 0
    ? [read(`/${destinationOf(facts)}/message_templates`, 'whether templates were turned down meanwhile')]
    : []),
];

/** Required templates are brought with the acceptance, the others after it. */
const acceptanceOfSignup: CallsOf = (facts) => [
  ...acceptance(facts),
  ...(facts.request.templates.required.length === 0
    ? []
    : remainingTemplates(facts)
        .filter(({ method }) => method === 'POST')
        .map((call) => ({ ...call, condition: 'only for templates that are required' }))),
];

const billing: CallsOf = (facts) => [
  read(`/${destinationOf(facts)}`, 'which payment the destination has', {
    condition: 'only when it was not seen before',
  }),
];

const none: CallsOf = () => [];

const CALLS: Readonly<Record<StepName, CallsOf>> = {
  claim: none,
  eligibility,
  destination,
  templates,
  preparation: none,
  window: none,
  two_step_off: sourceLook,
  funding,
  announcement,
  ownership,
  registration,
  acceptance,
  billing,
  remaining_templates: remainingTemplates,
  aftercare: (facts) => (facts.request.aftercare.hours === 0 ? [] : acceptance(facts)),
};

/** Where a route does something else under the name of a step. */
const CALLS_OF_ROUTE: Readonly<Partial<Record<Route, Partial<Record<StepName, CallsOf>>>>> = {
  embedded_signup: {
    destination: signupCalls,
    templates: templatesOfSignup,
    acceptance: acceptanceOfSignup,
  },
  solution_intent: { destination: solutionIntentCalls },
};

export const callsOf = (facts: PlanFacts, step: StepName): PlannedCall[] =>
  (CALLS_OF_ROUTE[facts.request.route]?.[step] ?? CALLS[step])(facts);

/** Said of looks at the source that cannot be made. */
export const unseenSource = ({ request }: PlanFacts): string | null =>
  request.source.credential === undefined ? NO_SOURCE_CREDENTIAL : null;
