import type { z } from 'zod';
import type { KnobsInput } from './knobs';
import type { intentSchema, personSchema, solutionSchema } from './partner-schema';
import type {
  allocationSchema,
  appSchema,
  businessSchema,
  recordSchema,
  subscriberSchema,
  tokenSchema,
  wabaSchema,
  WorldInput,
} from './schema';

type AppInput = z.input<typeof appSchema>;
type BusinessInput = z.input<typeof businessSchema>;
type WabaInput = z.input<typeof wabaSchema>;
type SubscriberInput = z.input<typeof subscriberSchema>;
type RecordInput = z.input<typeof recordSchema>;
type TokenInput = z.input<typeof tokenSchema>;
type AllocationInput = z.input<typeof allocationSchema>;
type PersonInput = z.input<typeof personSchema>;
type SolutionInput = z.input<typeof solutionSchema>;
type IntentInput = z.input<typeof intentSchema>;

/** A number and the account that lists it, in one: what a test usually means by "a number". */
export interface NumberInput extends Partial<Omit<SubscriberInput, 'digits' | 'displayName' | 'id'>> {
  readonly digits: string;
  /** Opaque id of the subscriber; made from the record id when absent. */
  readonly id?: string;
  readonly name?: string;
  readonly displayName?: SubscriberInput['displayName'];
  readonly wabaId: string;
  readonly phoneNumberId: string;
  readonly record?: Partial<Omit<RecordInput, 'id' | 'wabaId' | 'subscriberId'>>;
}

export const allScopes: readonly string[] = [
  'business_management',
  'whatsapp_business_management',
  'whatsapp_business_messaging',
];

/** Builds a world step by step. Every object may leave out what `world/schema.ts` has a default for. */
export class WorldBuilder {
  private readonly apps: AppInput[] = [];
  private readonly businesses: BusinessInput[] = [];
  private readonly wabas: WabaInput[] = [];
  private readonly subscribers: SubscriberInput[] = [];
  private readonly records: RecordInput[] = [];
  private readonly tokens: TokenInput[] = [];
  private readonly allocations: AllocationInput[] = [];
  private readonly people: PersonInput[] = [];
  private readonly solutions: SolutionInput[] = [];
  private readonly intents: IntentInput[] = [];
  private knobSettings: KnobsInput = {};
  private partnerAppId: string | null = null;

  constructor(private readonly title: string) {}

  app(input: AppInput, partner = false): this {
    this.apps.push(input);
    if (partner) this.partnerAppId = input.id;
    return this;
  }

  business(input: BusinessInput): this {
    this.businesses.push(input);
    return this;
  }

  waba(input: WabaInput): this {
    this.wabas.push(input);
    return this;
  }

  /** Adds a subscriber and the record that lists it. */
  number(input: NumberInput): this {
    const { wabaId, phoneNumberId, record, name, displayName, id, ...subscriber } = input;
    const subscriberId = id ?? `sub_${phoneNumberId}`;
    this.subscribers.push({
      ...subscriber,
      id: subscriberId,
      displayName: displayName ?? { name: name ?? 'Padaria Sol' },
    });
    this.records.push({ ...record, id: phoneNumberId, wabaId, subscriberId });
    return this;
  }

  /** A further record of a subscriber that exists already. */
  record(input: RecordInput): this {
    this.records.push(input);
    return this;
  }

  /** Adds a subscriber no account lists (not on the API). */
  subscriber(input: SubscriberInput): this {
    this.subscribers.push(input);
    return this;
  }

  token(input: Omit<TokenInput, 'scopes'> & { scopes?: readonly string[] }): this {
    this.tokens.push({ ...input, scopes: [...(input.scopes ?? allScopes)] });
    return this;
  }

  allocation(input: AllocationInput): this {
    this.allocations.push(input);
    return this;
  }

  /** Somebody who logs in to the popup and to Business settings. */
  person(input: PersonInput): this {
    this.people.push(input);
    return this;
  }

  solution(input: SolutionInput): this {
    this.solutions.push(input);
    return this;
  }

  intent(input: IntentInput): this {
    this.intents.push(input);
    return this;
  }

  knobs(change: KnobsInput): this {
    this.knobSettings = { ...this.knobSettings, ...change };
    return this;
  }

  build(): WorldInput {
    return structuredClone({
      title: this.title,
      partnerAppId: this.partnerAppId,
      knobs: this.knobSettings,
      apps: this.apps,
      businesses: this.businesses,
      wabas: this.wabas,
      subscribers: this.subscribers,
      records: this.records,
      tokens: this.tokens,
      allocations: this.allocations,
      people: this.people,
      solutions: this.solutions,
      intents: this.intents,
    });
  }
}

export const aWorld = (title = 'a world of a test'): WorldBuilder => new WorldBuilder(title);
