import { PlatformError } from '../../platforms/meta';
import { listAllocations } from '../../platforms/meta/credit';
import type { ActivityDeps } from '../context';
import type { Subject } from '../contract';
import { unseenBecause } from './unseen';

/** `request_status` of a share that was taken back (meta §5.1). */
const WITHDRAWN = 'DELETED';

export interface CreditLineFacts {
  usable: boolean;
  /** Payments of WABAs to which the line is attached already. */
  attachedAs: string[];
}

/**
 * Whether the credit line of the request is one that its credential can use: its allocations are visible only then
 * (meta §5.1). Null when no line is asked for.
 */
export const lookAtCreditLine = async (
  deps: ActivityDeps,
  subject: Subject,
): Promise<CreditLineFacts | null> => {
  const { funding, destination } = subject.request;
  if (funding?.payer !== 'partner_credit') return null;
  try {
    const client = await deps.graphFor(subject.tenant, funding.credential ?? destination.credential);
    const allocations = await listAllocations(client, funding.creditLineId, destination.businessId);
    return {
      usable: true,
      attachedAs: allocations
        .filter(({ requestStatus }) => requestStatus !== WITHDRAWN)
        .map(({ receivingCredentialId }) => receivingCredentialId)
        .filter((id) => id !== null),
    };
  } catch (error) {
    if (error instanceof PlatformError && unseenBecause(error.problem) !== null) {
      return { usable: false, attachedAs: [] };
    }
    throw error;
  }
};

/** Whether what is attached to a WABA is the line; null when nothing is, or the line is not one we can see. */
export const isOurs = (line: CreditLineFacts | null, primaryFundingId: string | null): boolean | null =>
  line?.usable === true && primaryFundingId !== null ? line.attachedAs.includes(primaryFundingId) : null;
