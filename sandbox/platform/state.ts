import type { World } from '../world/schema';
import type { SignupSession } from './signup-session';

/** Something the platform will do by itself at a time of the world's clock (epoch ms). */
export type Job = { readonly id: string; readonly at: number } & JobWork;

export type JobWork =
  | { kind: 'deliver_code'; subscriberId: string; channel: 'sms' | 'voice'; text: string }
  | { kind: 'finish_registration'; recordId: string; wabaId: string }
  | { kind: 'copy_templates'; sourceWabaId: string; destinationWabaId: string }
  | { kind: 'review_template'; wabaId: string; templateId: string }
  | { kind: 'recheck_template'; wabaId: string; templateId: string }
  | { kind: 'deliver_webhook'; webhookId: string };

/** What an effect is about. Numbers stand here by their opaque subscriber id only. */
export interface Effect {
  readonly id: string;
  readonly kind: EffectKind;
  readonly at: number;
  readonly wallAt: number;
  /** Sequence number in the request log, or null when a person or the platform did it. */
  readonly requestSeq: number | null;
  readonly by: string;
  readonly ids: Readonly<Record<string, string>>;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
}

export type EffectKind =
  | 'announced'
  | 'number_added'
  | 'code_sent'
  | 'code_verified'
  | 'code_guess_wrong'
  | 'register_attempt'
  | 'registered'
  | 'connected'
  | 'deregistered'
  | 'pin_set'
  | 'app_subscribed'
  | 'app_unsubscribed'
  | 'storage_region_set'
  | 'template_created'
  | 'template_edited'
  | 'template_copied'
  | 'template_deleted'
  | 'flow_migrated'
  | 'media_uploaded'
  | 'credit_shared'
  | 'credit_attached'
  | 'credit_revoked'
  | 'message_sent'
  | 'token_issued'
  | 'account_made'
  | 'account_shared'
  | 'intent_set'
  | 'intent_decided'
  | 'intent_completed'
  | 'act';

/** A message somebody pays for: the bill goes to the side that held the number when it was sent (meta §5.2). */
export interface BilledMessage {
  readonly id: string;
  readonly subscriberId: string;
  readonly wabaId: string;
  readonly sentAt: number;
  readonly country: string;
  readonly category: string;
  readonly pricingType: string;
  readonly volume: number;
  readonly cost: number;
  readonly billedTo: readonly string[];
  /** When it is delivered, and only then counted; absent: at once. */
  readonly deliveredAt?: number;
}

export interface Webhook {
  readonly id: string;
  readonly appId: string;
  readonly url: string;
  readonly field: string;
  readonly body: string;
  readonly queuedAt: number;
  attempts: number;
  status: 'pending' | 'delivered' | 'gave_up';
  lastStatus: number | null;
}

export interface SignupCode {
  /** Opaque: the code itself stands in no effect. */
  readonly id: string;
  readonly code: string;
  readonly expiresAt: number;
  readonly wabaId: string;
  readonly businessId: string;
  readonly appId: string;
  readonly permissions: readonly string[];
  readonly tokenDays: number | null;
  used: boolean;
}

/** Everything that survives a restart. Plain data. */
export interface PlatformState {
  world: World;
  clock: { offsetMs: number; frozenAt: number | null };
  jobs: Job[];
  effects: Effect[];
  messages: BilledMessage[];
  webhooks: Webhook[];
  signupCodes: SignupCode[];
  signupSessions: SignupSession[];
  /** Subscribers whose person asked for another code, by time: excuses a quick resend. */
  codesWanted: { subscriberId: string; at: number }[];
  /** Owner of each WABA when it was first seen: it never changes (meta §12.7). */
  owners: Record<string, string>;
  calls: Record<string, number[]>;
  counters: Record<string, number>;
}

/** A fresh platform around a world. */
export function freshState(world: World): PlatformState {
  return {
    world,
    clock: { offsetMs: 0, frozenAt: null },
    jobs: [],
    effects: [],
    messages: [],
    webhooks: [],
    signupCodes: [],
    signupSessions: [],
    codesWanted: [],
    owners: Object.fromEntries(world.wabas.map((waba) => [waba.id, waba.businessId])),
    calls: {},
    counters: {},
  };
}
