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

/** While the number may be silent: what does not succeed soon is done later. */
const brief: ActivityOptions = {
  ...long,
  scheduleToCloseTimeout: '6 minutes',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '30 seconds' },
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

/** Needs nothing but a worker; it does not beat. */
const computing: ActivityOptions = {
  startToCloseTimeout: '45 seconds',
  scheduleToCloseTimeout: '10 minutes',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
};

/** What each is called in the UI. */
export const EFFECT_SUMMARIES = {
  observeSource: 'Read the number and its account at the source',
  lookAgain: 'Last look: read the source again right before the cut-over',
  lookForTwoStep: 'Read whether two-step verification is off',
  observeDestination: 'Read the destination account',
  establishDestination: 'Establish the destination account',
  exchangePopupCode: 'Exchange the code of the signup',
  findSignup: 'Look for what the signup made',
  setMigrationIntent: 'Ask the client to move the account',
  readMigrationIntent: 'Read whether the client has accepted',
  obtainSolutionToken: 'Obtain the token for this client',
  subscribeApp: 'Subscribe the app at the destination',
  inventoryTemplates: 'Compare the templates of both sides',
  copyTemplates: 'Copy templates',
  migrateFlows: 'Move the flows that templates open',
  recreateTemplates: 'Create templates that are not copied',
  repointFlowButtons: 'Point flow buttons of copies at the moved flows',
  reconcileTemplates: 'Check which templates arrived',
  attachFunding: 'Attach the payment at the destination',
  announceNumber: 'Announce the number at the destination',
  requestCode: 'Request the verification code',
  verifyCode: 'Hand the code to Meta',
  readVerification: 'Read whether ownership is verified',
  snapshotUsage: 'Keep the usage at the source',
  registerNumber: 'Register: the cut-over',
  awaitConnected: 'Wait until the number is connected',
  checkAcceptance: 'Compare the number with what it was',
  watch: 'Aftercare: look for drift',
  openLedger: 'Open the billing ledger',
  claimNumber: 'Claim the number',
  judge: 'Judge the facts',
  project: 'Catch up with the read model',
} as const;

const proxy = (options: ActivityOptions, effect: keyof typeof EFFECT_SUMMARIES) =>
  proxyActivities<Activities>({ ...options, summary: EFFECT_SUMMARIES[effect] });

export const effects = {
  observeSource: proxy(ordinary, 'observeSource').observeSource,
  lookAgain: proxy(ordinary, 'lookAgain').observeSource,
  lookForTwoStep: proxy(ordinary, 'lookForTwoStep').observeSource,
  observeDestination: proxy(ordinary, 'observeDestination').observeDestination,
  establishDestination: proxy(ordinary, 'establishDestination').establishDestination,
  exchangePopupCode: proxy(byPerson, 'exchangePopupCode').exchangePopupCode,
  findSignup: proxy(ordinary, 'findSignup').findSignup,
  setMigrationIntent: proxy(byPerson, 'setMigrationIntent').setMigrationIntent,
  readMigrationIntent: proxy(ordinary, 'readMigrationIntent').readMigrationIntent,
  obtainSolutionToken: proxy(ordinary, 'obtainSolutionToken').obtainSolutionToken,
  subscribeApp: proxy(ordinary, 'subscribeApp').subscribeApp,
  inventoryTemplates: proxy(long, 'inventoryTemplates').inventoryTemplates,
  copyTemplates: proxy(long, 'copyTemplates').copyTemplates,
  migrateFlows: proxy(long, 'migrateFlows').migrateFlows,
  recreateTemplates: proxy(long, 'recreateTemplates').recreateTemplates,
  repointFlowButtons: proxy(long, 'repointFlowButtons').repointFlowButtons,
  reconcileTemplates: proxy(long, 'reconcileTemplates').reconcileTemplates,
  attachFunding: proxy(ordinary, 'attachFunding').attachFunding,
  announceNumber: proxy(ordinary, 'announceNumber').announceNumber,
  requestCode: proxy(byPerson, 'requestCode').requestCode,
  verifyCode: proxy(byPerson, 'verifyCode').verifyCode,
  readVerification: proxy(ordinary, 'readVerification').readVerification,
  snapshotUsage: proxy(ordinary, 'snapshotUsage').snapshotUsage,
  registerNumber: proxy(registering, 'registerNumber').registerNumber,
  awaitConnected: proxy(watching, 'awaitConnected').awaitConnected,
  checkAcceptance: proxy(ordinary, 'checkAcceptance').checkAcceptance,
  watch: proxy(ordinary, 'watch').watchNumber,
  openLedger: proxy(patient, 'openLedger').openLedger,
  claimNumber: proxy(patient, 'claimNumber').claimNumber,
  judge: proxy(computing, 'judge').judge,
  project: proxy(patient, 'project').project,
} as const;

/** The same, for the minutes between the announcement and `register`. */
export const brieflyTried = {
  inventoryTemplates: proxy(brief, 'inventoryTemplates').inventoryTemplates,
  copyTemplates: proxy(brief, 'copyTemplates').copyTemplates,
  migrateFlows: proxy(brief, 'migrateFlows').migrateFlows,
} as const;

const quick = proxyLocalActivities<Activities>({
  scheduleToCloseTimeout: '500 milliseconds',
  retry: { maximumAttempts: 1 },
  summary: 'Write the read model',
});

/** Pure, but recorded: the rules may change without breaking the replay of a history. */
const { judge } = proxyLocalActivities<Activities>({
  scheduleToCloseTimeout: '2 seconds',
  retry: { maximumAttempts: 1 },
  summary: EFFECT_SUMMARIES.judge,
});

/**
 * One try inside the workflow task, of half a second where the store is asked; the ordinary activity of the same name takes
 * over. All that one workflow task tries ends long before eight seconds, after which the SDK would go on with it in
 * another one: what is said to the run meanwhile may then replay in another order (docs/decisions.md).
 */
export const quickly = {
  claimNumber: quick.claimNumber,
  judge,
  project: quick.project,
} as const;
