/**
 * `watchNumber`: the looks of aftercare. The checks of acceptance again (R5, P-18, P-20, P-21); with the last of them,
 * what both sides have counted since the cut-over goes into the ledger (R15 to R17).
 *
 * Does: reads; writes ledger rows. Safe to repeat, nothing to undo; a lost reply is repeated.
 */
import { readUsageAfter } from '../billing/read-usage-after';
import type { ActivityDeps } from '../context';
import type { RegistrationActivities } from '../contract';
import { checkAcceptance } from './check-acceptance';

export const watchNumber =
  (deps: ActivityDeps): RegistrationActivities['watchNumber'] =>
  async ({ usageSince, ...input }) => {
    const seen = await checkAcceptance(deps)(input);
    if (usageSince !== null) await readUsageAfter(deps, input.subject, input.wabaId, usageSince);
    return seen;
  };
