/** The calls that are about templates: before the window, or, where the popup announces the number, around the cut-over. */
import type { PlanFacts } from './facts';
import { destinationOf, read, write } from './planned-call';
import type { PlannedCall } from './schema';

type CallsOf = (facts: PlanFacts) => PlannedCall[];

const sourceOf = ({ request }: PlanFacts): string => request.source.wabaId;

const pagesOf = ({ templatePages }: PlanFacts): string =>
  templatePages === null ? 'once a page of templates' : `${String(templatePages)} times, once a page`;

const isSourceSeen = ({ request }: PlanFacts): boolean => request.source.credential !== undefined;

const bothLists: CallsOf = (facts) => [
  read(`/${destinationOf(facts)}/message_templates`, 'what the destination has; twice: before and after', {
    atMost: 'once a page of 200, before and after the copy',
  }),
  ...(isSourceSeen(facts)
    ? [
        read(`/${sourceOf(facts)}/message_templates`, 'what the source has', {
          atMost: 'once a page of 200',
        }),
      ]
    : []),
];

const templateCopy = (facts: PlanFacts, condition: string, atMost: string): PlannedCall =>
  write(`/${destinationOf(facts)}/migrate_message_templates`, {
    purpose: 'copy the eligible templates of the source',
    effect: 'copies appear at the destination and are reviewed again; nothing changes at the source',
    undo: 'nobody without locking their names for 30 days',
    reversible: false,
    condition,
    atMost,
  });

const onePass = (facts: PlanFacts): string => `${pagesOf(facts)} of ${String(facts.policy.templatePageSize)}`;

const byIdAgain = ({ policy }: PlanFacts): string =>
  `what failed is asked for again by id, at most ${String(policy.templateRetryRounds)} times`;

const hasFlows = ({ templates }: PlanFacts): boolean => (templates?.flows ?? 0) > 0;

const createdAndRepointed: CallsOf = (facts) => [
  ...(isSourceSeen(facts) && createsTemplates(facts) ? templateCreation(facts, destinationOf(facts)) : []),
  ...(hasFlows(facts) ? flowButtons(facts) : []),
];

export const templates: CallsOf = (facts) =>
  facts.request.templates.copy
    ? [
        ...bothLists(facts),
        ...(hasFlows(facts) ? [flowMigration(destinationOf(facts))] : []),
        templateCopy(facts, 'only when a template is to be copied', `${onePass(facts)}; ${byIdAgain(facts)}`),
        ...createdAndRepointed(facts),
      ]
    : [];

/** While the number may be silent, copies are begun and no more (meta §1.7, §2.2). */
export const templatesOfSignup: CallsOf = (facts) =>
  facts.request.templates.copy
    ? [
        ...bothLists(facts),
        ...(hasFlows(facts) ? [flowMigration(destinationOf(facts))] : []),
        templateCopy(
          facts,
          `only when a template is to be copied, for ${String(facts.policy.copyBeforeRegistration / 60_000)} minutes`,
          `once a page: ${onePass(facts)}`,
        ),
      ]
    : [];

export const remainingTemplates: CallsOf = (facts) =>
  facts.request.templates.copy
    ? [
        ...bothLists(facts),
        templateCopy(facts, 'only for what has not arrived', `the pages that are left; ${byIdAgain(facts)}`),
        ...createdAndRepointed(facts),
      ]
    : [];

const flowMigration = (waba: string): PlannedCall =>
  write(`/${waba}/migrate_flows`, {
    purpose: 'bring the flows along that buttons of templates open',
    effect: 'copies of the flows appear at the destination under new ids',
    undo: 'the client, who may deprecate a flow',
    reversible: false,
    condition: 'only for what the destination does not have by name',
    atMost: 'once a hundred flows',
  });

const flowButtons = ({ policy }: PlanFacts): PlannedCall[] =>
  policy.templateFlowButtons === 'left'
    ? []
    : [
        write('/{template}', {
          purpose: 'point the button of a copied template at the moved flow',
          effect: 'the copy is reviewed again, for up to 24 hours, and cannot be sent meanwhile',
          undo: 'the client, by another edit: an approved template takes one in 24 hours and ten in 30 days',
          reversible: true,
          condition: 'only for a copy whose button still opens a flow of the old account that was moved',
          atMost: 'once a template; repeated only after reading that it still opens the old flow',
        }),
      ];

const createsTemplates = ({ request }: PlanFacts): boolean =>
  request.templates.recreateIneligible ||
  Object.values({ ...request.templates.collisions }).some((decision) => decision !== 'keep_destination');

const templateCreation = ({ policy }: PlanFacts, waba: string): PlannedCall[] => [
  write('/{app}/uploads', {
    purpose: 'upload the file of a header again',
    effect: 'a handle for the creation that follows',
    undo: 'needs none: a handle that is not used is forgotten',
    reversible: true,
    condition: 'only for a template with a picture, a film or a document',
    atMost: 'once a file',
  }),
  write(`/${waba}/message_templates`, {
    purpose: 'create what Meta does not copy, from its content',
    effect: 'new templates at the destination, reviewed by Meta for up to 24 hours',
    undo: 'nobody without locking their names for 30 days',
    reversible: false,
    condition: 'only for what stays behind for a reason that is worth it, or was given another name',
    atMost: `once a template, ${String(policy.templateCreationsPerHour)} an hour`,
  }),
];
