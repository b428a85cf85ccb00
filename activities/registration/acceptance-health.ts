/** What Meta says about sending from the number (meta §3.5), as a check: E8, P-18, P-20. Pure. */
import { checkText } from '../../shared/texts';
import { asIs, shownAs } from '../../shared/texts/shown';
import type { Check } from '../contract';
import type { Party } from '../../shared/steps';
import { UNSEEN, shown } from './check-kinds';

export interface ArrivedHealth {
  /** AVAILABLE, LIMITED, BLOCKED, or something newer; null: not told. */
  canSend: string | null;
  entities: readonly {
    type: string;
    info: readonly string[];
    errors: readonly { code: number; description: string; solution: string }[];
  }[];
}

/** Each complaint as Meta words it, with the kind of entity it is about. */
const complaintsIn = ({ entities }: ArrivedHealth): string[] =>
  entities.flatMap(({ type, errors, info }) => [
    ...errors.map(({ code, description }) => `${type} ${String(code)}: ${description}`),
    ...info.map((one) => `${type}: ${one}`),
  ]);

const solutionsIn = ({ entities }: ArrivedHealth): string[] => [
  ...new Set(
    entities.flatMap(({ errors }) => errors.map(({ solution }) => solution)).filter((one) => one !== ''),
  ),
];

/** "There is an error with the payment method" (meta §3.5). */
const PAYMENT_ERROR = 141006;

/** Account, card and business are the client's; the number, the app and a line of credit of the partner's are ours. */
const partyOf = ({ entities }: ArrivedHealth, partnerPays: boolean): Party => {
  const complaining = entities.filter(({ errors, info }) => errors.length > 0 || info.length > 0);
  const isOurLine = partnerPays && complaining.some(({ errors }) => errors.some(isPayment));
  return !isOurLine &&
    complaining.length > 0 &&
    complaining.every(({ type }) => type === 'WABA' || type === 'BUSINESS')
    ? 'client'
    : 'operator';
};

const isPayment = ({ code }: { code: number }): boolean => code === PAYMENT_ERROR;

/**
 * BLOCKED keeps the number from sending and is not accepted. LIMITED, and any word nobody has met yet, sends within
 * limits: a person decides. Health that is not told is told as such.
 */
export const healthCheck = (health: ArrivedHealth | null, partnerPays: boolean): Check => {
  const said = health?.canSend ?? null;
  const common = { name: 'health', requirement: 'E8' };
  const expected = asIs('AVAILABLE');
  if (health === null || said === null || said === 'AVAILABLE') {
    return {
      ...common,
      ...shownAs(expected, shown(said)),
      ok: said === 'AVAILABLE',
      required: false,
      party: 'operator',
      ...checkText('check.health', { observed: said ?? UNSEEN }),
    };
  }
  const advice = solutionsIn(health).join(' ');
  const observed = [said, ...complaintsIn(health)].join('; ');
  return {
    ...common,
    ...shownAs(expected, asIs(observed)),
    ok: false,
    required: true,
    party: partyOf(health, partnerPays),
    ...(advice === ''
      ? checkText('check.health', { observed })
      : checkText('check.health.advised', { observed, advice })),
  };
};
