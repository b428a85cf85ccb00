/**
 * `attachFunding`: who pays at the destination, settled before the announcement (R16, meta §5.1).
 *
 * Does: shares the partner's credit line with the client's business and attaches it to the WABA; or sees that the
 * client has attached a card, which no API can do.
 * Safe to repeat: `primary_funding_id` is read first. The line's own allocation there is adopted, another's is refused,
 * because Meta never replaces one.
 * Lost reply, or refused: the state is read; attached to our line is done, anything else fails and the next try reads again.
 * Undone by: nobody; a line is for ever, a new WABA is the only way out.
 */
import { ownProblem, PlatformError, type GraphClient } from '../../platforms/meta';
import { listAllocations, readAllocation, shareAndAttachCredit } from '../../platforms/meta/credit';
import { readWaba, type Waba } from '../../platforms/meta/wabas';
import type { BusinessId, WabaId } from '../../shared/ids';
import type { ActivityDeps } from '../context';
import type { BillingActivities, StartBy, Subject } from '../contract';
import { refuseToStartAfter } from '../start-by';
import { complaintsOf, inWords, isAboutPayment } from '../eligibility/health';
import type { Row } from './usage-rows';

type Funding = Awaited<ReturnType<BillingActivities['attachFunding']>>;
type PartnerCredit = Extract<NonNullable<Subject['request']['funding']>, { payer: 'partner_credit' }>;

/** `request_status` of an allocation that was withdrawn (meta §5.1). */
const REVOKED = 'DELETED';

/** What was attached before us may have been withdrawn since: it stays attached and pays nothing (meta §5.1). */
const refuseIfWithdrawn = ({ id, health }: Waba): void => {
  const complaints = complaintsOf(health).filter(isAboutPayment);
  if (complaints.length === 0) return;
  const evidence = { wabaId: id, complaints: inWords(complaints) };
  throw new PlatformError(ownProblem('DESTINATION_PAYMENT_REVOKED', { evidence }));
};

class CreditAttachment {
  constructor(
    private readonly reader: GraphClient,
    private readonly lineHolder: GraphClient,
    private readonly wabaId: WabaId,
    private readonly line: PartnerCredit,
    private readonly owner: BusinessId,
  ) {}

  /** The WABA's payment account when it is our line's; null when there is none. Throws when it is somebody else's. */
  async attached(): Promise<string | null> {
    const waba = await readWaba(this.reader, this.wabaId);
    const { primaryFundingId } = waba;
    if (primaryFundingId === null) return null;
    const allocations = await listAllocations(this.lineHolder, this.line.creditLineId, this.owner);
    const ours = allocations.some(
      ({ receivingCredentialId, requestStatus }) =>
        receivingCredentialId === primaryFundingId && requestStatus !== REVOKED,
    );
    if (ours) {
      refuseIfWithdrawn(waba);
      return primaryFundingId;
    }
    throw new PlatformError(ownProblem('FUNDING_ATTACHED_BY_OTHER', { evidence: { wabaId: this.wabaId } }));
  }

  async attach(): Promise<string> {
    const target = { wabaId: this.wabaId, currency: this.line.currency };
    try {
      const { allocationId } = await shareAndAttachCredit(this.lineHolder, this.line.creditLineId, target);
      return await this.proven(allocationId);
    } catch (error) {
      // Done after all: the reply was lost, or another number of this WABA was faster and this call was refused.
      const fundingId = error instanceof PlatformError ? await this.attached() : null;
      if (fundingId === null) throw error;
      return fundingId;
    }
  }

  /** The allocation's receiving credential and the WABA's payment account must be the same (meta §5.1, "verify"). */
  private async proven(allocationId: string): Promise<string> {
    const { receivingCredentialId } = await readAllocation(this.lineHolder, allocationId);
    const { primaryFundingId } = await readWaba(this.reader, this.wabaId);
    if (primaryFundingId !== null && primaryFundingId === receivingCredentialId) return primaryFundingId;
    const code = primaryFundingId === null ? 'CREDIT_LINE_NOT_ATTACHED' : 'FUNDING_ATTACHED_BY_OTHER';
    throw new PlatformError(ownProblem(code, { evidence: { wabaId: this.wabaId, allocationId } }));
  }
}

const partnerCredit = async (
  deps: ActivityDeps,
  { tenant, request }: Subject,
  wabaId: WabaId,
  line: PartnerCredit,
  startBy: StartBy | undefined,
): Promise<Funding> => {
  const { credential, businessId } = request.destination;
  const reader = await deps.graphFor(tenant, credential, wabaId);
  const lineHolder = await deps.graphFor(tenant, line.credential ?? credential, wabaId);
  const { ownerBusinessId } = await readWaba(reader, wabaId);
  const attachment = new CreditAttachment(reader, lineHolder, wabaId, line, ownerBusinessId ?? businessId);
  const already = await attachment.attached();
  if (already === null) refuseToStartAfter(startBy, deps.clock());
  return {
    payer: 'partner_credit',
    fundingId: already ?? (await attachment.attach()),
    alreadyAttached: already !== null,
  };
};

/** Without `funding` in the request too: something must pay, and what is attached does. */
const clientCard = async (
  deps: ActivityDeps,
  { tenant, request }: Subject,
  wabaId: WabaId,
): Promise<Funding> => {
  const graph = await deps.graphFor(tenant, request.destination.credential, wabaId);
  const waba = await readWaba(graph, wabaId);
  const { primaryFundingId } = waba;
  if (primaryFundingId === null) {
    throw new PlatformError(ownProblem('PAYMENT_METHOD_MISSING', { evidence: { wabaId } }));
  }
  refuseIfWithdrawn(waba);
  return { payer: 'client_card', fundingId: primaryFundingId, alreadyAttached: true };
};

const fundingRow = (funding: Funding, wabaId: WabaId, currency: string | null, seenAt: string): Row => ({
  ...{
    side: 'destination',
    payer: funding.payer,
    from: seenAt,
    to: null,
    quantity: null,
    amount: null,
    currency,
  },
  evidence: { wabaId, fundingId: funding.fundingId, alreadyAttached: funding.alreadyAttached },
  seenAt,
  precision: 'exact',
  note: 'The payment account of the destination, as seen before the announcement.',
});

export const attachFunding =
  (deps: ActivityDeps): BillingActivities['attachFunding'] =>
  async ({ subject, wabaId, startBy }) => {
    const wish = subject.request.funding;
    const isLine = wish?.payer === 'partner_credit';
    const funding = await (isLine
      ? partnerCredit(deps, subject, wabaId, wish, startBy)
      : clientCard(deps, subject, wabaId));
    const row = fundingRow(funding, wabaId, isLine ? wish.currency : null, deps.clock().toISOString());
    await deps.store.ledgers.replaceKind(subject, 'funding', [row]);
    return funding;
  };
