/**
 * The web site of the business is live and its own (R28, P-20, E8): Meta may take an account offline whose site is not.
 * Looked at while the move is planned and again in the window, where a dead one always blocks.
 */
import { findingText } from '../../../shared/texts';
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

/** What a person must settle, because a program cannot. */
const doubtAbout = ({ request, source: { website } }: Facts): Question<'client'> => {
  if (request.business?.website === undefined) {
    return { severity: 'info', ...findingText('WEBSITE_NOT_LIVE.not_named', {}) };
  }
  if (website === null || website === undefined) {
    return { severity: 'info', ...findingText('WEBSITE_NOT_LIVE.not_looked_at', {}) };
  }
  const { address } = website;
  return {
    severity: 'warning',
    ...(website.kind === 'doubtful'
      ? findingText('WEBSITE_NOT_LIVE.doubtful', {
          ...{ address, detail: website.detail },
          reason: DOUBTS[website.why],
        })
      : findingText('WEBSITE_NOT_LIVE.unnamed_business', { address })),
    evidence: evidenceOf(website),
  };
};

const verdictOn = (website: WebsiteFacts, severity: 'blocker' | 'warning'): Verdict<'client'> => {
  const fault = (said: ReturnType<typeof findingText>): Verdict<'client'> => ({
    severity,
    ...said,
    evidence: evidenceOf(website),
  });
  const { address } = website;
  switch (website.kind) {
    case 'dead':
      return fault(
        findingText('WEBSITE_NOT_LIVE.dead', {
          ...{ address, detail: website.detail },
          trouble: TROUBLES[website.why],
        }),
      );
    case 'parked':
      return fault(findingText('WEBSITE_NOT_LIVE.parked', { address, sign: website.sign }));
    case 'doubtful':
      return 'unseen';
    case 'live':
      if (!website.secure) return fault(findingText('WEBSITE_NOT_LIVE.no_tls', { address }));
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
