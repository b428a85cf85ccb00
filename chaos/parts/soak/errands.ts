/** What the clients of the soak want: every route, dry runs, problems, changes of mind. */
import type { FamilyOptions } from '../../../sandbox/world/families';
import type { Random } from '../../random';
import { byConsent, bySignup, NO_ACCOUNT, type Patch } from '../ways';

export interface Errand {
  readonly name: string;
  readonly family: FamilyOptions;
  readonly patch: Patch;
  /** The step in which support aborts it, and whether it is started again afterwards. */
  readonly abortIn?: string;
  readonly isReplayed?: true;
}

const declined: FamilyOptions['change'] = (objects, of) => ({
  ...objects,
  subscribers: (objects.subscribers ?? []).map((subscriber) => ({
    ...subscriber,
    displayName: { name: `Client ${of.name}`, status: 'DECLINED' },
  })),
});

const STEPS = ['eligibility', 'templates', 'two_step_off', 'ownership', 'registration'];
const OTHER_ROUTES = [bySignup, byConsent].map((patch): { family: FamilyOptions; patch: Patch } => ({
  family: NO_ACCOUNT,
  patch: (of) => ({ ...patch(of), templates: { copy: false } }),
}));

/** So often each, of a hundred. */
const SHARES: readonly [number, (random: Random) => Errand][] = [
  [40, (random) => ({ ...byCode(random), name: 'by code' })],
  [20, (random) => ({ ...random.pick(OTHER_ROUTES), name: 'by another route' })],
  [10, (random) => ({ ...byCode(random), name: 'dry run', patch: () => ({ mode: 'dry_run' }) })],
  [10, () => ({ name: 'name declined', family: { change: declined }, patch: () => ({}) })],
  [14, (random) => ({ ...byCode(random), name: 'aborted', abortIn: random.pick(STEPS) })],
  [
    6,
    (random) => ({
      ...{ ...byCode(random), name: 'aborted and replayed' },
      ...{ abortIn: random.pick(STEPS), isReplayed: true },
    }),
  ],
];

const byCode = (random: Random): Errand => ({
  name: 'by code',
  family: { twoStepOn: random.chance(0.5), templates: random.int(0, 3) },
  patch: () => ({}),
});

export const errandOf = (random: Random): Errand => {
  let drawn = random.int(1, 100);
  for (const [share, make] of SHARES) {
    if (drawn <= share) return make(random);
    drawn -= share;
  }
  return byCode(random);
};
