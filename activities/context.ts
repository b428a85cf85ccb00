/** What activities are given by the worker. */
import type { Logger } from 'pino';
import type { GraphClient } from '../platforms/meta';
import type { WebsiteOptions } from '../platforms/web/open-website';
import type { Store } from '../store';

/**
 * What an account's calls are for. Who waits for people gives way to who is about to cut over, and that one to a number
 * that lies between its sides: each may use the account's hour only up to its share (docs/decisions.md).
 */
export type CallStanding = 'waiting' | 'before_announcement' | 'cutover';

/**
 * A client of Graph for a tenant's named credential. `wabaId` is what its calls are counted against (meta §7); it
 * stops with the attempt it was made in; `standing`: `cutover` unless given. Fails with CREDENTIAL_MISSING when nobody has stored the credential.
 */
export type GraphFor = (
  tenant: string,
  credentialName: string,
  wabaId?: string,
  standing?: CallStanding,
) => Promise<GraphClient>;

export interface PartnerApp {
  id: string;
  secret: string;
  /** Shows no token: the exchange of a popup's code proves itself (meta §2.1). */
  anonymous: () => GraphClient;
  /** Shows the app's own token, `{id}|{secret}`. */
  asApp: () => GraphClient;
}

export interface ActivityDeps {
  store: Store;
  graphFor: GraphFor;
  /** Id of the partner app whose subscription carries the webhooks; null when none is configured. */
  appId: string | null;
  /** The partner app itself, for what it asks in its own name; null or absent: its secret is not configured. */
  partnerApp?: PartnerApp | null;
  clock: () => Date;
  logger: Logger;
  /** How web sites of businesses are opened; for rehearsals and tests, whose sites are not on the internet. */
  website?: WebsiteOptions;
}
