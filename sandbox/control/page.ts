import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text of the world or of a visitor, made harmless for HTML. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);

/** A value as a JavaScript literal that cannot end its script element. */
export const scriptLiteral = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; background: #f4f4f0; color: #222 }
  h1 { font-size: 1.4rem } h2 { font-size: 1.05rem; margin: 0 }
  section { background: #fff; border-radius: .6rem; padding: 1rem; margin: 1rem 0; box-shadow: 0 1px 3px #0002 }
  .number { color: #666 } .none { color: #888 } .refused { border-left: .3rem solid #b3261e }
  li { margin: .4rem 0 } .channel { font-size: .75rem; text-transform: uppercase; color: #666; margin-right: .5rem }
  time { color: #888; font-size: .85rem; margin-left: .5rem } ul { padding-left: 1.1rem; margin: .5rem 0 0 }
  form { margin: .6rem 0 } label { display: block; margin: .4rem 0 } button { font: inherit; padding: .3rem .8rem }
  input:not([type=radio]), select { font: inherit; padding: .2rem .4rem }
`;

export interface Page {
  readonly title: string;
  /** HTML; whoever makes it escapes what stands in it. */
  readonly body: string;
  readonly refreshSeconds?: number;
  /** JavaScript of the page's own; nothing else runs. */
  readonly script?: string;
}

/** Sends one of the sandbox's pages: nothing from elsewhere is loaded, forms go home only. */
export async function sendPage(reply: FastifyReply, page: Page, status = 200): Promise<void> {
  const nonce = randomBytes(16).toString('base64');
  const refresh =
    page.refreshSeconds === undefined
      ? ''
      : `<meta http-equiv="refresh" content="${String(page.refreshSeconds)}">`;
  const script = page.script === undefined ? '' : `<script nonce="${nonce}">${page.script}</script>\n`;
  await reply
    .status(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header(
      'content-security-policy',
      `default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    ).send(`<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8">${refresh}<title>${escaped(page.title)}</title><style>${style}</style></head>
<body><h1>${escaped(page.title)}</h1>
${page.body}
${script}</body></html>
`);
}
