/** The calls of the routes that begin at the client's, where they differ (meta §2.1 to §2.3). */
import { destinationOf, read, write } from './planned-call';
import type { PlanFacts } from './facts';
import type { PlannedCall } from './schema';

const subscription = (waba: string): PlannedCall[] => [
  read(`/${waba}/subscribed_apps`, 'whether our app is subscribed', { atMost: 'once' }),
  write(`/${waba}/subscribed_apps`, {
    purpose: 'subscribe our app to the destination account',
    effect: 'our app hears the webhooks of the account',
    undo: 'DELETE subscribed_apps',
    reversible: true,
    atMost: 'only what is missing',
    condition: 'only when it is not subscribed',
  }),
];

/** In Meta's popup the client makes the account, announces the number and proves it: no call of ours (meta §2.2). */
export function signupCalls(facts: PlanFacts): PlannedCall[] {
  const { businessId } = facts.request.destination;
  const waba = destinationOf(facts);
  return [
    read('/oauth/access_token', 'exchange the code of the popup for the client’s token', {
      atMost: 'once for each popup, never again',
      condition: 'when the popup gave a code',
    }),
    read('/debug_token', 'which account the token was granted for', {
      condition: 'when the popup’s message was lost',
    }),
    read(`/${businessId}/owned_whatsapp_business_accounts`, 'find the account that the client made', {
      condition: 'when nothing else names it',
    }),
    read(`/${businessId}/client_whatsapp_business_accounts`, 'find the account that the client made', {
      condition: 'when nothing else names it',
    }),
    read(`/${waba}`, 'whether it belongs to the number’s portfolio'),
    read(`/${waba}/phone_numbers`, 'whether the number is in it, proven'),
    ...subscription(waba),
  ];
}

export function solutionIntentCalls(facts: PlanFacts): PlannedCall[] {
  const { solutionId, businessId } = facts.request.destination;
  const waba = destinationOf(facts);
  return [
    write(`/${facts.request.source.wabaId}/set_solution_migration_intent`, {
      purpose: 'ask the client to let the account move',
      effect: 'a request in the client’s Business settings; the source account is marked',
      undo: 'the client, who declines it in Business settings',
      reversible: true,
      atMost: 'once; again only after it was declined and a person has decided so',
    }),
    read('/{intent}', 'whether the client has accepted', { atMost: 'every 30 minutes' }),
    ...(solutionId === undefined
      ? []
      : [read(`/${solutionId}/access_token?business_id=${businessId}`, 'our token for this client')]),
    read(`/${waba}`, 'same business, reviewed'),
    ...subscription(waba),
  ];
}
