/**
 * Facts of a look beside the accounts themselves: health, what hangs on a number, who is at the account, the web site.
 * Types only, for the workflow sees them through `contract.ts`. Null or absent: could not be seen.
 */

/** `health_status` (meta §3.5). */
export interface HealthFacts {
  /** AVAILABLE, LIMITED, BLOCKED, or something newer; null: not told. */
  canSend: string | null;
  entities: {
    type: string;
    canSend: string | null;
    info: string[];
    errors: { code: number; description: string; solution: string }[];
  }[];
}

/** What hangs on the source and is not said to move with a number (R10–R12, meta §1.6). */
export interface AssetFacts {
  /** Names of the flows of the source account. */
  flows: string[] | null;
  /** Codes of QR codes and short links of the number. */
  qrCodes: string[] | null;
  /** Names of the fields of the business profile that are filled in. */
  profileFields: string[] | null;
}

/** People of the owning business at the source account (R24, P-2). */
export interface PeopleFacts {
  assigned: number;
  /** Those who may manage the account. */
  managers: number;
}

/**
 * What came of opening the web site (R28). `live`: it answers 2xx with a page; `dead`: nobody can open it, `why` names
 * the cause; `parked`: a page of a domain dealer or hoster; `doubtful`: it would not talk to a program, so that a
 * person must look.
 */
export type WebsiteFacts = { address: string; seenAt: string; redirects: number } & (
  | { kind: 'live'; status: number; secure: boolean; namesBusiness: boolean | null }
  | { kind: 'parked'; status: number; sign: string }
  | { kind: 'dead'; why: WebsiteTrouble; detail: string; status: number | null }
  | { kind: 'doubtful'; why: WebsiteDoubt; detail: string; status: number | null }
);

export type WebsiteTrouble =
  | 'name_not_found'
  | 'private_address'
  | 'unreachable'
  | 'certificate'
  | 'not_a_web_address'
  | 'too_many_redirects'
  | 'http_error'
  | 'not_a_page';

export type WebsiteDoubt = 'timed_out' | 'refused_program' | 'server_error' | 'name_service';
