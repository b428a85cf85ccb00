/** What really happened at the practice platform, family by family. */
import type { Played } from './player';
import type { PracticeEffect, PracticeRequest, PracticeWorld } from './practice-answers';
import type { Site } from './site';

export interface Effects {
  readonly world: PracticeWorld;
  readonly all: readonly PracticeEffect[];
  /** The platform's own invariants, a sentence each. */
  readonly violations: string[];
  readonly repeated: number;
  readonly adopted: number;
  /** Everything that happened to this family. */
  of(played: Played): readonly PracticeEffect[];
  /** Effects of this family that are there too often, or not at all. */
  troubleWith(played: Played, isMigrated: boolean): string[];
}

/** At most once, by what each is about. */
const ONCE: Readonly<Record<string, (effect: PracticeEffect) => string>> = {
  announced: () => 'the number',
  code_verified: () => 'the number',
  registered: () => 'the number',
  connected: () => 'the number',
  credit_shared: ({ ids }) => `credit line ${ids['creditLine'] ?? ''}`,
  credit_attached: ({ ids }) => `account ${ids['waba'] ?? ''}`,
  app_subscribed: ({ ids }) => `account ${ids['waba'] ?? ''}`,
  app_unsubscribed: ({ ids }) => `account ${ids['waba'] ?? ''}`,
  // By what they were made from: the object that is made is a new one each time.
  template_copied: ({ ids }) => `template ${ids['sourceTemplate'] ?? ''} in ${ids['waba'] ?? ''}`,
  template_created: ({ ids, facts }) =>
    `template ${String(facts['name'])}/${String(facts['language'])} in ${ids['waba'] ?? ''}`,
  template_edited: ({ ids }) => `template ${ids['template'] ?? ''}`,
  flow_migrated: ({ ids }) => `flow ${ids['sourceFlow'] ?? ''} in ${ids['waba'] ?? ''}`,
  intent_set: ({ ids }) => `account ${ids['waba'] ?? ids['sourceWaba'] ?? ''}`,
  token_issued: ({ ids }) => `grant ${ids['grant'] ?? ids['waba'] ?? ''}`,
};
/** Exactly once where the number has moved. */
const NEEDED = ['registered', 'connected'];

/** Calls that change something. */
const isActing = ({ method }: PracticeRequest): boolean => method !== 'GET';

export const readEffects = async (site: Site, played: readonly Played[]): Promise<Effects> => {
  const { platform } = site;
  const [world, effects, requests, violations] = await Promise.all([
    platform.world(),
    platform.effects(),
    platform.requests(),
    platform.invariants(),
  ]);
  const familyOf = familiesById(world, played);
  const owned = new Map<string, PracticeEffect[]>();
  for (const effect of effects) {
    for (const name of ownersOf(effect, familyOf)) owned.set(name, [...(owned.get(name) ?? []), effect]);
  }
  const names = new Set(played.map(({ family }) => family.name));
  const acting = requests.filter(
    (request) => isActing(request) && namesIn(request.ids, familyOf).some((name) => names.has(name)),
  );
  const lost = new Set(acting.filter(({ status }) => status === null).map(({ seq }) => seq));
  const ofMigrated = [...owned].filter(([name]) => names.has(name)).flatMap(([, list]) => list);
  return {
    world,
    all: effects,
    violations: violations
      .filter(({ ids }) => namesIn(ids, familyOf).length > 0 || Object.keys(ids).length === 0)
      .map(({ name, description, ids }) => {
        const whose = played.find(({ family }) => namesIn(ids, familyOf).includes(family.name));
        return `${whose?.id ?? 'nobody’s migration'}: the invariant ${name} does not hold: ${description}`;
      }),
    repeated: repetitionsIn(acting),
    adopted: new Set(
      ofMigrated.flatMap(({ requestSeq }) =>
        requestSeq !== null && lost.has(requestSeq) ? [requestSeq] : [],
      ),
    ).size,
    of: ({ family }) => owned.get(family.name) ?? [],
    troubleWith: ({ family }, isMigrated) => {
      const own = owned.get(family.name) ?? [];
      const told: string[] = [];
      for (const [kind, about] of Object.entries(ONCE)) {
        const counted = new Map<string, number>();
        for (const effect of own.filter((one) => one.kind === kind))
          counted.set(about(effect), (counted.get(about(effect)) ?? 0) + 1);
        for (const [what, times] of counted)
          if (times > 1) told.push(`${kind} happened ${String(times)} times to ${what}`);
        if (isMigrated && NEEDED.includes(kind) && counted.size === 0) told.push(`${kind} never happened`);
      }
      return told;
    },
  };
};

/** Every id that belongs to one family only. */
const familiesById = (world: PracticeWorld, played: readonly Played[]): Map<string, string> => {
  const found = new Map<string, string>();
  for (const { family } of played) {
    found.set(family.businessId, family.name);
    found.set(family.subscriberId, family.name);
    for (const { id, businessId } of world.wabas)
      if (businessId === family.businessId) found.set(id, family.name);
    for (const { id, subscriberId } of world.records)
      if (subscriberId === family.subscriberId) found.set(id, family.name);
  }
  return found;
};

const namesIn = (ids: Readonly<Record<string, string>>, familyOf: Map<string, string>): string[] => [
  ...new Set(Object.values(ids).flatMap((id) => familyOf.get(id) ?? [])),
];

/** A file names nobody: it is the family's whose token has uploaded it. */
const ownersOf = (effect: PracticeEffect, familyOf: Map<string, string>): string[] => {
  const named = namesIn(effect.ids, familyOf);
  const [, ofToken] = /^(f\d+)-/.exec(effect.by) ?? [];
  return named.length > 0 || ofToken === undefined ? named : [ofToken];
};

/** Of those calls that a migration makes once: how many more there were. */
const ONE_CALL = [
  'POST /{waba}/subscribed_apps',
  'POST /{waba}/phone_numbers',
  'POST /{phone}/request_code',
  'POST /{phone}/verify_code',
  'POST /{phone}/register',
  'POST /{waba}/set_solution_migration_intent',
  'POST /{credit}/whatsapp_credit_sharing_and_attach',
  'POST /{credit}/whatsapp_credit_sharing',
  'POST /{credit}/whatsapp_credit_attach',
];

const repetitionsIn = (acting: readonly PracticeRequest[]): number => {
  const counted = new Map<string, number>();
  for (const { method, path, token } of acting) {
    const call = `${method} ${path}`;
    if (ONE_CALL.includes(call)) {
      const key = `${String(token)} ${call}`;
      counted.set(key, (counted.get(key) ?? 0) + 1);
    }
  }
  return [...counted.values()].reduce((sum, count) => sum + count - 1, 0);
};
