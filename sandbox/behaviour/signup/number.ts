import type { Platform } from '../../platform/platform';
import type { SignupSession } from '../../platform/signup-session';
import {
  listedRecords,
  liveRecordOf,
  recordsOf,
  subscriberByAnyForm,
  subscriberOf,
  wabaOfRecord,
} from '../../world/lookups';
import { sameNumber } from '../../world/number-formats';
import type { NumberRecord, Subscriber, Waba } from '../../world/schema';
import { isFunded, numbersOf, pendingRecord } from '../announcement';
import { requestCode, verificationOf, verifyCode, type CodeMethod } from '../codes';
import { businessesBehind, makeAccount } from '../partner-access';
import { newSubscriber } from '../subscribers';
import { accountOfSession, appOfSession, portfolioOfSession } from './portfolio';
import { inWords, SignupRefusal, type RefusalName } from './refusals';

export interface NumberEntry {
  /** As typed: with country code, separators allowed. */
  readonly phoneNumber: string;
  readonly displayName: string | null;
  /** The client has read that the number leaves its account (meta §2.2). */
  readonly agreed: boolean;
}

/**
 * The number screen (meta §2.2): a number that is live elsewhere in the portfolio moves, a new one is added. The account
 * is made here when it does not exist yet, also when the number is then refused as connected (E1).
 */
export function enterNumber(platform: Platform, session: SignupSession, entry: NumberEntry): void {
  session.warning = null;
  const digits = entry.phoneNumber.replace(/[\s().+-]/g, '');
  if (!/^[1-9]\d{6,14}$/.test(digits)) throw new SignupRefusal('bad_number');
  if (session.featureType === 'whatsapp_business_app_onboarding') {
    bringFromApp(platform, session, digits);
    return;
  }
  const here = recordIn(platform, accountOfSession(platform, session), digits);
  if (here) {
    takeRecord(platform, session, here);
    return;
  }
  const subscriber = subscriberByAnyForm(platform.world, digits);
  const source = subscriber ? sourceOf(platform, subscriber) : null;
  if (subscriber && source) moveNumber(platform, session, entry, subscriber, source);
  else addNumber(platform, session, entry, digits, subscriber);
}

/** A number the chosen account lists already is picked, and proved when it is not yet. */
function takeRecord(platform: Platform, session: SignupSession, record: NumberRecord): void {
  session.recordId = record.id;
  const proved = verificationOf(platform, record) === 'VERIFIED';
  session.step = proved ? 'PERMISSIONS' : 'PHONE_NUMBER_VERIFICATION';
}

function moveNumber(
  platform: Platform,
  session: SignupSession,
  entry: NumberEntry,
  subscriber: Subscriber,
  source: NumberRecord,
): void {
  const { knobs } = platform.world;
  const sourceWaba = wabaOfRecord(platform.world, source);
  const partners = businessesBehind(platform.world, appOfSession(platform, session));
  if (knobs.signupGlitches > 0) {
    knobs.signupGlitches -= 1;
    throw new SignupRefusal('generic');
  }
  if (sourceWaba.sharedWith.some((id) => partners.includes(id))) throw new SignupRefusal('already_moved');
  if (knobs.signupConnectedNumber === 'refused') {
    accountFor(platform, session);
    throw new SignupRefusal('connected');
  }
  const reason = obstacle(platform, session, subscriber, sourceWaba);
  if (reason) throw new SignupRefusal(reason);
  if (!entry.agreed) {
    session.warning = { phoneNumber: entry.phoneNumber, displayName: entry.displayName };
    return;
  }
  const waba = accountFor(platform, session);
  const id = knobs.phoneNumberId === 'same' ? source.id : platform.newId();
  addRecord(platform, session, waba, subscriber, id, 'migration');
}

/** What keeps a number from moving by the popup (meta §2.2, requirements). The order is a guess, like that of §12.3. */
function obstacle(
  platform: Platform,
  session: SignupSession,
  subscriber: Subscriber,
  source: Waba,
): RefusalName | null {
  const business = portfolioOfSession(platform, session);
  if (subscriber.coexistence) return 'coexistence';
  if (subscriber.testNumber) return 'test_number';
  if (source.businessId !== business.id) return 'different_business';
  if (business.verificationStatus !== 'verified') return 'portfolio_not_verified';
  if (source.reviewStatus !== 'APPROVED') return 'source_not_approved';
  if (!isFunded(source)) return 'source_unpaid';
  if (subscriber.displayName.status !== 'APPROVED' || subscriber.displayName.pending !== null) {
    return 'name_not_approved';
  }
  if (subscriber.twoStep.on) return 'two_step_on';
  return numbersOf(platform, business.id) + 1 > business.numberCap ? 'number_cap' : null;
}

function addNumber(
  platform: Platform,
  session: SignupSession,
  entry: NumberEntry,
  digits: string,
  known: Subscriber | null,
): void {
  const { knobs } = platform.world;
  if (known?.testNumber === true) throw new SignupRefusal('test_number');
  if (known?.coexistence === true) throw new SignupRefusal('coexistence');
  if (known?.deletedAt != null && platform.now() < known.deletedAt + knobs.deletedNumberHoldMs) {
    throw new SignupRefusal('just_deleted');
  }
  if (knobs.signupUnknownNumber === 'refused') throw new SignupRefusal('add_directly');
  const name = entry.displayName ?? session.prefill.displayName ?? known?.displayName.name;
  if (name === undefined || name === '') throw new SignupRefusal('name_missing');
  const business = portfolioOfSession(platform, session);
  if (numbersOf(platform, business.id) + 1 > business.numberCap) throw new SignupRefusal('number_cap');
  const waba = accountFor(platform, session);
  const subscriber = known ?? newSubscriber(platform, digits, name, 'added in Embedded Signup');
  addRecord(platform, session, waba, subscriber, platform.newId(), 'new');
}

/** Coexistence: the number stays in the Business app and is live on the API at once (meta §2.1). */
function bringFromApp(platform: Platform, session: SignupSession, digits: string): void {
  const subscriber = subscriberByAnyForm(platform.world, digits);
  if (subscriber && sourceOf(platform, subscriber)) throw new SignupRefusal('connected');
  if (subscriber?.coexistence !== true) throw new SignupRefusal('not_in_app');
  const waba = accountFor(platform, session);
  const record = addRecord(platform, session, waba, subscriber, platform.newId(), 'new');
  Object.assign(record, {
    status: 'CONNECTED',
    verification: 'VERIFIED',
    verifiedAt: platform.now(),
    platformType: 'CLOUD_API',
    live: true,
    origin: 'onboarded',
    everRegistered: true,
  } satisfies Partial<NumberRecord>);
  session.step = 'PERMISSIONS';
}

const recordIn = (platform: Platform, waba: Waba | null, digits: string): NumberRecord | null =>
  waba === null
    ? null
    : (listedRecords(platform.world, waba.id).find(
        (record) =>
          record.status !== 'MIGRATED' && sameNumber(subscriberOf(platform.world, record).digits, digits),
      ) ?? null);

/** Where the number is connected now, its traffic stopped already or not. */
const sourceOf = (platform: Platform, subscriber: Subscriber): NumberRecord | null =>
  liveRecordOf(platform.world, subscriber.id) ??
  recordsOf(platform.world, subscriber.id).find(
    (record) => record.status === 'CONNECTED' && !record.vanished,
  ) ??
  null;

/** The account of this popup, made now when it is a new one. */
export function accountFor(platform: Platform, session: SignupSession): Waba {
  const chosen = accountOfSession(platform, session);
  if (chosen) return chosen;
  const waba = makeAccount(platform, portfolioOfSession(platform, session), {
    name: session.newWabaName ?? portfolioOfSession(platform, session).name,
  });
  session.wabaId = waba.id;
  return waba;
}

function addRecord(
  platform: Platform,
  session: SignupSession,
  waba: Waba,
  subscriber: Subscriber,
  id: string,
  origin: 'migration' | 'new',
): NumberRecord {
  const earlier = recordsOf(platform.world, subscriber.id).filter(
    (record) => record.status === 'PENDING' && !record.everRegistered && !record.vanished,
  );
  const record = pendingRecord(id, waba.id, subscriber.id, origin, platform.now());
  for (const former of earlier) {
    // Locks and counters belong to the number: another popup does not lift them (meta §1.4).
    record.codeRequests = [...record.codeRequests, ...former.codeRequests];
    record.codeLockedUntil = former.codeLockedUntil ?? record.codeLockedUntil;
    former.vanished = true;
  }
  platform.world.records.push(record);
  platform.effect(
    origin === 'migration' ? 'announced' : 'number_added',
    { subscriber: subscriber.id, waba: waba.id, phone: record.id },
    { by: 'embedded signup' },
  );
  session.recordId = record.id;
  session.step = 'PHONE_NUMBER_VERIFICATION';
  return record;
}

/** The record of this popup, once a number is entered. */
export function recordOfSession(platform: Platform, session: SignupSession): NumberRecord | null {
  if (session.recordId === null) return null;
  return (
    platform.world.records.find(
      (record) => record.id === session.recordId && record.wabaId === session.wabaId && !record.vanished,
    ) ?? null
  );
}

function needRecord(platform: Platform, session: SignupSession): NumberRecord {
  const record = recordOfSession(platform, session);
  if (!record) throw new SignupRefusal('number_needed');
  return record;
}

/** A person asks for the code here, so a second one is never an accident. */
export function sendSignupCode(platform: Platform, session: SignupSession, method: CodeMethod): void {
  const record = needRecord(platform, session);
  platform.state.codesWanted.push({ subscriberId: record.subscriberId, at: platform.now() });
  inWords(() => {
    requestCode(platform, record, method, 'en_US');
  });
}

export function enterSignupCode(platform: Platform, session: SignupSession, code: string): void {
  const record = needRecord(platform, session);
  inWords(() => {
    verifyCode(platform, record, code.replace(/\D/g, ''));
  });
  session.step = 'PERMISSIONS';
}

/** From version 3 on a number may stay unproved, or be left out (meta §2.1). */
export function proveLater(session: SignupSession): void {
  if (session.version === 2) throw new SignupRefusal('number_needed');
  session.step = 'PERMISSIONS';
}

export function withoutNumber(session: SignupSession): void {
  if (session.version === 2) throw new SignupRefusal('number_needed');
  session.recordId = null;
  session.warning = null;
  session.step = 'PERMISSIONS';
}
