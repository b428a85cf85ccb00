/** Tokens, permissions, objects that are not visible (meta §6.2, classes A and X). */
import { rows } from './row';

const NEW_TOKEN = 'Store a fresh token under the credential (PUT /v1/credentials/{name}), then retry.';
const PERMISSIONS = Array.from({ length: 100 }, (_, n) => 200 + n);

export const ACCESS_ROWS = rows(
  {
    code: 'TOKEN_APP_NOT_INSTALLED',
    matches: [{ codes: [190], subcodes: [458] }],
    class: 'needs_party',
    party: 'operator',
    title: 'The app is no longer installed for the token’s user',
    remedy: `The business must grant the app access again. ${NEW_TOKEN}`,
    source: 'meta §6.2',
  },
  {
    code: 'TOKEN_CHECKPOINT',
    matches: [{ codes: [190], subcodes: [459, 464] }],
    class: 'needs_party',
    party: 'operator',
    title: 'The token’s user must log in to Facebook and confirm the account',
    remedy: `Log in as that user, follow what is asked there. ${NEW_TOKEN}`,
    source: 'meta §6.2',
  },
  {
    code: 'TOKEN_EXPIRED',
    matches: [{ codes: [190], subcodes: [463] }],
    class: 'needs_party',
    party: 'operator',
    title: 'The access token has expired',
    remedy: `Tokens of an embedded signup last 60 days. ${NEW_TOKEN}`,
    source: 'meta §6.2, §11',
  },
  {
    code: 'TOKEN_INVALID',
    matches: [{ codes: [190] }, { codes: [0, 102, 104] }],
    class: 'needs_party',
    party: 'operator',
    title: 'The access token is missing or not valid any more',
    remedy: NEW_TOKEN,
    source: 'meta §6.2 (0, 102, 104, 190 with 460 and 467)',
  },
  {
    code: 'PERMISSION_MISSING',
    matches: [{ codes: [3, 10, 131005, ...PERMISSIONS] }],
    class: 'needs_party',
    party: 'operator',
    title: 'The token may not do this',
    remedy:
      'Give its user the task on the account, and the app whatsapp_business_management and whatsapp_business_messaging (business_management for credit lines), then retry.',
    source: 'meta §1.1, §5.1, §6.2',
  },
  {
    code: 'OBJECT_NOT_VISIBLE',
    matches: [{ codes: [100], subcodes: [33] }],
    class: 'needs_party',
    party: 'operator',
    title: 'The object does not exist, or the token may not see it',
    remedy:
      'Check the id, and that the account is shared with the token’s business. Meta gives the same answer for both.',
    source: 'meta §6.1',
  },
  {
    code: 'INVALID_PARAMETER',
    matches: [{ codes: [100, 131008, 131009, 192, 135000, 506] }],
    class: 'permanent',
    party: 'operator',
    title: 'Meta does not accept a parameter of the call',
    remedy: 'Read the words in the evidence; correct the request, or report a defect.',
    source: 'meta §6.2',
  },
);

const CODES: ReadonlySet<string> = new Set(
  ACCESS_ROWS.map(({ code }) => code).filter((code) => code !== 'INVALID_PARAMETER'),
);

/** The token is not valid any more, or may not do this, or not see that. */
export const isAboutToken = (code: string): boolean => CODES.has(code);
