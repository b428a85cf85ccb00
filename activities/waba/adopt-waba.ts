/**
 * What a WABA must be like to become the destination: not the source, same business (R4), reviewed (R20). How old it may
 * be changes while a migration waits: the rule DESTINATION_WABA_TOO_OLD judges that, and nothing else does (R46).
 */
import { ownProblem } from '../../platforms/meta';
import type { Waba } from '../../platforms/meta/wabas';
import type { WabaId } from '../../shared/ids';
import type { Problem } from '../../shared/problems';
import type { StartRequest } from '../../shared/requests';

const DECIDED_AGAINST: readonly string[] = ['REJECTED', 'DEFERRED', 'RESTRICTED'];

/** Known without a look at it, which this token may not even have. Null when the account is another one. */
export const sourceAsDestination = (wabaId: WabaId, { source }: StartRequest): Problem | null =>
  String(wabaId) === String(source.wabaId)
    ? ownProblem('DESTINATION_IS_SOURCE', { evidence: { wabaId } })
    : null;

/** Null when the account may be taken. */
export const reasonNotToAdopt = (waba: Waba, request: StartRequest): Problem | null => {
  const { ownerBusinessId, accountReviewStatus } = waba;
  const evidence = { wabaId: waba.id };
  if (ownerBusinessId !== null && String(ownerBusinessId) !== String(request.source.businessId)) {
    return ownProblem('DIFFERENT_BUSINESS', {
      evidence: { ...evidence, owner: ownerBusinessId, source: request.source.businessId },
    });
  }
  if (accountReviewStatus !== 'APPROVED') {
    const refused = DECIDED_AGAINST.includes(accountReviewStatus ?? '');
    return ownProblem(refused ? 'DESTINATION_NOT_APPROVED' : 'DESTINATION_REVIEW_PENDING', {
      evidence: { ...evidence, accountReviewStatus },
    });
  }
  return null;
};
