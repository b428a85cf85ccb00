/**
 * `findSignup`: the account that the popup made and the number in it, whoever says so first: the popup's message, the
 * token's granular scopes (newest first), the difference of lists (meta §2.1, R42); a webhook only makes it look. What
 * is said is looked at before it is believed: owner (R4, P-3) and number. Reads only; safe to repeat; nothing to undo.
 */
import { PlatformError, type GraphClient } from '../../platforms/meta';
import { readGrant } from '../../platforms/meta/oauth';
import { listPhoneNumbers, type PhoneNumber } from '../../platforms/meta/phone-numbers';
import { readWaba } from '../../platforms/meta/wabas';
import type { BusinessId, WabaId } from '../../shared/ids';
import { findNumber } from '../../shared/phone-number';
import type { ActivityDeps } from '../context';
import type { SignedUpNumber, SignupActivities, SignupSighting, Subject } from '../contract';
import { unseenBecause } from '../eligibility/unseen';
import { proposedNameFor } from '../waba/establish-destination';
import { newWabaAmong, wabasOfBusiness } from '../waba/find-waba';

/** A token of a client with many accounts names them all; the one of a signup is among the newest. */
const NEWEST_GRANTED = 3;
const MOST_CANDIDATES = 5;
/** Of the accounts that are there already, in the words of a task (R43). */
const MOST_NAMED = 10;

interface Sighting {
  wabaId: WabaId;
  ownerBusinessId: BusinessId;
  number: SignedUpNumber | null;
}

const standingOf = ({ status, platformType, codeVerificationStatus }: PhoneNumber) => {
  if (status === 'CONNECTED' && platformType === 'CLOUD_API') return 'live';
  return codeVerificationStatus === 'VERIFIED' ? 'proven' : 'not_proven';
};

/** Null: this token may not see the account. */
const sightingOf = async (
  client: GraphClient,
  subject: Subject,
  wabaId: WabaId,
): Promise<Sighting | null> => {
  try {
    const waba = await readWaba(client, wabaId);
    const numbers = await listPhoneNumbers(client, wabaId);
    const number = findNumber(numbers, subject.request.phoneNumber);
    return {
      wabaId,
      ownerBusinessId: waba.ownerBusinessId ?? subject.request.destination.businessId,
      number:
        number === undefined ? null : { phoneNumberId: number.phoneNumberId, standing: standingOf(number) },
    };
  } catch (error) {
    if (!(error instanceof PlatformError) || unseenBecause(error.problem) === null) throw error;
    return null;
  }
};

const RANK: Readonly<Record<SignedUpNumber['standing'], number>> = { live: 3, proven: 2, not_proven: 1 };
const rankOf = ({ number }: Sighting): number => (number === null ? 0 : RANK[number.standing]);

export const findSignup =
  (deps: ActivityDeps): SignupActivities['findSignup'] =>
  async ({ subject, partnerCredential, hasClientToken, told, known, discarded }) => {
    const { tenant, request } = subject;
    const { destination, source } = request;

    /** Why the token's scopes could not be read; the other ways may do without them. */
    const unread: PlatformError[] = [];
    const granted = async (): Promise<WabaId[]> => {
      if (!hasClientToken || deps.partnerApp === null || deps.partnerApp === undefined) return [];
      const credential = await deps.store.secrets.get(tenant, destination.credential);
      if (credential === null) return [];
      try {
        const grant = await readGrant(deps.partnerApp.asApp(), credential.accessToken);
        return grant.isValid ? grant.wabaIds.slice(0, NEWEST_GRANTED) : [];
      } catch (error) {
        if (!(error instanceof PlatformError)) throw error;
        unread.push(error);
        return [];
      }
    };
    const throwIfUnread = (): void => {
      for (const error of unread) throw error;
    };
    const look = async (wabaId: WabaId): Promise<Sighting | null> => {
      const client = await deps.graphFor(tenant, destination.credential, wabaId);
      const seen = await sightingOf(client, subject, wabaId);
      if (seen !== null || destination.credential === partnerCredential) return seen;
      return sightingOf(await deps.graphFor(tenant, partnerCredential, wabaId), subject, wabaId);
    };

    const sightings: Sighting[] = [];
    const lookedAt = new Set<WabaId>([source.wabaId, ...discarded]);
    /** True when the number was found where it is of use; then nothing else needs to be looked at. */
    const lookAmong = async (ids: readonly WabaId[]): Promise<boolean> => {
      for (const wabaId of ids) {
        if (lookedAt.has(wabaId)) continue;
        lookedAt.add(wabaId);
        const seen = await look(wabaId);
        if (seen === null) continue;
        sightings.push(seen);
        if (seen.number !== null && String(seen.ownerBusinessId) === String(source.businessId)) return true;
      }
      return false;
    };

    const named = destination.wabaId === undefined ? [] : [destination.wabaId];
    const isFound =
      (await lookAmong([...(told === null ? [] : [told]), ...named])) || (await lookAmong(await granted()));

    let nowKnown = known;
    let accounts: string[] = [];
    if (!isFound) {
      const partner = await deps.graphFor(tenant, partnerCredential);
      const listed = await wabasOfBusiness(partner, destination.businessId);
      if (nowKnown === null) {
        nowKnown = listed.map(({ id }) => id);
        accounts = listed
          .slice(0, MOST_NAMED)
          .map(({ id, name }) => (name === null ? id : `${name} (${id})`));
      } else {
        const proposedName = await proposedNameFor(deps, subject);
        const fresh = newWabaAmong(listed, {
          known: [...nowKnown, ...lookedAt],
          source: source.wabaId,
          proposedName,
        });
        if (fresh.kind === 'one') await lookAmong([fresh.wabaId]);
        if (fresh.kind === 'several' && !(await lookAmong(fresh.candidates.slice(0, MOST_CANDIDATES)))) {
          throwIfUnread();
          return { kind: 'ambiguous', candidates: fresh.candidates };
        }
      }
    }
    const best = bestOf(sightings, source.businessId);
    // Before anybody was asked: the account that the request names is where the popup is to lead, not what came of it.
    const isYetToCome = known === null && told === null && best?.kind === 'signed_up' && best.number === null;
    if (best !== null && !isYetToCome) return best;
    throwIfUnread();
    return {
      kind: 'awaiting',
      known: nowKnown ?? [],
      proposedName: await proposedNameFor(deps, subject),
      accounts,
    };
  };

/** What serves best; an account of another portfolio is told only when there is no other. */
const bestOf = (sightings: readonly Sighting[], ours: BusinessId): SignupSighting | null => {
  const isOurs = ({ ownerBusinessId }: Sighting) => String(ownerBusinessId) === String(ours);
  const [best] = sightings.filter(isOurs).sort((one, other) => rankOf(other) - rankOf(one));
  if (best !== undefined) return { kind: 'signed_up', ...best };
  const [stray] = sightings;
  return stray === undefined
    ? null
    : { kind: 'wrong_portfolio', wabaId: stray.wabaId, ownerBusinessId: stray.ownerBusinessId };
};
