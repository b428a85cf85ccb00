/**
 * Our app hears the destination's webhooks; without it the announcement is refused (2388103, meta §6.4). Lists first
 * and subscribes only what is missing, so a lost reply costs a repetition at most (meta §1.8). Noted before the call, so
 * that what an earlier try has subscribed counts as ours. Undone by unsubscribing, which nobody needs. Reading the
 * account's numbers afterwards proves that the token may work there.
 */
import type { GraphClient } from '../../platforms/meta';
import { listPhoneNumbers } from '../../platforms/meta/phone-numbers';
import { listSubscribedAppIds, subscribeApp as subscribe } from '../../platforms/meta/wabas';
import type { WabaId } from '../../shared/ids';
import { StoreUnavailableError } from '../../store';
import { isFirstTry } from '../attempt';
import type { ActivityDeps } from '../context';
import type { WabaActivities } from '../contract';
import { inTime } from '../in-time';
import { isRefused, OwnEffect } from '../own-effect';

/** After a popup the number may be silent already (meta §1.7): a subscription waits for no database, and can be undone. */
const orElse = async <T>(asked: Promise<T>, otherwise: () => T): Promise<T> => {
  try {
    return await inTime(asked);
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    return otherwise();
  }
};

const subscribeOurs = async (own: OwnEffect, client: GraphClient, wabaId: WabaId): Promise<void> => {
  await orElse(own.begin(), () => undefined);
  try {
    await subscribe(client, wabaId);
  } catch (error) {
    if (isRefused(error)) await own.takeBack();
    throw error;
  }
};

export const subscribeApp =
  (deps: ActivityDeps): WabaActivities['subscribeApp'] =>
  async ({ subject, wabaId }) => {
    const client = await deps.graphFor(subject.tenant, subject.request.destination.credential, wabaId);
    const own = new OwnEffect(deps, subject, 'subscription', wabaId);
    const subscribed = await listSubscribedAppIds(client, wabaId);
    // Without an app id nobody can tell which of them is ours; a second subscription does no harm.
    const isThere = deps.appId !== null && subscribed.includes(deps.appId);
    if (!isThere) await subscribeOurs(own, client, wabaId);
    await listPhoneNumbers(client, wabaId);
    if (!isThere) return { alreadySubscribed: false };
    // While nobody can look it up: what an earlier try of this step may have done is ours.
    const isOurs = await orElse(own.isOurs(), () => !isFirstTry());
    return { alreadySubscribed: !isOurs };
  };
