/**
 * Our app hears the destination's webhooks; without it the announcement is refused (2388103, meta §6.4). Lists first
 * and subscribes only what is missing, so a lost reply costs a repetition at most (meta §1.8). Undone by unsubscribing,
 * which nobody needs. Reading the account's numbers afterwards proves that the token may work there.
 */
import { listPhoneNumbers } from '../../platforms/meta/phone-numbers';
import { listSubscribedAppIds, subscribeApp as subscribe } from '../../platforms/meta/wabas';
import type { ActivityDeps } from '../context';
import type { WabaActivities } from '../contract';

export const subscribeApp =
  (deps: ActivityDeps): WabaActivities['subscribeApp'] =>
  async ({ subject, wabaId }) => {
    const client = await deps.graphFor(subject.tenant, subject.request.destination.credential, wabaId);
    const subscribed = await listSubscribedAppIds(client, wabaId);
    // Without an app id nobody can tell which of them is ours; a second subscription does no harm.
    const alreadySubscribed = deps.appId !== null && subscribed.includes(deps.appId);
    if (!alreadySubscribed) await subscribe(client, wabaId);
    await listPhoneNumbers(client, wabaId);
    return { alreadySubscribed };
  };
