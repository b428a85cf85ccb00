/**
 * `watchNumber`: the looks of aftercare. The checks of acceptance again (R5, P-18, P-20, P-21), and the web site of the
 * business, by which accounts fall weeks later (R28, E8); with the last of them, what both sides have counted since the cut-over goes into the ledger (R15 to R17).
 *
 * Does: reads; writes ledger rows. Safe to repeat, nothing to undo; a lost reply is repeated.
 */
import { lookAtWebsite } from '../eligibility/website';
import { readUsageAfter } from '../billing/read-usage-after';
import type { ActivityDeps } from '../context';
import type { RegistrationActivities } from '../contract';
import { lookAtArrived } from './check-acceptance';
import { websiteCheck } from './website-check';

export const watchNumber =
  (deps: ActivityDeps): RegistrationActivities['watchNumber'] =>
  async ({ usageSince, ledgerOnly = false, ...input }) => {
    if (ledgerOnly) {
      if (usageSince !== null) await readUsageAfter(deps, input.subject, input.wabaId, usageSince);
      return { checks: [] };
    }
    const [seen, website] = await Promise.all([
      lookAtArrived(deps, { isAccepted: true })(input),
      lookAtWebsite(deps, input.subject),
    ]);
    if (usageSince !== null) await readUsageAfter(deps, input.subject, input.wabaId, usageSince);
    if (website === null) return seen;
    return { ...seen, checks: [...seen.checks, websiteCheck(website)] };
  };
