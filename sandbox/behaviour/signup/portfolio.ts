import type { Platform } from '../../platform/platform';
import type { SignupSession } from '../../platform/signup-session';
import { appOf, businessOf, personOf, solutionOf, wabaOf } from '../../world/lookups';
import type { Person } from '../../world/partner-schema';
import { businessSchema, type App, type Business, type Waba } from '../../world/schema';
import { forgets } from '../announcement';
import { appsOfSolution, businessesBehind } from '../partner-access';
import { SignupRefusal } from './refusals';

/** 20 accounts in a portfolio at first, and two partners on one account (meta §3.1). */
const MOST_ACCOUNTS = 20;
const MOST_PARTNERS = 2;

/** The person in front of the popup logs in. */
export function logIn(platform: Platform, session: SignupSession, personId: string): void {
  if (!personOf(platform.world, personId)) throw new SignupRefusal('not_yours');
  session.personId = personId;
  session.step = 'BUSINESS_ACCOUNT_SELECTION';
}

/** Who is logged in; null before, and when an act names nobody. */
export const personBefore = (platform: Platform, session: SignupSession): Person | null =>
  session.personId === null ? null : personOf(platform.world, session.personId);

/** Portfolios the person has a role in; everybody's when nobody particular sits there. */
export function portfoliosOf(platform: Platform, session: SignupSession): Business[] {
  const { businesses } = platform.world;
  const person = personBefore(platform, session);
  if (!person) return businesses;
  return businesses.filter((business) => person.roles.some(({ businessId }) => businessId === business.id));
}

/** The portfolio that will own everything made from here on: nothing ever moves to another (R4, R41). */
export function choosePortfolio(platform: Platform, session: SignupSession, businessId: string): Business {
  const business = portfoliosOf(platform, session).find((candidate) => candidate.id === businessId);
  if (!business) throw new SignupRefusal('not_yours');
  const person = personBefore(platform, session);
  const role = person?.roles.find((candidate) => candidate.businessId === businessId)?.role;
  if (person && role !== 'admin') throw new SignupRefusal('not_admin');
  session.businessId = business.id;
  session.step = 'WABA_PHONE_PROFILE_PICKER';
  return business;
}

/** A new portfolio is unverified and small; who makes it is its admin. */
export function makePortfolio(platform: Platform, session: SignupSession, name: string): Business {
  const business = businessSchema.parse({
    id: platform.newId(),
    name,
    verificationStatus: 'not_verified',
    numberCap: 2,
    messagingLimit: 'TIER_250',
  });
  platform.world.businesses.push(business);
  personBefore(platform, session)?.roles.push({ businessId: business.id, role: 'admin' });
  session.businessId = business.id;
  session.step = 'WABA_PHONE_PROFILE_PICKER';
  return business;
}

/** All accounts of the portfolio are offered, the source of a migration too (R42). */
export const accountsOffered = (platform: Platform, session: SignupSession): Waba[] =>
  platform.world.wabas.filter((waba) => waba.businessId === session.businessId);

/** An account that exists is shared with the partner, or a new one will be made (R42). */
export function chooseAccount(platform: Platform, session: SignupSession, wabaId: string): void {
  const waba = accountsOffered(platform, session).find((candidate) => candidate.id === wabaId);
  if (!waba) throw new SignupRefusal('not_yours');
  const partners = appsGranted(platform, session).flatMap((app) => businessesBehind(platform.world, app));
  const together = new Set([...waba.sharedWith, ...partners]);
  if (together.size > MOST_PARTNERS && !forgets(platform, 'partner_limit')) {
    throw new SignupRefusal('partner_limit');
  }
  session.wabaId = waba.id;
  session.newWabaName = null;
  session.step = afterAccount(session);
}

export function chooseNewAccount(platform: Platform, session: SignupSession): void {
  if (accountsOffered(platform, session).length >= MOST_ACCOUNTS) throw new SignupRefusal('account_limit');
  session.wabaId = null;
  session.step = 'WHATSAPP_BUSINESS_PROFILE_SETUP';
}

/** Name of the new account; it is made when the number is entered, or at the end (R43, R44). */
export function setProfile(session: SignupSession, wabaName: string): void {
  session.newWabaName = wabaName;
  session.step = afterAccount(session);
}

/** `only_waba_sharing` skips the screens of the number (meta §2.1). */
const afterAccount = (session: SignupSession): SignupSession['step'] =>
  session.featureType === 'only_waba_sharing' ? 'PERMISSIONS' : 'PHONE_NUMBER_SETUP';

export function appOfSession(platform: Platform, session: SignupSession): App {
  const app = appOf(platform.world, session.appId);
  if (!app) throw new Error(`popup ${session.id} belongs to no app`);
  return app;
}

/** Who gets the account: the app of the popup, and those of the solution it was opened for. */
export function appsGranted(platform: Platform, session: SignupSession): App[] {
  const app = appOfSession(platform, session);
  const solution = session.solutionId === null ? null : solutionOf(platform.world, session.solutionId);
  if (!solution) return [app];
  return [app, ...appsOfSolution(platform.world, solution).filter(({ id }) => id !== app.id)];
}

export function portfolioOfSession(platform: Platform, session: SignupSession): Business {
  const business = session.businessId === null ? null : businessOf(platform.world, session.businessId);
  if (!business) throw new SignupRefusal('not_yours');
  return business;
}

export const accountOfSession = (platform: Platform, session: SignupSession): Waba | null =>
  session.wabaId === null ? null : wabaOf(platform.world, session.wabaId);
