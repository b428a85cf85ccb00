/** Secrets, sealed with AES-256-GCM under the key ring and bound to their place. None leaves except through a `get`. */

export interface Credential {
  accessToken: string;
  /** RFC 3339; absent: not known, or it does not expire. */
  expiresAt?: string | undefined;
}

export interface CredentialSummary {
  name: string;
  kind: 'access_token';
  createdAt: string;
  updatedAt: string;
  /** RFC 3339; null: not known, or it does not expire. */
  expiresAt: string | null;
}

export interface TwoStepPin {
  pin: string;
  attempt: number;
  /** `pending`: stored before the call; `confirmed`: the registration took it; `unknown`: the number was found registered. */
  state: 'pending' | 'confirmed' | 'unknown';
}

export interface SecretStore {
  put(tenant: string, name: string, credential: Credential): Promise<void>;
  get(tenant: string, name: string): Promise<Credential | null>;
  /** By name; never values. */
  list(tenant: string): Promise<CredentialSummary[]>;
  /** False when there was none. */
  delete(tenant: string, name: string): Promise<boolean>;

  /** Answers with the PIN that stands for this migration and attempt: the one stored first. */
  putTwoStepPin(
    tenant: string,
    phoneNumber: string,
    x: { migrationId: string; attempt: number; pin: string },
  ): Promise<TwoStepPin>;
  /** The latest attempt's unless one is named. */
  getTwoStepPin(tenant: string, migrationId: string, attempt?: number): Promise<TwoStepPin | null>;
  confirmTwoStepPin(tenant: string, migrationId: string, attempt: number): Promise<void>;
  /** The number was found registered and no answer was seen: this PIN may not be the one. */
  doubtTwoStepPin(tenant: string, migrationId: string, attempt: number): Promise<void>;
  forgetTwoStepPin(tenant: string, migrationId: string, attempt: number): Promise<void>;
}

/** Where activities get what a name stands for: first the store, then CREDENTIALS_FILE. */
export interface CredentialResolver {
  get(tenant: string, name: string): Promise<Credential | null>;
  has(tenant: string, name: string): Promise<boolean>;
}

export interface CredentialCatalogue extends CredentialResolver {
  /** Names of the tenant that stand in CREDENTIALS_FILE. */
  fixed(tenant: string): string[];
}
