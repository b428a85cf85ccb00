/** One case: a call of a route, and what goes wrong with it. Several cases share a migration where they can. */
import type { Family } from '../../../sandbox/world/families';
import type { FaultRule } from '../../practice-platform';
import type { Random } from '../../random';
import { isActing, type Call } from '../calls';
import type { Way } from '../ways';
import { KINDS, type Kind } from './kinds';

export interface Case {
  readonly way: Way;
  readonly call: Call;
  readonly kind: Kind;
  readonly action: Record<string, unknown>;
  /** Which of the calls of a migration it is, from 1. */
  readonly nth: number;
}

/** What one migration has to go through. */
export interface Ordeal {
  readonly way: Way;
  readonly cases: readonly Case[];
}

/** A register of which nothing is heard is followed by reading for a minute. */
export const isSlow = ({ kind, call }: Case): boolean =>
  kind.isSlow || (call.path.endsWith('/register') && kind.name !== 'fields of tomorrow');

/** So many kinds of faults meet an acting call again on another route, where other things stand around it. */
const KINDS_ON_ANOTHER_ROUTE = 3;

/** Every call of every route with everything that can go wrong; what another route has already, only in part. */
export const casesOf = (ways: readonly { way: Way; calls: readonly Call[] }[], random: Random): Case[] => {
  const seen = new Set<string>();
  return ways.flatMap(({ way, calls }) =>
    calls.flatMap((call) => {
      const name = `${call.method} ${call.path}`;
      const isKnown = seen.has(name);
      if (isKnown && !isActing(call)) return [];
      seen.add(name);
      const kinds = KINDS.filter(
        ({ meets, onlyActing }) => meets?.(call) !== false && (isActing(call) || onlyActing !== true),
      );
      const here = random.of(`${way.route} ${name}`);
      const chosen = isKnown ? here.shuffled(kinds).slice(0, KINDS_ON_ANOTHER_ROUTE) : kinds;
      return chosen.map((kind) => {
        const drawn = here.of(kind.name);
        return { way, call, kind, action: kind.action(drawn, call), nth: drawn.int(1, call.count) };
      });
    }),
  );
};

/** So many cases of acting calls are met by one migration; a registration's, and one that is waited for long, by itself. */
const ACTING_EACH = 2;

/** A few acting calls' cases in a migration, with reading calls' cases of the same route beside them. */
export const ordealsOf = (cases: readonly Case[], random: Random): Ordeal[] => {
  const drawn = random.shuffled(cases);
  const isByItself = (one: Case): boolean => isSlow(one) || one.call.path.endsWith('/register');
  const ordeals: { way: Way; isSlow: boolean; cases: Case[] }[] = [];
  for (const one of drawn.filter(({ call }) => isActing(call))) {
    const mate = ordeals.find(
      ({ way, cases: [first, ...others] }) =>
        way === one.way &&
        first !== undefined &&
        others.length + 1 < ACTING_EACH &&
        ![first, one].some(isByItself) &&
        first.call.path !== one.call.path,
    );
    if (mate === undefined) ordeals.push({ way: one.way, isSlow: isSlow(one), cases: [one] });
    else mate.cases.push(one);
  }
  const turn = new Map<string, number>();
  for (const one of drawn.filter(({ call }) => !isActing(call))) {
    const mates = ordeals.filter(({ way, isSlow: slow }) => way === one.way && slow === isSlow(one));
    const key = `${one.way.route} ${String(isSlow(one))}`;
    const at = turn.get(key) ?? 0;
    const mate = mates[at % Math.max(1, mates.length)];
    turn.set(key, at + 1);
    const isTaken = mate?.cases.some(({ call }) => call.path === one.call.path && call.method === 'GET');
    if (mate === undefined || isTaken === true)
      ordeals.push({ way: one.way, isSlow: isSlow(one), cases: [one] });
    else mate.cases.push(one);
  }
  return ordeals;
};

/** Calls that name nothing of the client: whoever makes one next meets it. */
const ANYBODYS = ['/debug_token'];
/** Its rule may meet somebody else's call, or none that is still to be made: that is no case of its own. */
export const isAnybodys = ({ call }: Case): boolean => ANYBODYS.includes(call.path);

/** `register` rests for minutes after each call that nobody knows the end of, so that one is enough of it. */
const timesOf = ({ times = 1 }: Kind, { path }: Call): number => (path.endsWith('/register') ? 1 : times);

/** The rule that concerns this family's call only. */
export const ruleOf = ({ call, kind, action, nth }: Case, family: Family): FaultRule => ({
  name: `${kind.name} at ${call.method} ${call.path}`,
  match: {
    ...{ method: call.method, path: call.path, from: nth, times: timesOf(kind, call) },
    ...(ANYBODYS.includes(call.path) ? { from: 1 } : boundTo(call, family)),
  },
  action,
});

/** By the portfolio, or where the call names none, by the token that the reading is done with. */
const boundTo = ({ path }: Call, { businessId, tokens }: Family): Record<string, string> =>
  /^\/\{(allocation|intent)\}/.test(path) ? { token: tokens.system.name } : { id: businessId };
