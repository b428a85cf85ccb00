import type { StepName } from '../../shared/steps';

/**
 * Every wait of the procedure, in the words that its timer bears in the Temporal UI. `long`: it may take days, so that the
 * run drains and continues as new into it.
 */
export const WAITS = {
  parked: { why: 'parked', long: true },
  openFindings: { why: 'next look at the open findings', long: true },
  newAccount: { why: 'next look for the new account', long: true },
  signup: { why: 'the client goes through the signup', long: true },
  popupResult: { why: 'the page hands in what the popup returned', long: false },
  acceptedIntent: { why: 'next look whether the client has accepted', long: true },
  templateCollisions: { why: 'a decision about templates that collide', long: true },
  templateCreation: { why: 'Meta takes a hundred new templates an hour', long: true },
  preparation: { why: 'tasks to prepare the cut-over', long: true },
  windowApproval: { why: 'the approval of the cut-over is asked for', long: true },
  windowOpening: { why: 'the cut-over window opens', long: true },
  approval: { why: 'approval of the cut-over', long: true },
  twoStepOff: { why: 'next look whether two-step verification is off', long: false },
  twoStepSettling: { why: 'two-step verification takes time to spread', long: false },
  paymentMethod: { why: 'next look for a payment method', long: true },
  codeAskedFor: { why: 'somebody asks for the code', long: true },
  code: { why: 'the code from the phone', long: true },
  lastLook: { why: 'next look before the cut-over', long: false },
  acceptance: { why: 'next look at the number', long: false },
  aftercare: { why: 'next look at the moved number', long: true },
  invoiceTail: { why: 'the last invoice of the source, and the end of its subscription', long: true },
} as const satisfies Record<string, { why: string; long: boolean }>;

export type WaitName = keyof typeof WAITS;

/** The summary of the timer. */
export const timerSummary = (name: WaitName, step: StepName): string =>
  name === 'parked' ? `${WAITS.parked.why}: ${step}` : WAITS[name].why;
