/**
 * What no recording shows yet, although it should. The list only ever gets shorter: a test fails when something else is
 * missing, and when one of these has a recording.
 */
export const GAPS: readonly string[] = [
  'change account_ages',
  'change templates_unseen',
  'change flow_buttons_repointed',
  'task for a finding in destination',
  'parked in two_step_off',
  'parked in acceptance',
  'parked in aftercare',
  'parked: unknown_outcome',
  'led back by OWNERSHIP_NOT_VERIFIED',
  'led back by PAYMENT_METHOD_MISSING',
  'continued into: the client goes through the signup',
  'continued into: next look whether the client has accepted',
  'effect Point flow buttons of copies at the moved flows',
  'verdict undelivered',
  'registration adopted',
  'replayed from a step',
  'an effect that timed out',
];
