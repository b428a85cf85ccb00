import { z } from 'zod';
import { askTwoStepOff, turnTwoStepOff, turnTwoStepOn } from '../behaviour/two-step';
import type { Platform } from '../platform/platform';
import { recordsOf, wabaOf, wabaOfRecord } from '../world/lookups';
import type { NumberRecord, Subscriber } from '../world/schema';
import { wabaSchema } from '../world/schema';
import { tellSubscribers } from '../webhooks/queue';
import { act, type Act } from './act';
import { ControlProblem } from './problem';
import { holdingRecord, numberTarget, targetSubscriber, type NumberTarget } from './targets';

interface Held {
  readonly subscriber: Subscriber;
  readonly record: NumberRecord;
}

function held(platform: Platform, target: NumberTarget): Held {
  const subscriber = targetSubscriber(platform, target);
  return { subscriber, record: holdingRecord(platform, subscriber) };
}

function note(
  platform: Platform,
  name: string,
  { subscriber, record }: Held,
): { number: string; wabaId: string } {
  platform.effect('act', { subscriber: subscriber.id, phone: record.id, waba: record.wabaId }, { act: name });
  return { number: subscriber.id, wabaId: record.wabaId };
}

function tellName(platform: Platform, { subscriber, record }: Held, decision: string, name: string): void {
  tellSubscribers(platform, wabaOfRecord(platform.world, record), 'phone_number_name_update', {
    display_phone_number: subscriber.digits,
    decision,
    requested_verified_name: name,
    rejection_reason: decision === 'REJECTED' ? 'NAME_NOT_RELATED_TO_BUSINESS' : null,
  });
}

const justNumber = z.strictObject(numberTarget);

/** Acts of the people around one number. */
export const numberActs: Readonly<Record<string, Act>> = {
  'two-step-off': act(
    'switch two-step verification off in WhatsApp Manager (stage: press the button, follow the mail link, or both)',
    z.strictObject({ ...numberTarget, stage: z.enum(['request', 'confirm', 'both']).default('both') }),
    (platform, input) => {
      const target = held(platform, input);
      if (input.stage !== 'confirm') askTwoStepOff(platform, target.record);
      if (input.stage !== 'request') turnTwoStepOff(platform, target.record);
      return note(platform, 'two-step-off', target);
    },
  ),
  'two-step-on': act(
    'switch two-step verification on, or change its PIN',
    z.strictObject({
      ...numberTarget,
      pin: z
        .string()
        .regex(/^\d{6}$/)
        .default('135790'),
    }),
    (platform, input) => {
      const target = held(platform, input);
      turnTwoStepOn(platform, target.record, input.pin);
      return note(platform, 'two-step-on', target);
    },
  ),
  'request-name-change': act(
    'ask for another display name',
    z.strictObject({ ...numberTarget, name: z.string().min(1) }),
    (platform, input) => {
      const target = held(platform, input);
      target.subscriber.displayName.pending = { name: input.name, since: platform.now() };
      tellName(platform, target, 'PENDING', input.name);
      return note(platform, 'request-name-change', target);
    },
  ),
  'approve-name': act('the display name, or its change, is approved', justNumber, (platform, input) => {
    const target = held(platform, input);
    const { displayName } = target.subscriber;
    const name = displayName.pending?.name ?? displayName.name;
    target.subscriber.displayName = { name, status: 'APPROVED', pending: null };
    tellName(platform, target, 'APPROVED', name);
    return note(platform, 'approve-name', target);
  }),
  'decline-name': act('the display name, or its change, is declined', justNumber, (platform, input) => {
    const target = held(platform, input);
    const { displayName } = target.subscriber;
    tellName(platform, target, 'REJECTED', displayName.pending?.name ?? displayName.name);
    if (displayName.pending) displayName.pending = null;
    else displayName.status = 'DECLINED';
    return note(platform, 'decline-name', target);
  }),
  'enter-coexistence': act(
    'put the number into use with the WhatsApp Business app',
    justNumber,
    (platform, input) => {
      const target = held(platform, input);
      target.subscriber.coexistence = true;
      return note(platform, 'enter-coexistence', target);
    },
  ),
  'move-away': act(
    'a third party moves the number to another account (of another business unless wabaId is given)',
    z.strictObject({ ...numberTarget, wabaId: z.string().optional() }),
    moveAway,
  ),
  'delete-number': act('the portfolio deletes the number at its source', justNumber, (platform, input) => {
    const target = held(platform, input);
    for (const record of recordsOf(platform.world, target.subscriber.id)) {
      if (record.wabaId !== target.record.wabaId && record.migrating) continue;
      record.vanished = true;
      record.live = false;
      record.status = 'DELETED';
    }
    target.subscriber.deletedAt = platform.now();
    target.subscriber.twoStep = { on: false, pin: null, holderWabaId: null };
    return note(platform, 'delete-number', target);
  }),
  'remove-pending-number': act(
    'an admin of the portfolio removes the pending number at the destination, by hand in WhatsApp Manager',
    justNumber,
    (platform, input) => {
      const subscriber = targetSubscriber(platform, input);
      const pending = recordsOf(platform.world, subscriber.id).find(
        (record) => record.migrating && !record.vanished,
      );
      if (pending === undefined) throw new ControlProblem(409, 'the number is not pending anywhere');
      pending.vanished = true;
      pending.migrating = false;
      return note(platform, 'remove-pending-number', { subscriber, record: pending });
    },
  ),
  'use-up-register-quota': act(
    'somebody else uses up registration attempts (10 are allowed in 72 hours)',
    z.strictObject({ ...numberTarget, attempts: z.number().int().min(1).max(10).default(10) }),
    (platform, input) => {
      const target = held(platform, input);
      for (let count = 0; count < input.attempts; count += 1)
        target.subscriber.registerAttempts.push(platform.now());
      return note(platform, 'use-up-register-quota', target);
    },
  ),
  'ask-for-new-code': act(
    'the person wants another code: excuses a quick second one',
    justNumber,
    (platform, input) => {
      const subscriber = targetSubscriber(platform, input);
      platform.state.codesWanted.push({ subscriberId: subscriber.id, at: platform.now() });
      return { number: subscriber.id };
    },
  ),
};

function moveAway(
  platform: Platform,
  input: NumberTarget & { wabaId?: string | undefined },
): Record<string, unknown> {
  const target = held(platform, input);
  const { world } = platform;
  const destination = input.wabaId === undefined ? foreignWaba(platform) : wabaOf(world, input.wabaId)?.id;
  if (destination === undefined) throw new ControlProblem(404, `there is no account ${input.wabaId ?? ''}`);
  for (const record of recordsOf(world, target.subscriber.id)) {
    record.live = false;
    if (record.status === 'CONNECTED') record.status = 'MIGRATED';
    else record.vanished = true;
    record.migrating = false;
    record.platformType = 'NOT_APPLICABLE';
  }
  const id = platform.newId();
  world.records.push({
    ...structuredClone(target.record),
    id,
    wabaId: destination,
    status: 'CONNECTED',
    verification: 'VERIFIED',
    platformType: 'CLOUD_API',
    live: true,
    vanished: false,
    origin: 'onboarded',
    everRegistered: true,
    onboardedAt: platform.now(),
  });
  target.subscriber.twoStep = { on: true, pin: '999999', holderWabaId: destination };
  return { ...note(platform, 'move-away', target), movedTo: destination };
}

/** An account of a business nobody here has to do with. */
function foreignWaba(platform: Platform): string {
  const businessId = platform.newId();
  platform.world.businesses.push({
    id: businessId,
    name: 'Somebody Else',
    verificationStatus: 'verified',
    numberCap: 20,
    messagingLimit: 'TIER_2K',
    creditLines: [],
  });
  const waba = wabaSchema.parse({
    id: platform.newId(),
    name: 'Somebody Else',
    businessId,
    createdAt: platform.now(),
  });
  platform.world.wabas.push(waba);
  platform.state.owners[waba.id] = businessId;
  return waba.id;
}
