/**
 * Opens the web site of a business as a visitor would, with limits on everything a hostile one could do: schemes, ports,
 * addresses, redirects, size, kinds of content, time (R28). Changes nothing; tells nobody what the page says.
 */
import { request, type Dispatcher } from 'undici';
import type { WebsiteDoubt, WebsiteSeen, WebsiteTrouble } from '../../shared/website';
import { openAgent } from './guarded-agent';
import { namesBusiness } from './business-name';
import { leaveUnread, pageOf, type Page } from './page';
import { parkedSign } from './parked-pages';
import { bareHost, isPublicAddress, isRehearsalSite } from './public-address';
import { failureOf } from './web-failure';

const MOST_REDIRECTS = 5;
/** The whole visit, all redirects together. */
const VISIT_MS = 15_000;
const PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

export interface WebsiteOptions {
  /** `host` or `host:port` of sites that may have a private address and another port; for tests and rehearsals. */
  rehearsalHosts?: readonly string[];
  /** A further certificate authority to trust, PEM; it vouches for nobody but `rehearsalHosts`. */
  ca?: () => Promise<string>;
  visitMs?: number;
}

type Outcome =
  | { kind: 'dead'; why: WebsiteTrouble; detail: string; status?: number }
  | { kind: 'doubtful'; why: WebsiteDoubt; detail: string; status?: number };

/** What makes an address none that a visitor could open; null: it may be tried. */
const refusalOf = (url: URL, rehearsalHosts: readonly string[]): Outcome | null => {
  const refused = (why: WebsiteTrouble, detail: string): Outcome => ({ kind: 'dead', why, detail });
  const usual = PORTS[url.protocol];
  if (usual === undefined) return refused('not_a_web_address', 'SCHEME');
  if (url.username !== '' || url.password !== '') return refused('not_a_web_address', 'USER');
  if (isRehearsalSite(url, rehearsalHosts)) return null;
  if (url.port !== '' && url.port !== usual) return refused('not_a_web_address', 'PORT');
  const host = bareHost(url);
  const isLiteral = /^[\d.]+$/.test(host) || host.includes(':');
  return isLiteral && !isPublicAddress(host) ? refused('private_address', 'ADDRESS') : null;
};

const CHALLENGES = /just a moment|attention required|checking your browser|captcha|access denied/i;
/** What such servers answer to programs, though people see a page. */
const REFUSES_PROGRAMS: readonly number[] = [401, 403, 406, 429, 503];

const outcomeOf = (page: Page): Outcome | null => {
  const { status } = page;
  if (status >= 200 && status < 300) {
    if (!page.isHtml) return { kind: 'dead', why: 'not_a_page', detail: page.contentType, status };
    return CHALLENGES.test(page.title)
      ? { kind: 'doubtful', why: 'refused_program', detail: `HTTP ${String(status)}`, status }
      : null;
  }
  const detail = `HTTP ${String(status)}`;
  return REFUSES_PROGRAMS.includes(status)
    ? { kind: 'doubtful', why: 'refused_program', detail, status }
    : { kind: 'dead', why: 'http_error', detail, status };
};

const HEADERS = {
  accept: 'text/html,application/xhtml+xml;q=0.9',
  'accept-encoding': 'gzip, deflate, br',
  'accept-language': '*',
  'user-agent': 'Mozilla/5.0 (compatible; Carryover site check)',
};

const visit = async (
  url: URL,
  options: WebsiteOptions,
  signal: AbortSignal,
): Promise<{ page: Page } | { next: string }> => {
  const anyAddress = isRehearsalSite(url, options.rehearsalHosts ?? []);
  const ca = anyAddress ? await options.ca?.() : undefined;
  const dispatcher = openAgent({ anyAddress, ...(ca === undefined ? {} : { ca }) });
  try {
    const answer: Dispatcher.ResponseData = await request(url, { dispatcher, signal, headers: HEADERS });
    const location = answer.headers['location'];
    if (answer.statusCode >= 300 && answer.statusCode < 400 && typeof location === 'string') {
      leaveUnread(answer.body);
      return { next: location };
    }
    return { page: await pageOf(answer) };
  } finally {
    await dispatcher.destroy();
  }
};

const seenAs = (page: Page, url: URL, businessName: string | null) => {
  const sign = parkedSign(url.hostname, page);
  if (sign !== null) return { kind: 'parked', sign } as const;
  return {
    kind: 'live',
    secure: url.protocol === 'https:',
    namesBusiness: businessName === null ? null : namesBusiness(businessName, page, url.hostname),
  } as const;
};

/** `businessName` null: nobody has said it. Never throws for what a web site does. */
export const openWebsite = async (
  address: string,
  businessName: string | null,
  options: WebsiteOptions = {},
): Promise<WebsiteSeen> => {
  const signal = AbortSignal.timeout(options.visitMs ?? VISIT_MS);
  let url = new URL(address);
  let redirects = 0;
  const ended = ({ status, ...outcome }: Outcome): WebsiteSeen => ({
    ...{ address: url.origin, redirects, status: status ?? null },
    ...outcome,
  });
  for (;;) {
    const refusal = refusalOf(url, options.rehearsalHosts ?? []);
    if (refusal !== null) return ended(refusal);
    try {
      const answer = await visit(url, options, signal);
      if ('page' in answer) {
        const { page } = answer;
        const outcome = outcomeOf(page);
        if (outcome !== null) return ended(outcome);
        return { address: url.origin, redirects, status: page.status, ...seenAs(page, url, businessName) };
      }
      if (redirects >= MOST_REDIRECTS)
        return ended({ kind: 'dead', why: 'too_many_redirects', detail: 'LOOP' });
      if (!URL.canParse(answer.next, url.href)) {
        return ended({ kind: 'dead', why: 'not_a_web_address', detail: 'LOCATION' });
      }
      url = new URL(answer.next, url);
      redirects += 1;
    } catch (error) {
      const failure = failureOf(error);
      if (failure === null) throw error;
      return ended(failure);
    }
  }
};
