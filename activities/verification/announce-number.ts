/**
 * `announceNumber`: the announcement (meta §1.3).
 *
 * Does: adds the number to the destination WABA with `migrate_phone_number`; answers the id it has there.
 * Safe to repeat: the destination's numbers are listed first and compared by equivalence class (R31); one that is
 * there is adopted. ALREADY_AT_DESTINATION (2388012, E4) leads to the same look, until the list shows it.
 * Lost reply: the next try looks and adopts.
 * Undone by: an admin of the destination portfolio, by hand in WhatsApp Manager.
 * Begins only while the account's hour has room for the rest of the cut-over: a number that lies between its sides must
 * not wait for calls.
 */
import { PlatformError, type GraphClient } from '../../platforms/meta';
import { announceNumber as announce, listPhoneNumbers } from '../../platforms/meta/phone-numbers';
import type { PhoneNumberId, WabaId } from '../../shared/ids';
import { findNumber, splitCallingCode } from '../../shared/phone-number';
import type { ActivityDeps } from '../context';
import type { Subject, VerificationActivities } from '../contract';
import { isFirstTry } from '../attempt';
import { refuseToStartAfter } from '../start-by';

const findAtDestination = async (
  graph: GraphClient,
  wabaId: WabaId,
  phoneNumber: string,
): Promise<PhoneNumberId | null> => {
  const numbers = await listPhoneNumbers(graph, wabaId);
  return findNumber(numbers, phoneNumber)?.phoneNumberId ?? null;
};

/** Exactly the digits the profile shows, when somebody said so; never normalised by rule (R31). */
const asToBeAnnounced = ({ request, callingCode }: Subject): { cc: string; national: string } =>
  splitCallingCode(request.numberAsShownInProfile ?? request.phoneNumber, callingCode);

/** Meta's list may lag behind its refusal; where it goes on, a person looks what Meta means. */
const NOT_LISTED = {
  class: 'transient',
  retryable: true,
  party: 'operator',
  title: 'Meta says that the destination has the number already, but its list does not show it',
  remedy:
    'Carryover looks and tries again by itself. If it lasts, look in WhatsApp Manager → Account tools → Phone numbers of the destination account, also among its other accounts, for the number in either form; remove a pending record of it that is not Connected, or open a ticket with Meta with the trace id.',
} as const;

export const announceNumber =
  (deps: ActivityDeps): VerificationActivities['announceNumber'] =>
  async ({ subject, wabaId, startBy, isAnnounced = false }) => {
    const { tenant, request } = subject;
    const { credential } = request.destination;
    const graph = await deps.graphFor(tenant, credential, wabaId);
    const begins = isFirstTry() && !isAnnounced;
    const beginning = begins ? await deps.graphFor(tenant, credential, wabaId, 'before_announcement') : graph;
    const adopt = async (client = graph) => {
      const phoneNumberId = await findAtDestination(client, wabaId, request.phoneNumber);
      return phoneNumberId === null ? null : { phoneNumberId, adopted: true };
    };
    const there = await adopt(beginning);
    if (there !== null) return there;
    refuseToStartAfter(startBy, deps.clock());
    try {
      const { phoneNumberId } = await announce(graph, wabaId, asToBeAnnounced(subject));
      return { phoneNumberId, adopted: false };
    } catch (error) {
      if (!(error instanceof PlatformError) || error.problem.code !== 'ALREADY_AT_DESTINATION') throw error;
      const found = await adopt();
      if (found === null) throw new PlatformError({ ...error.problem, ...NOT_LISTED }, { cause: error });
      return found;
    }
  };
