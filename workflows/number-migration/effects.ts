/** The activities as the workflow calls them: each with its time-outs, its way of being tried and a summary for the UI. */
import { proxyActivities, proxyLocalActivities, type ActivityOptions } from '@temporalio/workflow';
import type { Activities } from '../../activities/contract';

/** Ordinary calls: policy retries for ten minutes, then the step parks. */
const ordinary: ActivityOptions = {
  startToCloseTimeout: '45 seconds',
  scheduleToCloseTimeout: '10 minutes',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
};

/** An effect that only a person may repeat: never retried by itself, and known to be dead within seconds. */
const byPerson: ActivityOptions = {
  startToCloseTimeout: '60 seconds',
  heartbeatTimeout: '5 seconds',
  retry: { maximumAttempts: 1 },
};

/** Template calls take up to 180 seconds (meta §4.1). */
const long: ActivityOptions = {
  startToCloseTimeout: '5 minutes',
  scheduleToCloseTimeout: '40 minutes',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '5 minutes' },
};

/**
 * `register` reads before it calls again, rests between its calls and counts them: that keeps them within the quota. The
 * number of tries must not, because Temporal hands some to a worker whose machine has just vanished.
 */
const registering: ActivityOptions = {
  startToCloseTimeout: '3 minutes',
  scheduleToCloseTimeout: '15 minutes',
  heartbeatTimeout: '5 seconds',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '1 minute' },
};

/** As long as the policy's deadline for the connection may be; its reads keep the pace of meta §7. */
const watching: ActivityOptions = {
  ...registering,
  startToCloseTimeout: '12 minutes',
  scheduleToCloseTimeout: '40 minutes',
};

/** Until the store is back: events follow, however late. */
const patient: ActivityOptions = {
  startToCloseTimeout: '15 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
};

const proxy = (options: ActivityOptions, summary: string) =>
  proxyActivities<Activities>({ ...options, summary });

export const effects = {
  observeSource: proxy(ordinary, 'Read the number and its account at the source').observeSource,
  lookAgain: proxy(ordinary, 'Last look: read the source again right before the cut-over').observeSource,
  lookForTwoStep: proxy(ordinary, 'Read whether two-step verification is off').observeSource,
  observeDestination: proxy(ordinary, 'Read the destination account').observeDestination,
  establishDestination: proxy(ordinary, 'Establish the destination account').establishDestination,
  exchangePopupCode: proxy(byPerson, 'Exchange the code of the signup').exchangePopupCode,
  findSignup: proxy(ordinary, 'Look for what the signup made').findSignup,
  setMigrationIntent: proxy(byPerson, 'Ask the client to move the account').setMigrationIntent,
  readMigrationIntent: proxy(ordinary, 'Read whether the client has accepted').readMigrationIntent,
  obtainSolutionToken: proxy(ordinary, 'Obtain the token for this client').obtainSolutionToken,
  subscribeApp: proxy(ordinary, 'Subscribe the app at the destination').subscribeApp,
  inventoryTemplates: proxy(long, 'Compare the templates of both sides').inventoryTemplates,
  copyTemplates: proxy(long, 'Copy templates').copyTemplates,
  migrateFlows: proxy(long, 'Move the flows that templates open').migrateFlows,
  recreateTemplates: proxy(long, 'Create templates that are not copied').recreateTemplates,
  reconcileTemplates: proxy(long, 'Check which templates arrived').reconcileTemplates,
  attachFunding: proxy(ordinary, 'Attach the payment at the destination').attachFunding,
  announceNumber: proxy(ordinary, 'Announce the number at the destination').announceNumber,
  requestCode: proxy(byPerson, 'Request the verification code').requestCode,
  verifyCode: proxy(byPerson, 'Hand the code to Meta').verifyCode,
  readVerification: proxy(ordinary, 'Read whether ownership is verified').readVerification,
  snapshotUsage: proxy(ordinary, 'Keep the usage at the source').snapshotUsage,
  registerNumber: proxy(registering, 'Register: the cut-over').registerNumber,
  awaitConnected: proxy(watching, 'Wait until the number is connected').awaitConnected,
  checkAcceptance: proxy(ordinary, 'Compare the number with what it was').checkAcceptance,
  watch: proxy(ordinary, 'Aftercare: look for drift').watchNumber,
  openLedger: proxy(patient, 'Open the billing ledger').openLedger,
  claimNumber: proxy(patient, 'Claim the number').claimNumber,
  project: proxy(patient, 'Catch up with the read model').project,
} as const;

const quick = proxyLocalActivities<Activities>({
  scheduleToCloseTimeout: '500 milliseconds',
  retry: { maximumAttempts: 1 },
  summary: 'Write the read model',
});

/** One try of half a second inside the workflow task; the ordinary activity of the same name takes over. */
export const quickly = {
  claimNumber: quick.claimNumber,
  project: quick.project,
} as const;

/** Pure, but recorded: the rules may change without breaking the replay of a history. */
export const { judge } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '5 seconds',
  summary: 'Judge the facts',
});
