/** Tokens that may not look: the operator's to repair, told beside everything else. */
import { FINDING } from '../../../shared/problems';
import { HOURS, type Rule } from '../rule';
import { isTokenGone, NO_CREDENTIAL, NO_WABA, reasonCode } from '../unseen';

export const SOURCE_UNREADABLE: Rule = {
  code: FINDING.sourceUnreadable,
  requirement: 'R25',
  scopes: ['preflight', 'two_step', 'last_look'],
  severity: 'warning',
  party: 'operator',
  holds: 'the credential of the source can read its account',
  about: 'source',
  freshnessMs: HOURS,
  applies: ({ source, request }) => {
    const { credential } = request.source;
    const why = source.whyUnseen;
    // Whoever names no credential, now or when it was looked, wants nothing read.
    if (why === null || credential === undefined || reasonCode(why) === reasonCode(NO_CREDENTIAL))
      return null;
    const repair = isTokenGone(reasonCode(why))
      ? `Store a fresh token under source.credential (PUT /v1/credentials/${credential})`
      : 'Check source.wabaId, the token and its tasks on the account';
    return {
      message: `The source could not be read (${why}).`,
      remedy: `${repair}; or remove source.credential and let the parties attest what only it could see.`,
      evidence: { why, credential },
    };
  },
};

export const DESTINATION_UNREADABLE: Rule = {
  code: 'DESTINATION_UNREADABLE',
  requirement: 'meta §1.1',
  scopes: ['preflight', 'destination', 'last_look'],
  severity: 'blocker',
  party: 'operator',
  holds: 'the credential of the destination can read its account',
  about: 'destination',
  freshnessMs: HOURS,
  applies: ({ destination, request }) => {
    const why = destination?.whyUnseen ?? null;
    if (why === null || reasonCode(why) === reasonCode(NO_WABA)) return null;
    const { credential } = request.destination;
    return {
      message: `The destination could not be read (${why}).`,
      remedy: isTokenGone(reasonCode(why))
        ? `Store a fresh token under the credential (PUT /v1/credentials/${credential}), then have it looked at again.`
        : 'Check destination.wabaId, and that the account is shared with the token’s business: the client opens Business settings → Accounts → WhatsApp accounts → the account → Partners → Assign partner, and gives full control.',
      evidence: { why, credential },
    };
  },
};
