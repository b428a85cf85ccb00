/** What came of opening the web site of a business (R28). */

export type WebsiteTrouble =
  | 'name_not_found'
  | 'private_address'
  | 'unreachable'
  | 'certificate'
  | 'not_a_web_address'
  | 'too_many_redirects'
  | 'http_error'
  | 'not_a_page';

export type WebsiteDoubt = 'timed_out' | 'refused_program' | 'name_service';

/**
 * `live`: it answers 2xx with a page; `parked`: with a page of a domain dealer or hoster; `dead`: nobody can open it;
 * `doubtful`: it would not talk to a program, or not now, so that a person must look. `address` is the origin that
 * answered last, without path or query.
 */
export type WebsiteSeen = { address: string; redirects: number; status: number | null } & (
  | { kind: 'live'; secure: boolean; namesBusiness: boolean | null }
  | { kind: 'parked'; sign: string }
  | { kind: 'dead'; why: WebsiteTrouble; detail: string }
  | { kind: 'doubtful'; why: WebsiteDoubt; detail: string }
);
