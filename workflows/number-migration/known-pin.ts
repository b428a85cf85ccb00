/**
 * Whether the two-step PIN of the moved number is one that somebody here knows (R13, R21). No call tells it: the store knows
 * the PIN that Carryover set, a webhook tells that another was set, and a person who set one has said so. Pure.
 */
import { isOthersPin, isPinAtSource, type PlatformHint } from '../../shared/platform-hints';
import type { AcceptanceCheck, Task } from '../../shared/migration';
import { inWords, shownAs } from '../../shared/texts/shown';
import type { Changes } from './changes';
import type { MigrationState, Transition } from './state';

export const PIN_CHECK = 'two-step PIN known here';
export const SET_PIN = 'set_two_step_pin';
export const SWITCH_ON = 'switch_two_step_on';

/** Of a step that looks at something else until it hears of that: what was seen off is to be looked at again. */
export const makesTwoStepDoubted = (
  { migration, twoStepDoubted }: MigrationState,
  hint: Pick<PlatformHint, 'event'>,
): boolean => twoStepDoubted !== true && migration.step === 'ownership' && isPinAtSource(migration, hint);

/** A hint makes the step look; of one that tells of somebody's PIN the instant is kept as well. */
export const hinted: Transition<Changes['platform_hinted']> = (state, hint, at) => {
  if (hint.reaction !== 'look') return state;
  return {
    ...state,
    recheckAsked: true,
    ...(isOthersPin(state.migration, hint) ? { pinDoubtedAt: at } : {}),
    ...(makesTwoStepDoubted(state, hint) ? { twoStepDoubted: true } : {}),
  };
};

const SAID = shownAs(inWords('yes', {}), inWords('set by a person', {}));

const isStatement = ({ kind, status, evidence }: Task): boolean =>
  kind === SET_PIN && status === 'done' && evidence !== null && evidence.by.kind !== 'system';

/** Said by whoever set it, and nothing has happened to it since. */
const isStated = ({ migration: { tasks }, pinDoubtedAt = '' }: MigrationState): boolean => {
  const saidAt = tasks.findLast(isStatement)?.evidence?.at;
  if (saidAt === undefined || saidAt < pinDoubtedAt) return false;
  return !tasks.some(({ kind, since }) => kind === SWITCH_ON && since > saidAt);
};

/** What a person said of the PIN counts, because no look can see it; everything else is as it was seen. */
export const withStatedPin = <C extends AcceptanceCheck>(state: MigrationState, checks: readonly C[]): C[] =>
  checks.map((check) =>
    check.name === PIN_CHECK && !check.ok && isStated(state) ? { ...check, ...SAID, ok: true } : check,
  );
