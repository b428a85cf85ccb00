/** Refusals of the routes that begin at the client's: Embedded Signup and the solution intent (meta §2.1 to §2.3). */
import { rows } from './row';

export const PARTNER_ROWS = rows(
  {
    code: 'SOLUTION_INTENT_EXISTS',
    matches: [{ subcodes: [2593079] }, { codes: [2593079] }],
    class: 'needs_party',
    party: 'operator',
    title: 'The source account is marked for a move to a solution already',
    remedy:
      'If the mark is ours (the reply to the first request was lost), find the id of the intent and hand it in: PATCH destination.intentId. If it is another partner’s, the client declines that request in Business settings → Requests → Received; then retry.',
    source: 'meta §2.3',
  },
  {
    code: 'SOLUTION_INTENT_NOT_ELIGIBLE',
    matches: [{ subcodes: [2593085] }, { codes: [2593085] }],
    class: 'permanent',
    party: 'operator',
    title: 'The source account is not eligible for this kind of move',
    remedy: 'Abort and start again on another route: embedded_signup, or programmatic.',
    source: 'meta §2.3',
  },
  {
    code: 'SOLUTION_INTENT_REJECTED',
    matches: [],
    class: 'needs_party',
    party: 'client',
    title: 'The client declined the request in Business settings',
    remedy:
      'Clear up with the client why. Retry the step to send a new request, which an admin accepts in Business settings → Requests → Received.',
    source: 'meta §2.3',
  },
  {
    code: 'SOLUTION_TOKEN_MISSING',
    matches: [],
    class: 'needs_party',
    party: 'operator',
    title: 'The solution has no token for this client',
    remedy:
      'Look in the App Dashboard whether the solution is active and the client accepted it; then retry the step.',
    source: 'meta §2.3',
  },
  {
    code: 'SIGNUP_CODE_REFUSED',
    matches: [
      { codes: [100], calls: ['GET access_token'] },
      { subcodes: [36007, 36008, 36009], calls: ['GET access_token'] },
    ],
    class: 'permanent',
    party: 'system',
    title: 'Meta did not take the code of the signup: it is older than 30 seconds, or was used before',
    remedy:
      'Nothing to do: the account is looked for by the other ways, with the token of the destination’s credential.',
    source: 'meta §2.1 (numbers UNVERIFIED)',
  },
  {
    code: 'APP_SECRET_WRONG',
    matches: [
      { codes: [1], texts: [/client secret/, /app(lication)? secret/], calls: ['GET access_token'] },
      { codes: [101], calls: ['GET access_token'] },
    ],
    class: 'permanent',
    party: 'operator',
    title: 'Meta does not know this app with this secret',
    remedy: 'Correct META_APP_ID and META_APP_SECRET of the workers.',
    source: 'meta §2.1 (UNVERIFIED)',
  },
  {
    code: 'APP_NOT_CONFIGURED',
    matches: [],
    class: 'permanent',
    party: 'operator',
    title: 'The workers do not know the partner app’s secret, so the code of a signup cannot be exchanged',
    remedy:
      'Set META_APP_ID and META_APP_SECRET for the workers. Until then the destination’s credential is used.',
    source: 'meta §2.1',
  },
);
