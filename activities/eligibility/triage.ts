/**
 * The first question: is this a number to migrate at all? A table again; the first row that fits answers it. What no
 * row knows is a number to migrate, and the rules say what is in the way.
 */
import type { NumberFacts, Triage } from '../contract';
import type { Facts } from './rule';

/** States of a registered number; what a mark or a restriction means for it, the acceptance tells (meta §3.4). */
const REGISTERED: readonly string[] = ['CONNECTED', 'FLAGGED', 'RATE_LIMITED', 'RESTRICTED', 'BANNED'];

/** Registered at the destination: the migration is over before it began (E4). */
export const isLiveAtDestination = ({ destination }: Facts): boolean =>
  REGISTERED.includes(destination?.number?.status ?? '') && destination?.number?.platformType === 'CLOUD_API';

const wasLookedFor = ({ source }: Facts): boolean => source.whyUnseen === null && source.waba !== null;

/**
 * A record that is still listed but no longer registered. One that was only deregistered keeps its history: its holder can
 * register it again, and nothing is lost (meta §1.5, §12.2 S7).
 */
export const isUnregistered = ({
  status,
  platformType,
}: Pick<NumberFacts, 'status' | 'platformType'>): boolean =>
  status === 'DELETED' || (platformType === 'NOT_APPLICABLE' && status !== 'DISCONNECTED');

/** Meta says so on the record; nothing says where it went (meta §1.7). */
export const hasMovedAway = ({ source }: Facts): boolean => source.number?.status === 'MIGRATED';

export const isInCoexistence = ({ source }: Facts): boolean => source.number?.isOnBizApp === true;

/** Numbers that Meta lends for tests live in accounts of mode SANDBOX (meta §3.2). */
export const isTestNumber = ({ source }: Facts): boolean => source.number?.accountMode === 'SANDBOX';

/** The account that the request names does not show it, another one of the business does (R25). */
export const isInOtherAccount = ({ source }: Facts): boolean => (source.foundIn ?? null) !== null;

/** Not registered on the API, as far as the business's accounts show (E3). */
export const isNotOnPlatform = (facts: Facts): boolean => {
  if (!wasLookedFor(facts) || hasMovedAway(facts) || isInOtherAccount(facts)) return false;
  return facts.source.number === null || isUnregistered(facts.source.number);
};

/** On the platform through which this deployment provides numbers, with whichever partner (R3). */
export const isOnOwnPlatform = ({ request, settings }: Facts): boolean =>
  settings.ownPlatform !== null &&
  request.source.provider.toLowerCase() === settings.ownPlatform.toLowerCase();

/**
 * A change of partner moves all numbers of an account (360dialog §2.4): it is the way when the number is alone there, or
 * nobody can see how many there are. One of several moves by itself.
 */
export const isPartnerChange = (facts: Facts): boolean =>
  isOnOwnPlatform(facts) && (facts.source.waba?.numberCount ?? 1) === 1;

const TABLE: readonly (readonly [Triage, (facts: Facts) => boolean])[] = [
  ['already_at_destination', isLiveAtDestination],
  ['moved_elsewhere', hasMovedAway],
  ['coexistence', isInCoexistence],
  ['test_number', isTestNumber],
  ['migrate', isInOtherAccount],
  ['not_on_platform', isNotOnPlatform],
  ['partner_change', isPartnerChange],
  ['unknown', (facts) => !wasLookedFor(facts)],
];

export const triage = (facts: Facts): Triage => TABLE.find(([, fits]) => fits(facts))?.[0] ?? 'migrate';
