/**
 * `attachFunding`: who pays at the destination, settled before the announcement (R16, meta §5.1).
 *
 * Does: shares the partner's credit line with the client's business and attaches it to the WABA; or sees that the
 * client has attached a card, which no API can do.
 * Safe to repeat: `primary_funding_id` is read first. The line's own allocation there is adopted, another's is refused,
 * because Meta never replaces one.
 * Lost reply, or refused: the state is read; attached to our line is done, anything else fails and the next try reads again.
 * Noted before the call, so that what a later try finds attached by an earlier one counts as ours; without the note nothing
 * is begun.
 * Undone by: nobody; a line is for ever, a new WABA is the only way out.
 */
import { ownProblem, PlatformError } from '../../platforms/meta';
import { readWaba } from '../../platforms/meta/wabas';
import type { WabaId } from '../../shared/ids';
import type { Policy } from '../../shared/policy';
import { StoreUnavailableError } from '../../store';
import type { ActivityDeps } from '../context';
import type { BillingActivities, StartBy, Subject } from '../contract';
import { OwnEffect } from '../own-effect';
import { refuseToStartAfter } from '../start-by';
import { CreditAttachment, refuseIfWithdrawn, type PartnerCredit } from './credit-attachment';
import type { Row } from './usage-rows';

type Funding = Awaited<ReturnType<BillingActivities['attachFunding']>>;

/** What pays, and the currency in which the account is billed: frozen once a line is attached (meta §3.1). */
interface Settled {
  funding: Funding;
  currency: string | null;
}

interface Means {
  sharing: Policy['creditSharing'];
  startBy: StartBy | undefined;
}

/** What was seen of the account for certain: nothing of ours is in doubt. */
const SEEN: ReadonlySet<string> = new Set(['FUNDING_ATTACHED_BY_OTHER', 'DESTINATION_PAYMENT_REVOKED']);

/** A failure while our own line may be attached says so: an abort names it then as well. */
const withDoubt = async <T>(own: OwnEffect, work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof PlatformError && SEEN.has(error.problem.code)) throw error;
    throw await own.inDoubt(error);
  }
};

/** Without the note nothing is called: a line is for ever, and must never be forgotten. */
const noted = async (own: OwnEffect): Promise<void> => {
  try {
    await own.begin();
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    throw new PlatformError(ownProblem('STORE_UNAVAILABLE'), { cause: error });
  }
};

const partnerCredit = async (
  deps: ActivityDeps,
  subject: Subject,
  wabaId: WabaId,
  line: PartnerCredit,
  { sharing, startBy }: Means,
): Promise<Settled> => {
  const { tenant, request } = subject;
  const { credential, businessId } = request.destination;
  const reader = await deps.graphFor(tenant, credential, wabaId);
  const lineHolder = await deps.graphFor(tenant, line.credential ?? credential, wabaId);
  const own = new OwnEffect(deps, subject, 'funding', wabaId);
  const { ownerBusinessId } = await withDoubt(own, readWaba(reader, wabaId));
  const owner = ownerBusinessId ?? businessId;
  const attachment = new CreditAttachment({ reader, lineHolder }, { wabaId, line, owner, sharing }, own);
  const already = await withDoubt(own, attachment.attached());
  if (already === null) {
    refuseToStartAfter(startBy, deps.clock());
    await noted(own);
  }
  const { fundingId, currency } = already ?? (await withDoubt(own, attachment.attach()));
  return {
    funding: { payer: 'partner_credit', fundingId, alreadyAttached: !(await own.isOurs()) },
    currency: currency ?? line.currency,
  };
};

/** Without `funding` in the request too: something must pay, and what is attached does. */
const clientCard = async (
  deps: ActivityDeps,
  { tenant, request }: Subject,
  wabaId: WabaId,
): Promise<Settled> => {
  const graph = await deps.graphFor(tenant, request.destination.credential, wabaId);
  const waba = await readWaba(graph, wabaId);
  const { primaryFundingId } = waba;
  if (primaryFundingId === null) {
    throw new PlatformError(ownProblem('PAYMENT_METHOD_MISSING', { evidence: { wabaId } }));
  }
  refuseIfWithdrawn(waba);
  return {
    funding: { payer: 'client_card', fundingId: primaryFundingId, alreadyAttached: true },
    currency: waba.currency,
  };
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
  async ({ subject, wabaId, startBy, sharing = 'one_call' }) => {
    const wish = subject.request.funding;
    const { funding, currency } = await (wish?.payer === 'partner_credit'
      ? partnerCredit(deps, subject, wabaId, wish, { sharing, startBy })
      : clientCard(deps, subject, wabaId));
    const row = fundingRow(funding, wabaId, currency, deps.clock().toISOString());
    await deps.store.ledgers.replaceKind(subject, 'funding', [row]);
    return funding;
  };
