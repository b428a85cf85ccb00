/** Billing cut-over: who pays at the destination, what the source counted, the ledger (mission: "billing cut-over"). */
import type { ActivityDeps } from '../context';
import type { BillingActivities } from '../contract';
import { platformActivity } from '../failure';
import { attachFunding } from './attach-funding';
import { openLedger } from './open-ledger';
import { snapshotUsage } from './snapshot-usage';

export const createBillingActivities = (deps: ActivityDeps): BillingActivities => ({
  attachFunding: platformActivity(attachFunding(deps)),
  snapshotUsage: platformActivity(snapshotUsage(deps)),
  openLedger: platformActivity(openLedger(deps)),
});
