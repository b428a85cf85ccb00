import type { PhoneView } from './phones';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; background: #f4f4f0; color: #222 }
  h1 { font-size: 1.4rem } h2 { font-size: 1.05rem; margin: 0 }
  section { background: #fff; border-radius: .6rem; padding: 1rem; margin: 1rem 0; box-shadow: 0 1px 3px #0002 }
  .number { color: #666 } .none { color: #888 }
  li { margin: .4rem 0 } .channel { font-size: .75rem; text-transform: uppercase; color: #666; margin-right: .5rem }
  time { color: #888; font-size: .85rem; margin-left: .5rem } ul { padding-left: 1.1rem; margin: .5rem 0 0 }
`;

/** The page with all phones; it reloads itself. Everything that comes from the world is escaped. */
export function phonePage(title: string, phones: readonly PhoneView[]): string {
  const ringing = [...phones].sort((a, b) => newest(b) - newest(a));
  return `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>Phones: ${escaped(title)}</title><style>${style}</style></head>
<body><h1>Phones of “${escaped(title)}”</h1>
${ringing.map(section).join('\n')}
</body></html>
`;
}

const newest = (phone: PhoneView): number => Date.parse(phone.messages[0]?.at ?? '1970-01-01T00:00:00Z');

function section(phone: PhoneView): string {
  const messages = phone.messages.map(
    ({ channel, text, at }) =>
      `<li><span class="channel">${channel === 'sms' ? 'SMS' : 'call'}</span>${escaped(text)}<time>${escaped(at)}</time></li>`,
  );
  const body = messages.length > 0 ? `<ul>${messages.join('')}</ul>` : '<p class="none">Nothing yet.</p>';
  return `<section id="${escaped(phone.id)}"><h2>${escaped(phone.title || phone.id)}</h2><span class="number">${escaped(phone.phoneNumber)}</span>${body}</section>`;
}
