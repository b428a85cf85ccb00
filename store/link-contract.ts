/** Links for a client without a key, and what such a client hands in that must not be kept. */
import type { LinkId, MigrationId } from '../shared/ids';
import type { LinkPurpose } from '../shared/links';

/** One migration, one purpose, a short life. */
export interface Link {
  id: LinkId;
  tenant: string;
  migrationId: MigrationId;
  purpose: LinkPurpose;
  /** Of a link that a browser with a link made: the first of its family, without which it opens nothing. */
  root?: LinkId | undefined;
  createdAt: string;
  expiresAt: string;
}

export interface LinkStore {
  /** `secretHash`: hexadecimal SHA-256 of the secret in the link's fragment; the secret itself is kept nowhere. The first link under an id stands, and is answered. */
  create(link: Link, secretHash: string): Promise<Link>;
  /** Null when it is unknown or over. */
  findBySecret(secretHash: string, now: Date): Promise<Link | null>;
  /** A browser that has shown the secret; it lives as long as the link. */
  openSession(link: Link, sessionHash: string): Promise<void>;
  findBySession(sessionHash: string, purpose: LinkPurpose, now: Date): Promise<Link | null>;
  get(tenant: string, migrationId: string, id: string): Promise<Link | null>;
  /**
   * It opens nothing any more, and neither do the links of its family (its root, and what was made through that) and
   * the sessions opened with any of them; repeating it is harmless.
   */
  revoke(tenant: string, migrationId: string, id: string): Promise<void>;
}

/** Whoever marked the code first has it; `used`: that was somebody else. */
export type PopupCodeUse = { kind: 'yours'; code: string } | { kind: 'used' };

/**
 * The code of the popup lives 30 seconds and is used once (meta §2.1): sealed, given to one user only, and removed as soon
 * as that one is done with it.
 */
export interface PopupCodes {
  /** The first code under a `ref` stands. MongoDB removes it after `until`, used or not. */
  keep(x: { tenant: string; migrationId: string; ref: string; code: string; until: Date }): Promise<void>;
  /** For one `user`, who may repeat it after a lost reply. Null when there is none, or it is over. */
  use(tenant: string, migrationId: string, ref: string, user: string): Promise<PopupCodeUse | null>;
  /** Removes the code, and keeps until its end that it was used; repeating it is harmless. */
  spend(tenant: string, migrationId: string, ref: string): Promise<void>;
  /** Takes it out, used or not. Null when there is none, it was spent, or is over. */
  take(tenant: string, migrationId: string, ref: string): Promise<string | null>;
  /** Removes all of a migration whose route needs none any more; repeating it is harmless. */
  forget(tenant: string, migrationId: string): Promise<void>;
}
