/** Proof of ownership: announcement, code by SMS or voice, its verdict (mission: "code (PIN) verification"). */
import { readPhoneNumber } from '../../platforms/meta/phone-numbers';
import type { ActivityDeps } from '../context';
import type { VerificationActivities } from '../contract';
import { platformActivity } from '../failure';
import { announceNumber } from './announce-number';
import { requestCode } from './request-code';
import { verifyCode } from './verify-code';

/** A read: repeating is harmless, nothing to undo. EXPIRED comes 14 days after the proof (meta §1.4). */
const readVerification =
  (deps: ActivityDeps): VerificationActivities['readVerification'] =>
  async ({ subject, phoneNumberId }) => {
    const { tenant, request } = subject;
    const graph = await deps.graphFor(tenant, request.destination.credential, request.destination.wabaId);
    const { codeVerificationStatus } = await readPhoneNumber(graph, phoneNumberId);
    return { verified: codeVerificationStatus === 'VERIFIED', expired: codeVerificationStatus === 'EXPIRED' };
  };

export const createVerificationActivities = (deps: ActivityDeps): VerificationActivities => ({
  announceNumber: platformActivity(announceNumber(deps)),
  requestCode: platformActivity(requestCode(deps)),
  verifyCode: platformActivity(verifyCode(deps)),
  readVerification: platformActivity(readVerification(deps)),
});
