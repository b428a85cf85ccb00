/** The two gathering activities: what can be seen of the number, at its source and at its destination. */
import type { Logger } from 'pino';
import { listPhoneNumbers, type PhoneNumber } from '../../platforms/meta/phone-numbers';
import { readTemplateCapacity } from '../../platforms/meta/templates';
import { listSubscribedAppIds, readWaba } from '../../platforms/meta/wabas';
import { PlatformError, type GraphClient } from '../../platforms/meta';
import { findNumber } from '../../shared/phone-number';
import type { WabaId } from '../../shared/ids';
import type { ActivityDeps, CallStanding } from '../context';
import type { DestinationFacts, Scope, SideFacts, Subject, WabaFacts } from '../contract';
import { assetsOf, peopleAt } from './assets';
import { isOurs, lookAtCreditLine } from './credit-line';
import { accountWithNumber } from './other-accounts';
import { isTokenGone, NO_CREDENTIAL, NO_WABA, reasonCode, unseenBecause } from './unseen';
import { portfolioOf } from './portfolio';
import { lookAtWebsite } from './website';

/** A fact that is welcome but not needed: refused for want of rights, it stays unseen; other failures go on. */
export const ifAllowed = async <T>(
  logger: Logger,
  fact: string,
  read: () => Promise<T>,
): Promise<T | null> => {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof PlatformError) || unseenBecause(error.problem) === null) throw error;
    logger.info({ fact, code: error.problem.code }, 'fact not visible');
    return null;
  }
};

interface SideSeen {
  waba: WabaFacts;
  numbers: PhoneNumber[];
  messagingLimit: string | null;
}

/** Looks of the window, which may come every few minutes: only what perishes. */
const isQuick = (scope: Scope | undefined): boolean => scope === 'two_step' || scope === 'last_look';

const look = async (
  deps: ActivityDeps,
  client: GraphClient,
  wabaId: WabaId,
  own: boolean,
  scope?: Scope,
): Promise<SideSeen> => {
  const waba = await readWaba(client, wabaId);
  const numbers = await listPhoneNumbers(client, wabaId);
  const capacity = isQuick(scope)
    ? null
    : await ifAllowed(deps.logger, 'template capacity', () => readTemplateCapacity(client, wabaId));
  const { appId } = deps;
  const apps =
    own && appId !== null
      ? await ifAllowed(deps.logger, 'subscribed apps', () => listSubscribedAppIds(client, wabaId))
      : null;
  const { messagingLimit, ...facts } = waba;
  return {
    waba: {
      ...facts,
      appSubscribed: apps === null || appId === null ? null : apps.includes(appId),
      numberCount: numbers.length,
      templateCount: capacity?.count ?? null,
      templateLimit: capacity?.limit ?? null,
    },
    numbers,
    messagingLimit,
  };
};

const nothing = (seenAt: string, whyUnseen: string): SideFacts => ({
  seenAt,
  waba: null,
  number: null,
  whyUnseen,
});

/** The last look is taken of an announced number; every other one while people are waited for. */
const standingOf = (scope: Scope | undefined): CallStanding =>
  scope === 'last_look' ? 'cutover' : 'waiting';

/** A token that may not look makes a side unseen, with the reason; trouble that passes is thrown and tried again. */
const unseenOr = async <F extends SideFacts>(
  empty: (why: string) => F,
  see: () => Promise<F>,
): Promise<F> => {
  try {
    return await see();
  } catch (error) {
    const why = error instanceof PlatformError ? unseenBecause(error.problem) : null;
    if (why === null) throw error;
    return empty(why);
  }
};

const numberAmong = (numbers: readonly PhoneNumber[], subject: Subject): PhoneNumber | null =>
  findNumber(numbers, subject.request.phoneNumber) ?? null;

/**
 * Reads only. Calls at the source WABA: three and the pages of its numbers, four more for what hangs on the number when
 * the whole is looked at; two in the window. Safe to repeat.
 */
const observeAccount =
  (deps: ActivityDeps) =>
  async (subject: Subject, scope?: Scope): Promise<SideFacts> => {
    const seenAt = deps.clock().toISOString();
    const { credential, wabaId, businessId } = subject.request.source;
    if (credential === undefined) return nothing(seenAt, NO_CREDENTIAL);
    return unseenOr(
      (why) => nothing(seenAt, why),
      async () => {
        const client = await deps.graphFor(subject.tenant, credential, wabaId, standingOf(scope));
        const seen = await look(deps, client, wabaId, false, scope);
        const number = numberAmong(seen.numbers, subject);
        const facts: SideFacts = { seenAt, waba: seen.waba, number, whyUnseen: null };
        if (isQuick(scope)) return facts;
        const owner = seen.waba.ownerBusinessId ?? businessId;
        if (number === null) {
          return { ...facts, foundIn: await accountWithNumber(client, subject.request, owner) };
        }
        const { phoneNumberId } = number;
        const [assets, people] = await Promise.all([
          assetsOf(client, deps.logger, { wabaId, phoneNumberId }),
          peopleAt(client, deps.logger, wabaId, owner),
        ]);
        return { ...facts, assets, people };
      },
    );
  };

/** An account that does not exist reads like one that this token may not see: its neighbours may show the number. */
const observeNeighbours =
  (deps: ActivityDeps) =>
  async (subject: Subject, facts: SideFacts): Promise<SideFacts> => {
    const { credential, wabaId, businessId } = subject.request.source;
    const why = facts.whyUnseen === null ? null : reasonCode(facts.whyUnseen);
    if (credential === undefined || why === null || isTokenGone(why)) return facts;
    const client = await deps.graphFor(subject.tenant, credential, wabaId, 'waiting');
    return { ...facts, foundIn: await accountWithNumber(client, subject.request, businessId) };
  };

/** The source, and beside it the web site of the business, which is looked at in every look (R28). */
export const observeSource =
  (deps: ActivityDeps) =>
  async (subject: Subject, scope?: Scope): Promise<SideFacts> => {
    const [account, website] = await Promise.all([
      observeAccount(deps)(subject, scope),
      lookAtWebsite(deps, subject),
    ]);
    const seen = isQuick(scope) ? account : await observeNeighbours(deps)(subject, account);
    return website === null ? seen : { ...seen, website };
  };

/** Reads only; the destination WABA, its portfolio's numbers and the credit line of the request. Safe to repeat. */
export const observeDestination =
  (deps: ActivityDeps) =>
  async (subject: Subject, scope?: Scope): Promise<DestinationFacts> => {
    const seenAt = deps.clock().toISOString();
    const { credential, wabaId, businessId } = subject.request.destination;
    const creditLine = await lookAtCreditLine(deps, subject);
    const empty = (why: string): DestinationFacts => ({
      ...nothing(seenAt, why),
      portfolioNumberCount: null,
      portfolioNumberCap: null,
      creditLineUsable: creditLine?.usable ?? null,
    });
    if (wabaId === undefined) return empty(NO_WABA);
    return unseenOr(empty, async () => {
      const client = await deps.graphFor(subject.tenant, credential, wabaId, standingOf(scope));
      const seen = await look(deps, client, wabaId, true);
      const portfolio = isQuick(scope)
        ? null
        : await ifAllowed(deps.logger, 'portfolio', () =>
            portfolioOf(client, { businessId, seen, phoneNumber: subject.request.phoneNumber }),
          );
      return {
        seenAt,
        waba: seen.waba,
        number: numberAmong(seen.numbers, subject),
        whyUnseen: null,
        portfolioNumberCount: portfolio?.otherNumbers ?? null,
        portfolioNumberCap: portfolio?.cap ?? null,
        creditLineUsable: creditLine?.usable ?? null,
        fundingIsOurs: isOurs(creditLine, seen.waba.primaryFundingId),
      };
    });
  };
