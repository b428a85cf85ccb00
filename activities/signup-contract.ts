/** The routes that begin at the client's (meta §2.1 to §2.3): a part of the contract of the activities. */
import type { BusinessId, PhoneNumberId, WabaId } from '../shared/ids';
import type { Subject } from './contract';

/** What came of the popup's code. Only `stored` gives a token; otherwise the account is found by the other ways. */
export type CodeExchange =
  | { outcome: 'stored'; credential: string; expiresAt: string | null }
  /** Meta did not take it (`problem` is the catalogue's code), or it was gone before anybody looked. */
  | { outcome: 'refused'; problem: string }
  /** The reply was lost: the code may be used up, and is never tried again. */
  | { outcome: 'unknown'; problem: string };

/** Where the number stands in an account: proven, proven too long ago or not at all, or live already (E4). */
export type SignedUpNumber = {
  phoneNumberId: PhoneNumberId;
  standing: 'proven' | 'not_proven' | 'live';
};

export type SignupSighting =
  | { kind: 'signed_up'; wabaId: WabaId; ownerBusinessId: BusinessId; number: SignedUpNumber | null }
  /** The account belongs to another portfolio than the number (R4, P-3): it is of no use. */
  | { kind: 'wrong_portfolio'; wabaId: WabaId; ownerBusinessId: BusinessId }
  | { kind: 'awaiting'; known: WabaId[]; proposedName: string; accounts?: string[] }
  | { kind: 'ambiguous'; candidates: WabaId[] };

export interface SignupActivities {
  /**
   * The code of the popup for the client's token (meta §2.1), once: it is marked as used before the call and never tried
   * again. Never fails for what Meta says; the token is stored sealed under the credential's name, and a database that is
   * away by then is waited for as long as the activity lasts.
   */
  exchangePopupCode(input: { subject: Subject; codeRef: string }): Promise<CodeExchange>;
  /**
   * The account that a signup made, and the number in it, by what the popup said, the token's granular scopes, hints, and
   * the difference of lists, in this order. Reads only.
   */
  findSignup(input: {
    subject: Subject;
    /** The partner's own credential, which sees the client's accounts before and without the client's token. */
    partnerCredential: string;
    hasClientToken: boolean;
    told: WabaId | null;
    known: WabaId[] | null;
    discarded: WabaId[];
  }): Promise<SignupSighting>;
  /**
   * Marks the source account for the move (meta §2.3). Once for each `ordinal`: the id is noted, and answered also when
   * the database is away by then. No edge lists intents; a lost reply is a failure with effect `unknown`, and a person hands the id in.
   */
  setMigrationIntent(input: { subject: Subject; ordinal: number }): Promise<{ intentId: string }>;
  readMigrationIntent(input: {
    subject: Subject;
    intentId: string;
  }): Promise<{ status: string; destinationWabaId: WabaId | null }>;
  /** The solution's token for this client, stored sealed. Safe to repeat. */
  obtainSolutionToken(input: {
    subject: Subject;
    partnerCredential: string;
    solutionId: string;
  }): Promise<{ credential: string; expiresAt: string | null }>;
}
