/**
 * `requestCode`: Meta sends a code by SMS or voice (meta §1.4).
 *
 * Does: asks for one code.
 * Safe to repeat: `code_verification_status` is read first, a verified number needs none; with it, where that is asked for,
 * two-step verification at the source. Otherwise it is not: each
 * success sends a code and uses a quota that Meta does not publish. So it is tried once; further ones are a person's.
 * Lost reply: a code may be under way; the failure says `effect: unknown` and nothing more is sent.
 * Undone by: nobody; the code expires.
 */
import { PlatformError } from '../../platforms/meta';
import { readPhoneNumber, requestCode as ask } from '../../platforms/meta/phone-numbers';
import type { ActivityDeps } from '../context';
import type { VerificationActivities } from '../contract';
import { refuseSecondTry } from './tried-once';
import { isTwoStepOnAtSource } from './two-step-at-source';

/** 136024 is documented for verified numbers and met for other reasons too; its words do not always tell (meta §6.2). */
const MAY_MEAN_VERIFIED: ReadonlySet<string> = new Set([
  'CODE_ALREADY_VERIFIED',
  'CODE_REQUEST_REFUSED',
  'CODE_REQUESTS_LIMITED',
]);

export const requestCode =
  (deps: ActivityDeps): VerificationActivities['requestCode'] =>
  async ({ subject, phoneNumberId, method, language, lookForTwoStep = false }) => {
    const { tenant, request } = subject;
    const graph = await deps.graphFor(tenant, request.destination.credential, request.destination.wabaId);
    const isVerified = async () =>
      (await readPhoneNumber(graph, phoneNumberId)).codeVerificationStatus === 'VERIFIED';

    const [verified, isOn] = await Promise.all([
      isVerified(),
      lookForTwoStep && isTwoStepOnAtSource(deps, subject),
    ]);
    if (verified) return { outcome: 'already_verified' };
    if (isOn) return { outcome: 'two_step_on' };
    refuseSecondTry('POST request_code');
    try {
      await ask(graph, phoneNumberId, { method, language });
      return { outcome: 'sent' };
    } catch (error) {
      const ambiguous = error instanceof PlatformError && MAY_MEAN_VERIFIED.has(error.problem.code);
      if (ambiguous && (await isVerified())) return { outcome: 'already_verified' };
      throw error;
    }
  };
