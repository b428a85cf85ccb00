import { GraphError, migrationError } from '../graph/errors';
import type { MigrationErrorName } from '../graph/error-texts';
import type { Platform } from '../platform/platform';
import {
  listedRecords,
  liveRecordOf,
  movesByIntent,
  ownerOf,
  recordsOf,
  subscriberByDigits,
  subscriberOf,
  wabaOfRecord,
} from '../world/lookups';
import { sameNumber } from '../world/number-formats';
import type { NumberRecord, Subscriber, Waba } from '../world/schema';

/** A funded account is one with a payment account that still works (meta §5.1). */
export const isFunded = (waba: Waba): boolean => waba.funding?.active === true;

/** `true` when a person told this platform to forget a check, so that an invariant can be seen to fire. */
export const forgets = (
  platform: Platform,
  guard: Platform['world']['knobs']['unguarded'][number],
): boolean => platform.world.knobs.unguarded.includes(guard);

export function refuse(platform: Platform, name: MigrationErrorName): GraphError {
  return migrationError(name, platform.world.knobs.outerCode);
}

export const capReached = (): GraphError =>
  new GraphError({
    status: 400,
    code: 200000,
    message: '(#200000) Cannot add phone number to WABA',
    details: 'The phone number limit of this business has been reached.',
  });

/**
 * Announces that a number moves to `destination` (meta §1.3): the checks of meta §12.3 in their order, then the new
 * record. `digits` must be Meta's own form of the number, digit by digit (R31).
 *
 * @returns the destination record.
 */
export function announce(platform: Platform, destination: Waba, digits: string): NumberRecord {
  const { world } = platform;
  const repeated = listedRecords(world, destination.id).find(
    (record) => record.status !== 'MIGRATED' && sameNumber(subscriberOf(world, record).digits, digits),
  );
  if (repeated && !forgets(platform, 'announcement')) throw refuse(platform, 'already_in_list');
  const subscriber = subscriberByDigits(world, digits);
  const sourceRecord = subscriber ? sourceOf(platform, subscriber, destination) : null;
  if (!subscriber || !sourceRecord) throw refuse(platform, 'add_directly');
  const problem = obstacle(platform, subscriber, wabaOfRecord(world, sourceRecord), destination);
  if (problem) throw problem;
  const record = addDestinationRecord(platform, subscriber, sourceRecord, destination);
  if (movesByIntent(world, sourceRecord.wabaId, destination.id)) {
    // Route C proves nothing again: the owner's acceptance stands for the code (meta §2.3, §12.2 S4).
    record.verification = 'VERIFIED';
    record.verifiedAt = platform.now();
  }
  platform.effect('announced', {
    subscriber: subscriber.id,
    waba: destination.id,
    sourceWaba: sourceRecord.wabaId,
    phone: record.id,
  });
  if (world.knobs.sourceOutage === 'at_announcement') sourceRecord.live = false;
  if (world.knobs.autoTemplateCopy === 'at_announcement') {
    scheduleTemplateCopy(platform, sourceRecord.wabaId, destination.id);
  }
  return record;
}

export function scheduleTemplateCopy(
  platform: Platform,
  sourceWabaId: string,
  destinationWabaId: string,
): void {
  platform.schedule(platform.world.knobs.autoTemplateCopyStartMs, {
    kind: 'copy_templates',
    sourceWabaId,
    destinationWabaId,
  });
}

/** The record a number leaves: the live one, or the one whose traffic stopped at an earlier announcement. */
function sourceOf(platform: Platform, subscriber: Subscriber, destination: Waba): NumberRecord | null {
  const live = liveRecordOf(platform.world, subscriber.id);
  if (live) return live.wabaId === destination.id && !forgets(platform, 'announcement') ? null : live;
  return (
    recordsOf(platform.world, subscriber.id).find(
      (record) => record.status === 'CONNECTED' && record.wabaId !== destination.id,
    ) ?? null
  );
}

/** Meta §12.3, row 2, after the two that need no source. */
function obstacle(
  platform: Platform,
  subscriber: Subscriber,
  source: Waba,
  destination: Waba,
): GraphError | null {
  const { world } = platform;
  const owner = ownerOf(world, destination);
  const refused = (name: MigrationErrorName): GraphError => refuse(platform, name);
  if (source.businessId !== destination.businessId) return refused('different_business');
  if (destination.reviewStatus !== 'APPROVED' || owner.verificationStatus !== 'verified') {
    return refused('destination_not_approved');
  }
  if (destination.obo !== null && destination.obo.status !== 'ACCEPTED')
    return refused('messaging_for_pending');
  if (!isFunded(destination)) return refused('no_payment');
  if (destination.subscribedApps.length === 0) return refused('webhooks_missing');
  if (source.reviewStatus !== 'APPROVED') return refused('source_not_set_up');
  if (subscriber.displayName.status !== 'APPROVED' || subscriber.displayName.pending !== null) {
    return refused('name_not_approved');
  }
  if (
    subscriber.twoStep.on &&
    world.knobs.twoStepCheckedAt === 'announcement_and_register' &&
    !forgets(platform, 'two_step')
  ) {
    return refused('two_step_on');
  }
  if (subscriber.coexistence) return refused('coexistence');
  if (subscriber.testNumber) return refused('test_number');
  return numbersOf(platform, owner.id) + 1 > owner.numberCap ? capReached() : null;
}

/** Records a portfolio holds; a number on the move counts at both ends. */
export function numbersOf(platform: Platform, businessId: string): number {
  const { world } = platform;
  return world.records.filter(
    (record) =>
      !record.vanished &&
      (record.status === 'CONNECTED' || record.status === 'PENDING') &&
      wabaOfRecord(world, record).businessId === businessId,
  ).length;
}

function addDestinationRecord(
  platform: Platform,
  subscriber: Subscriber,
  source: NumberRecord,
  destination: Waba,
): NumberRecord {
  const record = pendingRecord(
    platform.world.knobs.phoneNumberId === 'same' ? source.id : platform.newId(),
    destination.id,
    subscriber.id,
    'migration',
    platform.now(),
  );
  for (const former of recordsOf(platform.world, subscriber.id)) {
    if (former.wabaId === destination.id && former.status === 'MIGRATED') former.vanished = true;
  }
  platform.world.records.push(record);
  return record;
}

/** A record nobody has proved to own yet (meta §12.2, S2). */
export function pendingRecord(
  id: string,
  wabaId: string,
  subscriberId: string,
  origin: 'migration' | 'new',
  now: number,
): NumberRecord {
  return {
    id,
    wabaId,
    subscriberId,
    status: 'PENDING',
    verification: 'NOT_VERIFIED',
    verifiedAt: null,
    platformType: 'NOT_APPLICABLE',
    live: false,
    origin,
    migrating: origin === 'migration',
    registering: false,
    vanished: false,
    everRegistered: false,
    profile: null,
    onboardedAt: now,
    code: null,
    codeRequests: [],
    codeGuesses: 0,
    codeLockedUntil: null,
  };
}
