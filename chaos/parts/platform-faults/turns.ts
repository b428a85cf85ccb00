/**
 * What other people do at the platform while a number moves: who must act is told, and the migration goes on when that
 * party has acted. A table: what happens, at which moments, what is told there, and who mends it how.
 */
import { z } from 'zod';
import type { Migration } from '../../../client';
import type { Family } from '../../../sandbox/world/families';
import type { Played } from '../../player';
import type { Site } from '../../site';
import type { MomentName, Route } from './moments';

/** The migration as it stood when it told what is wrong; null: it has told nothing. */
type Mend = (site: Site, played: Played, telling: Migration) => Promise<unknown>;

type Told = RegExp | null;

export interface Turn {
  readonly name: string;
  readonly happens: (site: Site, played: Played) => Promise<unknown>;
  /**
   * By the moment: the code that must be told and the party that must act, as `CODE:party` of a step's error, a finding
   * or a task. Null: nobody has to act, and it goes on by itself.
   */
  readonly told: Readonly<Partial<Record<MomentName, Told | ((route: Route) => Told)>>>;
  /** The oracle's words about what has to be done anew, because it was undone. */
  readonly happensAgain?: RegExp;
  /**
   * `by those who are asked`: the players do it, who read the tasks and try again what is parked; `never`: nothing helps,
   * and the number is not moved.
   */
  readonly mended: Mend | 'by those who are asked' | 'never';
}

const number = ({ family }: Played): { number: string } => ({ number: family.subscriberId });
const act =
  (name: string, input: (played: Played) => Record<string, unknown>) =>
  (site: Site, played: Played): Promise<unknown> =>
    site.platform.act(name, input(played));

/** The account the number goes to: named from the beginning, or made on the way. */
const destinationOf = async (site: Site, { family }: Played): Promise<string> => {
  const { destinationWabaId, sourceWabaId, businessId } = family;
  if (destinationWabaId !== null) return destinationWabaId;
  const { wabas } = await site.platform.world();
  const made = wabas.findLast((waba) => waba.businessId === businessId && waba.id !== sourceWabaId);
  if (made === undefined) throw new Error(`${family.name} has no account to go to yet`);
  return made.id;
};

const toDestination =
  (name: string, input: Record<string, unknown> = {}) =>
  async (site: Site, played: Played): Promise<unknown> =>
    site.platform.act(name, { ...input, wabaId: await destinationOf(site, played) });

const platformTokenSchema = z.looseObject({ name: z.string(), value: z.string(), businessId: z.string() });
type Side = keyof Family['tokens'];

/** As the platform knows it: where the client grants one on the way, that is the destination's. */
const tokenOf = async (site: Site, { family }: Played, side: Side) => {
  const tokens = z.array(platformTokenSchema).parse((await site.platform.world()).tokens);
  const isOwn = (name: string): boolean => Object.values(family.tokens).some((own) => own.name === name);
  const granted = tokens.findLast(({ name, businessId }) => businessId === family.businessId && !isOwn(name));
  const isGranted = side === 'destination' && family.destinationWabaId === null;
  const token = isGranted ? granted : tokens.find(({ name }) => name === family.tokens[side].name);
  if (token === undefined) throw new Error(`${family.name} has no token of its ${side} yet`);
  return token;
};

const expires =
  (side: Side): Turn['happens'] =>
  async (site, played) => {
    const { name } = await tokenOf(site, played, side);
    await site.platform.act('expire-token', { token: name });
  };

const namingSchema = z.looseObject({ credential: z.string() });

/** Which credential the migration says has to be renewed: nobody who stores a token knows it otherwise. */
const credentialNamedIn = ({ id, steps, findings }: Migration): string => {
  for (const told of [...steps.map(({ error }) => error), ...findings]) {
    const isAboutToken = told !== null && /^TOKEN_|_UNREADABLE$/.test(told.code);
    const naming = isAboutToken ? namingSchema.safeParse(told.evidence) : null;
    if (naming?.success === true) return naming.data.credential;
  }
  throw new Error(`${id} does not say which credential is to be renewed`);
};

/** Its user makes a new token, and the backend stores it under the name that it is told. */
const renewed =
  (side: Side): Mend =>
  async (site, played, telling) => {
    const old = await tokenOf(site, played, side);
    const fresh = `${old.value}-new`;
    await site.platform.add({
      tokens: [{ ...old, name: `${old.name} new`, value: fresh, expiresAt: null }],
    });
    await (await site.client()).putCredential(credentialNamedIn(telling), fresh);
  };

const EXPIRED = /\bTOKEN_EXPIRED:operator/;
const UNREADABLE = /\bDESTINATION_UNREADABLE:operator/;
const SOURCE_UNREAD = /\bSOURCE_UNREADABLE:operator/;
const TWO_STEP = /\bTWO_STEP_VERIFICATION_ENABLED:source_provider/;
const NAME = /\bDISPLAY_NAME_NOT_APPROVED:client/;
/** The same refusal is a finding where it is looked for, and a problem where the call meets it. */
const ACCOUNT_SEEN = /\bDESTINATION_ACCOUNT_NOT_APPROVED:client/;
const ACCOUNT_REFUSED = /\bDESTINATION_NOT_APPROVED:client/;
const NOT_LIVE = /\bNUMBER_NOT_LIVE_AT_SOURCE:source_provider/;
const ELSEWHERE = /\bDIFFERENT_BUSINESS:client/;
/** Of a registration, "does not exist" and "may not be seen" are the same answer (meta §6.1, 100/33). */
const UNSEEN = /\bOBJECT_NOT_VISIBLE:operator/;
const NOT_ACCEPTED = /\bREPAIR_ACCEPTANCE:operator/;

/** What is told, here or nowhere. */
export const toldAt = ({ told }: Turn, moment: MomentName, route: Route): Told => {
  const here = told[moment] ?? null;
  return typeof here === 'function' ? here(route) : here;
};

const at = <T>(told: T, ...moments: MomentName[]): Partial<Record<MomentName, T>> =>
  Object.fromEntries(moments.map((moment) => [moment, told]));

const AROUND_ANNOUNCEMENT: readonly MomentName[] = [
  'announcement asked for',
  'announcement done, not answered',
];
const BY_CODE: readonly MomentName[] = ['the code is waited for', 'verification asked for'];
const VERIFIED: MomentName = 'verification done, not answered';
const AT_LAST: MomentName = 'registration asked for';
/** The number is over; what is read of the source from here on is its usage only, and nothing waits for that. */
const REGISTERED: readonly MomentName[] = [
  'registration done, not answered',
  'connected, its number looked for',
];

export const TURNS: readonly Turn[] = [
  {
    name: 'the destination’s token expires',
    happens: expires('destination'),
    told: {
      ...at(EXPIRED, 'payment asked for', 'announcement asked for', ...BY_CODE, AT_LAST, ...REGISTERED),
      // Next is the look at both sides, which tells what it cannot read; by consent it follows the announcement.
      'announcement done, not answered': (route) => (route === 'solution_intent' ? UNREADABLE : EXPIRED),
      ...at(UNREADABLE, VERIFIED),
    },
    mended: renewed('destination'),
  },
  {
    name: 'the source’s token expires',
    happens: expires('source'),
    told: at(
      SOURCE_UNREAD,
      ...(['two-step verification is to be switched off', 'the popup is waited for'] as const),
      ...(['payment asked for', ...AROUND_ANNOUNCEMENT, ...BY_CODE, VERIFIED] as const),
    ),
    mended: renewed('source'),
  },
  {
    name: 'the token of whoever pays expires',
    happens: expires('system'),
    // Once the line is attached nobody needs it any more.
    told: at(
      EXPIRED,
      ...(['two-step verification is to be switched off', 'the popup is waited for'] as const),
      ...(['the consent is waited for', 'payment asked for', 'payment attached, not answered'] as const),
    ),
    mended: renewed('system'),
  },
  {
    name: 'two-step verification is switched on again',
    happens: act('two-step-on', number),
    // Once it is registered the PIN is the destination's: the source has none to set.
    told: at(
      TWO_STEP,
      ...(['the popup is waited for', 'payment asked for', ...AROUND_ANNOUNCEMENT] as const),
      ...[...BY_CODE, VERIFIED, AT_LAST],
    ),
    mended: 'by those who are asked',
  },
  {
    name: 'the display name is declined',
    happens: act('decline-name', number),
    // The name has moved with the number by then: a later decision is about the next one (meta §1.5).
    told: at(
      NAME,
      ...(['the popup is waited for', 'payment asked for', ...AROUND_ANNOUNCEMENT] as const),
      ...[...BY_CODE, VERIFIED, AT_LAST],
    ),
    mended: act('approve-name', number),
  },
  {
    name: 'the destination account is refused',
    happens: toDestination('review-decision', { decision: 'REJECTED' }),
    told: {
      ...at(ACCOUNT_REFUSED, 'announcement asked for', AT_LAST),
      ...at(ACCOUNT_SEEN, 'announcement done, not answered', ...BY_CODE, VERIFIED),
      // Meta's word on it by then is that the number cannot send (meta §3.5).
      ...at(/\bREPAIR_ACCEPTANCE:client/, 'registration done, not answered'),
    },
    mended: toDestination('review-decision', { decision: 'APPROVED' }),
  },
  {
    name: 'the number is restricted',
    happens: act('set-status', (played) => ({ ...number(played), status: 'RESTRICTED' })),
    // What a registration of such a number is answered nobody has told (meta §12.3): the look before it is held to it.
    told: {
      ...at(NOT_LIVE, 'payment asked for', ...AROUND_ANNOUNCEMENT, ...BY_CODE, VERIFIED),
      // At the destination by then: the number itself is not what it was.
      ...at(NOT_ACCEPTED, 'connected, its number looked for'),
    },
    mended: act('set-status', (played) => ({ ...number(played), status: 'CONNECTED' })),
  },
  {
    name: 'somebody unsubscribes the app',
    happens: toDestination('unsubscribe-app'),
    told: at(
      null,
      ...([...AROUND_ANNOUNCEMENT, ...BY_CODE, VERIFIED, AT_LAST] as const),
      ...(['registration done, not answered', 'connected, its subscription looked for'] as const),
    ),
    mended: 'by those who are asked',
    happensAgain: /app_subscribed happened 2 times/,
  },
  {
    name: 'an admin removes the announced number',
    happens: act('remove-pending-number', number),
    told: {
      ...at(null, 'announcement done, not answered', ...BY_CODE, VERIFIED),
      ...at(UNSEEN, AT_LAST),
    },
    mended: 'by those who are asked',
    // A new record knows nothing of the proof of ownership.
    happensAgain: /(announced|code_verified) happened 2 times/,
  },
  {
    name: 'somebody else takes the number',
    happens: act('move-away', number),
    told: {
      ...at(ELSEWHERE, ...AROUND_ANNOUNCEMENT, ...BY_CODE, VERIFIED),
      ...at(UNSEEN, AT_LAST),
      ...at(NOT_ACCEPTED, 'connected, its number looked for'),
    },
    mended: 'never',
  },
];
