/**
 * The web site of the business is live and its own (R28, P-20, E8): Meta may take an account offline whose site is not.
 * Looked at while the move is planned and again in the window, where a dead one always blocks.
 */
import type { WebsiteDoubt, WebsiteTrouble } from '../../../shared/website';
import type { WebsiteFacts } from '../../facts';
import { DAYS, HOURS, type Facts, type Question, type Rule, type Verdict } from '../rule';

const TROUBLES: Readonly<Record<WebsiteTrouble, string>> = {
  name_not_found: 'its name is not known to the internet’s name service',
  private_address: 'its name leads to an address inside a private network, where nobody from outside can go',
  unreachable: 'its server does not answer',
  certificate: 'its TLS certificate is not valid',
  not_a_web_address: 'it leads to something that is no ordinary web address',
  too_many_redirects: 'it leads from page to page without end',
  http_error: 'it answers with an error',
  not_a_page: 'what it answers is no page',
};

const DOUBTS: Readonly<Record<WebsiteDoubt, string>> = {
  timed_out: 'it did not answer in time',
  refused_program: 'it does not let programs in',
  name_service: 'the name service did not answer',
};

const evidenceOf = ({ seenAt: _shown, ...website }: WebsiteFacts): Record<string, unknown> => ({
  ...website,
});

const CHECK =
  'Open it in a private window from a telephone outside the office; then compare it with Business settings → Business info → Website, which must show the same address.';

/** What a person must settle, because a program cannot. */
const doubtAbout = ({ request, source: { website } }: Facts): Question => {
  if (request.business?.website === undefined) {
    return {
      severity: 'info',
      message: 'The request names no web site of the business, so nobody has looked whether it is live.',
      remedy: `Give business.website, or state for R28 that the site in Business info is live. ${CHECK}`,
    };
  }
  if (website === null || website === undefined) {
    return { severity: 'info', message: 'The web site was not looked at.', remedy: CHECK };
  }
  const reason =
    website.kind === 'doubtful'
      ? `${DOUBTS[website.why]} (${website.detail})`
      : 'it does not name the business on its first page';
  return {
    severity: 'warning',
    message: `Whether the web site ${website.address} is live and the business’s own could not be made sure: ${reason}.`,
    remedy: `A person looks, and states for R28 what was seen. ${CHECK} The name of the business should stand on the page as it does in Business info.`,
    evidence: evidenceOf(website),
  };
};

const MEND =
  'The account may be taken offline after the move while this is so. The client brings the site back, or corrects the address in Business settings → Business info → Website and in business.website of this migration; then ask for a recheck.';

const verdictOn = (website: WebsiteFacts, severity: 'blocker' | 'warning'): Verdict => {
  const fault = (message: string, as: 'blocker' | 'warning' = severity): Verdict => ({
    severity: as,
    message,
    remedy: MEND,
    evidence: evidenceOf(website),
  });
  switch (website.kind) {
    case 'dead':
      return fault(
        `The web site ${website.address} cannot be opened: ${TROUBLES[website.why]} (${website.detail}).`,
      );
    case 'parked':
      return fault(
        `The web site ${website.address} is not in use: what it shows is of the kind “${website.sign}”.`,
      );
    case 'doubtful':
      return 'unseen';
    case 'live':
      if (!website.secure) return fault(`The web site ${website.address} has no TLS (https).`, 'warning');
      return website.namesBusiness === false ? 'unseen' : null;
  }
};

export const WEBSITE: Rule = {
  code: 'WEBSITE_NOT_LIVE',
  requirement: 'R28',
  scopes: ['preflight', 'two_step', 'last_look'],
  severity: 'blocker',
  party: 'client',
  holds: 'the web site of the business is live, and its own',
  about: 'source',
  freshnessMs: HOURS,
  attestationMs: 2 * DAYS,
  asks: doubtAbout,
  applies: ({ request, source, scope, settings }) => {
    const planning = scope === 'preflight';
    if (request.business?.website === undefined) return planning ? 'unseen' : null;
    const website = source.website ?? null;
    if (website === null) return null;
    return verdictOn(website, planning ? settings.websiteWhenPlanning : 'blocker');
  },
};
