/** A partner's credit line on its way to an account: seen attached, shared, attached, proven (meta §5.1). */
import { ownProblem, PlatformError, type GraphClient } from '../../platforms/meta';
import {
  attachCredit,
  listAllocations,
  readAllocation,
  shareAndAttachCredit,
  shareCredit,
  type Allocation,
} from '../../platforms/meta/credit';
import { readWaba, type Waba } from '../../platforms/meta/wabas';
import type { BusinessId, WabaId } from '../../shared/ids';
import type { Policy } from '../../shared/policy';
import type { Subject } from '../contract';
import { complaintsOf, inWords, isAboutPayment } from '../eligibility/health';
import { isRefused, type OwnEffect } from '../own-effect';

export type PartnerCredit = Extract<NonNullable<Subject['request']['funding']>, { payer: 'partner_credit' }>;

/** `request_status` of an allocation that was withdrawn (meta §5.1). */
const REVOKED = 'DELETED';

/** What was attached before us may have been withdrawn since: it stays attached and pays nothing (meta §5.1). */
export const refuseIfWithdrawn = ({ id, health }: Waba): void => {
  const complaints = complaintsOf(health).filter(isAboutPayment);
  if (complaints.length === 0) return;
  const evidence = { wabaId: id, complaints: inWords(complaints) };
  throw new PlatformError(ownProblem('DESTINATION_PAYMENT_REVOKED', { evidence }));
};

export interface Attached {
  fundingId: string;
  /** In which the account is billed, as Meta shows it; null: it does not. */
  currency: string | null;
}

interface Clients {
  /** The destination's token; the client's business token in the newer two calls. */
  reader: GraphClient;
  /** The system token of an Admin or Financial Editor. */
  lineHolder: GraphClient;
}

interface Errand {
  wabaId: WabaId;
  line: PartnerCredit;
  owner: BusinessId;
  sharing: Policy['creditSharing'];
}

export class CreditAttachment {
  constructor(
    private readonly clients: Clients,
    private readonly errand: Errand,
    private readonly own: OwnEffect,
  ) {}

  /** The WABA's payment account when it is our line's; null when there is none. Throws when it is somebody else's. */
  async attached(): Promise<Attached | null> {
    const { wabaId } = this.errand;
    const waba = await readWaba(this.clients.reader, wabaId);
    const { primaryFundingId, currency } = waba;
    if (primaryFundingId === null) return null;
    const shares = await this.liveShares();
    if (shares.some(({ receivingCredentialId }) => receivingCredentialId === primaryFundingId)) {
      refuseIfWithdrawn(waba);
      return { fundingId: primaryFundingId, currency };
    }
    throw new PlatformError(ownProblem('FUNDING_ATTACHED_BY_OTHER', { evidence: { wabaId } }));
  }

  async attach(): Promise<Attached> {
    try {
      return await this.proven(await this.callOnce());
    } catch (error) {
      // Done after all: the reply was lost, or another number of this WABA was faster and this call was refused.
      const attached = error instanceof PlatformError ? await this.attached() : null;
      if (attached === null) throw error;
      return attached;
    }
  }

  /** What is attached after a refusal was attached by somebody else: another number of this account, or a person. */
  private async callOnce(): Promise<string> {
    try {
      return await this.shareAndAttach();
    } catch (error) {
      if (isRefused(error)) await this.own.takeBack();
      throw error;
    }
  }

  /** Answers the allocation's id. */
  private async shareAndAttach(): Promise<string> {
    const { lineHolder, reader } = this.clients;
    const { wabaId, line, owner, sharing } = this.errand;
    const target = { wabaId, currency: line.currency };
    if (sharing === 'one_call') {
      return (await shareAndAttachCredit(lineHolder, line.creditLineId, target)).allocationId;
    }
    // A share whose reply was lost is found here by the next try, so that there is never a second one.
    const [shared] = await this.liveShares();
    if (shared === undefined) await shareCredit(lineHolder, line.creditLineId, owner);
    return (await attachCredit(reader, line.creditLineId, target)).allocationId;
  }

  private async liveShares(): Promise<Allocation[]> {
    const { line, owner } = this.errand;
    const allocations = await listAllocations(this.clients.lineHolder, line.creditLineId, owner);
    return allocations.filter(({ requestStatus }) => requestStatus !== REVOKED);
  }

  /** The allocation's receiving credential and the WABA's payment account must be the same (meta §5.1, "verify"). */
  private async proven(allocationId: string): Promise<Attached> {
    const { wabaId } = this.errand;
    const { receivingCredentialId } = await readAllocation(this.clients.lineHolder, allocationId);
    const { primaryFundingId, currency } = await readWaba(this.clients.reader, wabaId);
    if (primaryFundingId !== null && primaryFundingId === receivingCredentialId) {
      return { fundingId: primaryFundingId, currency };
    }
    const code = primaryFundingId === null ? 'CREDIT_LINE_NOT_ATTACHED' : 'FUNDING_ATTACHED_BY_OTHER';
    throw new PlatformError(ownProblem(code, { evidence: { wabaId, allocationId } }));
  }
}
