/** Whether our app hears what is written to the number, or somebody else's address does (P-10, meta §3.2, §8.1). Pure. */
import { checkText } from '../../shared/texts';
import { asIs, inWords, shownAs } from '../../shared/texts/shown';
import { TURNED_ELSEWHERE } from '../../shared/webhook-override';
import type { Check } from '../contract';
import { shown, spoken } from './check-kinds';

/** Where messages of the number go, as Meta shows it; an address that is not given or not told is null. */
export interface MessageAddresses {
  /** Our app's own. */
  app: string | null;
  /** An account, and a number, may have one that takes its place for messages: the number's goes first. */
  account: string | null;
  number: string | null;
}

export const subscriptionCheck = (appSubscribed: boolean | null): Check => {
  const observed = spoken(appSubscribed);
  return {
    name: 'webhooks reach our app',
    ...shownAs(shown(true), shown(appSubscribed)),
    ...{ ok: appSubscribed !== false, required: appSubscribed === false },
    ...{ requirement: 'P-10', party: 'operator' },
    ...checkText('check.webhooks', { observed }),
  };
};

/** The host alone: an address may carry a secret. */
const hostOf = (uri: string): string => (URL.canParse(uri) ? new URL(uri).host : 'an unreadable address');

/**
 * An address of the app's own host, or of one that the deployment names, is ours. Any other may be, too, which only a person
 * knows: a deployment that takes messages elsewhere says so.
 */
export const turnedCheck = ({ app, account, number }: MessageAddresses, hosts: readonly string[]): Check => {
  const [place, uri] = number === null ? (['account', account] as const) : (['number', number] as const);
  const host = uri === null ? null : hostOf(uri);
  const isOurs = host === null || hosts.includes(host) || (app !== null && hostOf(app) === host);
  return {
    name: TURNED_ELSEWHERE,
    ...shownAs(
      inWords('no', {}),
      host === null || isOurs ? inWords('no', {}) : inWords('yes, to {host}', { host }),
    ),
    ...{ ok: isOurs, required: !isOurs, requirement: 'P-10', party: 'operator' },
    ...checkText(`check.turned.${place}`, { host: asIs(host ?? '–').value }),
  };
};
