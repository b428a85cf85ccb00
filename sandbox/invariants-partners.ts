import type { Violation } from './invariants';
import type { Effect, PlatformState } from './platform/state';
import { businessOf, wabaOf } from './world/lookups';

type Found = Omit<Violation, 'name'>;

const MOST_PARTNERS = 2;

/** One code of the popup became two tokens. */
export function codesUsedTwice(state: PlatformState): Found[] {
  const first = new Map<string, Effect>();
  const found: Found[] = [];
  for (const effect of state.effects) {
    const grant = effect.kind === 'token_issued' ? effect.ids['grant'] : undefined;
    if (grant === undefined) continue;
    const earlier = first.get(grant);
    if (earlier) {
      found.push({
        description: 'the code of one signup became a token twice',
        effects: [earlier.id, effect.id],
        ids: effect.ids,
      });
    }
    first.set(grant, earlier ?? effect);
  }
  return found;
}

/** An account was marked for a second move while the first was neither rejected nor done. */
export function openIntentsBesideOthers(state: PlatformState): Found[] {
  const open = new Map<string, Effect>();
  const found: Found[] = [];
  for (const effect of state.effects) {
    const intent = effect.ids['intent'];
    if (intent === undefined) continue;
    if (effect.kind === 'intent_set') {
      const waba = effect.ids['waba'] ?? '';
      const earlier = open.get(waba);
      if (earlier) {
        found.push({
          description: 'an account was marked for two moves at once',
          effects: [earlier.id, effect.id],
          ids: effect.ids,
        });
      }
      open.set(waba, effect);
    }
    const closed =
      effect.kind === 'intent_completed' ||
      (effect.kind === 'intent_decided' && effect.facts['decision'] === 'reject');
    if (!closed) continue;
    for (const [waba, set] of open) if (set.ids['intent'] === intent) open.delete(waba);
  }
  return found;
}

/** The destination an intent made belongs to somebody else than the account it takes numbers from (meta §0). */
export function intentsAcrossOwners(state: PlatformState): Found[] {
  const ownerOf = (id: string): string | undefined => wabaOf(state.world, id)?.businessId;
  return state.world.intents
    .filter(
      ({ sourceWabaId, destinationWabaId }) =>
        destinationWabaId !== null && ownerOf(sourceWabaId) !== ownerOf(destinationWabaId),
    )
    .map(({ id, sourceWabaId, destinationWabaId }) => ({
      description: 'an intent leads to an account of another owner',
      effects: state.effects.filter((effect) => effect.ids['intent'] === id).map((effect) => effect.id),
      ids: { intent: id, waba: destinationWabaId ?? '', sourceWaba: sourceWabaId },
    }));
}

/** More partners have an account than the platform allows (meta §3.1). */
export const accountsSharedTooWidely = (state: PlatformState): Found[] =>
  state.world.wabas
    .filter((waba) => waba.sharedWith.filter((id) => businessOf(state.world, id)).length > MOST_PARTNERS)
    .map((waba) => ({
      description: 'an account is shared with more than two partners',
      effects: state.effects
        .filter((effect) => effect.kind === 'account_shared' && effect.ids['waba'] === waba.id)
        .map((effect) => effect.id),
      ids: { waba: waba.id },
    }));
