/** The page behind a client's link: HTML, style and script from here, the Facebook SDK from Meta, nothing else. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Locale } from '../../shared/texts/wording';
import type { App, ServerDeps } from '../deps';
import { languageAsked } from '../language';
import { signupPage } from './signup-script';
import { SIGNUP_PAGE_WORDS } from './signup-words';

/** In the language of the browser; which language the client reads is known when the link has been exchanged. */
const pageIn = (language: Locale): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${SIGNUP_PAGE_WORDS[language].heading}</title>
<link rel="stylesheet" href="/signup/page.css">
</head>
<body>
<main>
<h1 id="heading">${SIGNUP_PAGE_WORDS[language].heading}</h1>
<h2 id="title" hidden></h2>
<p id="how" hidden></p>
<p id="status" role="status">${SIGNUP_PAGE_WORDS[language].needsScript}</p>
<button id="open" type="button" hidden>${SIGNUP_PAGE_WORDS[language].button}</button>
</main>
<script src="/signup/page.js"></script>
</body>
</html>
`;

const STYLE = `body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: #f4f5f4; color: #1c2420; }
main { max-width: 34rem; margin: 10vh auto; padding: 2rem; background: #fff; border-radius: 12px; }
h1 { font-size: 1.1rem; margin: 0 0 1.5rem; color: #5b6660; }
h2 { font-size: 1.4rem; margin: 0 0 .5rem; }
button { font: inherit; font-weight: 600; padding: .75rem 1.25rem; border: 0; border-radius: 8px; background: #12704a; color: #fff; }
button:disabled { opacity: .5; }
[hidden] { display: none; }
`;

const SCRIPT = `'use strict';\n(${signupPage.toString()})(window, ${JSON.stringify(SIGNUP_PAGE_WORDS)});\n`;

/** The popup is another site's window that answers to this one: no stricter opener policy lets it. */
const OPENER_POLICY = 'same-origin-allow-popups';

export const signupPageRoutes = (app: App, deps: ServerDeps): void => {
  const sdk = deps.signup ? [new URL(deps.signup.sdkUrl).origin] : [];
  const facebook = [...sdk, 'https://*.facebook.com', ...(deps.signup?.messageOrigins ?? [])].join(' ');
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${sdk.join(' ')}`,
    "style-src 'self'",
    `connect-src 'self' ${facebook}`,
    `frame-src ${facebook}`,
    `img-src 'self' ${facebook}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  const guarded = (reply: FastifyReply, type: string): FastifyReply =>
    reply
      .type(type)
      .header('content-security-policy', policy)
      .header('cross-origin-opener-policy', OPENER_POLICY)
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-store');

  const parts: readonly (readonly [string, string, (request: FastifyRequest) => string])[] = [
    ['/signup', 'text/html; charset=utf-8', (request) => pageIn(languageAsked(request) ?? 'en')],
    ['/signup/page.css', 'text/css; charset=utf-8', () => STYLE],
    ['/signup/page.js', 'text/javascript; charset=utf-8', () => SCRIPT],
  ];
  for (const [url, type, content] of parts) {
    app.route({
      method: 'GET',
      url,
      config: { roles: 'public', rateLimit: false },
      schema: { hide: true },
      handler: (request, reply) => guarded(reply, type).send(content(request)),
    });
  }
};
