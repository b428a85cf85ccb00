import {
  accountsSharedTooWidely,
  codesUsedTwice,
  intentsAcrossOwners,
  openIntentsBesideOthers,
} from './invariants-partners';
import type { Effect, PlatformState } from './platform/state';
import { sameNumber } from './world/number-formats';

export const invariantNames = [
  'registered_twice',
  'announced_twice',
  'code_sent_again',
  'template_duplicated',
  'credit_line_changed',
  'credit_attached_twice',
  'two_live_records',
  'two_subscribers_of_one_number',
  'message_billed_twice',
  'registered_with_two_step_on',
  'registered_without_payment',
  'registered_without_proof',
  'register_called_while_blocked',
  'owner_changed',
  'signup_code_used_twice',
  'two_open_intents',
  'intent_across_owners',
  'too_many_partners',
] as const;

export type InvariantName = (typeof invariantNames)[number];

/** Something that must never happen, and did (meta §12.7, and Carryover's promise 4). */
export interface Violation {
  readonly name: InvariantName;
  readonly description: string;
  readonly effects: readonly string[];
  readonly ids: Readonly<Record<string, string>>;
}

type Check = (state: PlatformState) => Omit<Violation, 'name'>[];

const of = (state: PlatformState, kind: Effect['kind']): Effect[] =>
  state.effects.filter((effect) => effect.kind === kind);

/** Effects of one kind that follow each other for the same number and account, with nothing of `releasing` between. */
function repeats(
  effects: readonly Effect[],
  kind: Effect['kind'],
  releasing: (effect: Effect) => boolean,
): [Effect, Effect][] {
  const open = new Map<string, Effect>();
  const pairs: [Effect, Effect][] = [];
  for (const effect of effects) {
    const key = subscriber(effect);
    if (releasing(effect)) open.delete(key);
    if (effect.kind !== kind) continue;
    const earlier = open.get(key);
    if (earlier && earlier.ids['waba'] === effect.ids['waba']) pairs.push([earlier, effect]);
    open.set(key, effect);
  }
  return pairs;
}

const pair = (description: string, [earlier, later]: readonly [Effect, Effect]): Omit<Violation, 'name'> => ({
  description,
  effects: [earlier.id, later.id],
  ids: later.ids,
});

const single = (description: string, effect: Effect): Omit<Violation, 'name'> => ({
  description,
  effects: [effect.id],
  ids: effect.ids,
});

const freesNumber = (effect: Effect): boolean => {
  const act = effect.facts['act'];
  return effect.kind === 'deregistered' || act === 'move-away' || act === 'delete-number';
};

/** What a person has removed by hand is not announced any more (meta §1.3). */
const endsAnnouncement = (effect: Effect): boolean =>
  freesNumber(effect) || effect.facts['act'] === 'remove-pending-number';

const subscriber = (effect: Effect): string => effect.ids['subscriber'] ?? '';

const registeredWhile =
  (test: (facts: Effect['facts']) => boolean, description: string): Check =>
  (state) =>
    of(state, 'registered')
      .filter((effect) => effect.facts['replayed'] !== true && test(effect.facts))
      .map((effect) => single(description, effect));

const checks: Readonly<Record<InvariantName, Check>> = {
  registered_twice: (state) =>
    repeats(state.effects, 'registered', freesNumber).map((found) =>
      pair('a number was registered again without having left', found),
    ),
  announced_twice: (state) =>
    repeats(state.effects, 'announced', endsAnnouncement).map((found) =>
      pair('a number was announced twice to the same account', found),
    ),
  code_sent_again: (state) => {
    const quiet = state.world.knobs.codeResendQuietMs;
    const wanted = (earlier: Effect, later: Effect): boolean =>
      state.codesWanted.some(
        (wish) => wish.subscriberId === subscriber(later) && wish.at >= earlier.at && wish.at <= later.at,
      );
    return repeats(state.effects, 'code_sent', (effect) => effect.kind === 'code_verified')
      .filter(([earlier, later]) => later.at - earlier.at < quiet && !wanted(earlier, later))
      .map((found) =>
        pair('a second code was sent while the first was on its way and nobody had asked for one', found),
      );
  },
  template_duplicated: (state) =>
    state.world.wabas.flatMap((waba) => {
      const seen = new Set<string>();
      return waba.templates
        .filter((template) => template.status !== 'DELETED')
        .filter(({ name, language }) => seen.has(`${name}/${language}`) || !seen.add(`${name}/${language}`))
        .map(({ id, name, language }) => ({
          description: `template ${name}/${language} exists twice in one account`,
          effects: state.effects.filter((effect) => effect.ids['template'] === id).map((effect) => effect.id),
          ids: { waba: waba.id, template: id },
        }));
    }),
  credit_line_changed: (state) =>
    of(state, 'credit_attached')
      .filter(
        (effect) => effect.facts['earlier'] !== null && effect.facts['earlier'] !== effect.ids['creditLine'],
      )
      .map((effect) => single('the credit line of an account was changed', effect)),
  credit_attached_twice: (state) =>
    of(state, 'credit_attached')
      .filter((effect) => effect.facts['earlier'] === effect.ids['creditLine'])
      .map((effect) => single('the same credit line was attached twice', effect)),
  two_live_records: (state) =>
    state.world.subscribers.flatMap(({ id }) => {
      const live = state.world.records.filter((record) => record.subscriberId === id && record.live);
      if (live.length < 2) return [];
      const wabas = live.map((record) => record.wabaId).join(' ');
      return [
        { description: 'a number is live in two accounts', effects: [], ids: { subscriber: id, wabas } },
      ];
    }),
  two_subscribers_of_one_number: (state) => {
    const { subscribers } = state.world;
    return subscribers
      .filter((one, index) =>
        subscribers.slice(0, index).some((other) => sameNumber(one.digits, other.digits)),
      )
      .map(({ id }) => ({ description: 'a number exists twice', effects: [], ids: { subscriber: id } }));
  },
  message_billed_twice: (state) =>
    state.messages
      .filter((message) => message.billedTo.length !== 1)
      .map(({ id, subscriberId }) => ({
        description: 'a message was not billed to exactly one side',
        effects: state.effects.filter((effect) => effect.ids['message'] === id).map((effect) => effect.id),
        ids: { message: id, subscriber: subscriberId },
      })),
  registered_with_two_step_on: registeredWhile(
    (facts) => facts['twoStepOnElsewhere'] === true,
    'a number was registered while two-step verification was on at its source',
  ),
  registered_without_payment: registeredWhile(
    (facts) => facts['funded'] === false,
    'a number was registered in an account that cannot pay',
  ),
  registered_without_proof: registeredWhile(
    (facts) => facts['verification'] !== 'VERIFIED',
    'a number was registered without a valid proof of ownership',
  ),
  register_called_while_blocked: (state) =>
    of(state, 'register_attempt')
      .filter((effect) => effect.facts['blocked'] === true)
      .map((effect) => single('register was called although its quota of 72 hours was spent', effect)),
  owner_changed: (state) =>
    state.world.wabas
      .filter((waba) => state.owners[waba.id] !== undefined && state.owners[waba.id] !== waba.businessId)
      .map((waba) => ({ description: 'an account changed its owner', effects: [], ids: { waba: waba.id } })),
  signup_code_used_twice: codesUsedTwice,
  two_open_intents: openIntentsBesideOthers,
  intent_across_owners: intentsAcrossOwners,
  too_many_partners: accountsSharedTooWidely,
};

/** Every duplicated or forbidden effect, by name. Pure. */
export function findViolations(state: PlatformState): Violation[] {
  return invariantNames.flatMap((name) => checks[name](state).map((found) => ({ name, ...found })));
}
