/** The display name must be approved, with no change of it pending; only the source can get it approved (R27, E7, P-4). */
import { findingText } from '../../../shared/texts';
import { DAYS, HOURS, type Rule } from '../rule';

export const NAME_NOT_APPROVED: Rule = {
  code: 'DISPLAY_NAME_NOT_APPROVED',
  requirement: 'R27',
  scopes: ['preflight', 'last_look'],
  severity: 'blocker',
  party: 'client',
  holds: 'the display name is approved at the source',
  about: 'source',
  freshnessMs: DAYS,
  asks: () => ({ severity: 'blocker', ...findingText('DISPLAY_NAME_NOT_APPROVED.unseen', {}) }),
  applies: ({ source }) => {
    if (source.whyUnseen !== null) return 'unseen';
    if (source.number === null) return null;
    const { nameStatus, verifiedName } = source.number;
    if (nameStatus === 'APPROVED') return null;
    if (nameStatus === null) return 'unseen';
    return {
      ...findingText('DISPLAY_NAME_NOT_APPROVED', { status: nameStatus }),
      evidence: { nameStatus, verifiedName },
    };
  },
};

/** Values of `new_name_status` that leave nothing open (meta §3.4). */
const SETTLED: readonly string[] = ['NONE', 'NON_EXISTS', 'DECLINED', 'EXPIRED'];
/** Approved, but in force only after the next registration (meta §1.5): the move itself brings it. */
const COMES_WITH_REGISTRATION: readonly string[] = ['APPROVED', 'AVAILABLE_WITHOUT_REVIEW'];

export const NAME_CHANGE_PENDING: Rule = {
  code: 'DISPLAY_NAME_CHANGE_PENDING',
  requirement: 'R27',
  scopes: ['preflight', 'last_look'],
  severity: 'blocker',
  party: 'client',
  holds: 'no change of the display name is pending',
  about: 'source',
  freshnessMs: 6 * HOURS,
  askedWith: NAME_NOT_APPROVED.code,
  applies: ({ source }) => {
    if (source.whyUnseen !== null) return 'unseen';
    const status = source.number?.newNameStatus ?? null;
    if (status === null || SETTLED.includes(status)) return null;
    return {
      severity: COMES_WITH_REGISTRATION.includes(status) ? 'warning' : 'blocker',
      ...findingText('DISPLAY_NAME_CHANGE_PENDING', { status }),
      evidence: { newNameStatus: status },
    };
  },
};
