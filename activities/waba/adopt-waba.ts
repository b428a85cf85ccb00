/** What a WABA must be like to become the destination: same business (R4), reviewed (R20), young enough (R46). */
import { ownProblem } from '../../platforms/meta';
import type { Waba } from '../../platforms/meta/wabas';
import type { Problem } from '../../shared/problems';
import type { StartRequest } from '../../shared/requests';

const HOUR_MS = 3_600_000;
const DECIDED_AGAINST: readonly string[] = ['REJECTED', 'DEFERRED', 'RESTRICTED'];

/** Null when the account may be taken. `adoptedBefore`: it was young enough when this migration first took it. */
export const reasonNotToAdopt = (
  waba: Waba,
  request: StartRequest,
  circumstances: { now: Date; adoptedBefore: boolean },
): Problem | null => {
  const { ownerBusinessId, accountReviewStatus, creationTime } = waba;
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
  const limitHours = request.destination.maxWabaAgeHours;
  if (limitHours !== null && creationTime !== null && !circumstances.adoptedBefore) {
    const ageHours = (circumstances.now.getTime() - Date.parse(creationTime)) / HOUR_MS;
    if (ageHours > limitHours) {
      return ownProblem('DESTINATION_WABA_TOO_OLD', { evidence: { ...evidence, creationTime, limitHours } });
    }
  }
  return null;
};
