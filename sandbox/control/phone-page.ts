import { escaped } from './page';
import type { PhoneView } from './phones';

/** All phones, the one that rang last first. Everything that comes from the world is escaped. */
export function phoneSections(phones: readonly PhoneView[]): string {
  const ringing = [...phones].sort((a, b) => newest(b) - newest(a));
  return ringing.map(section).join('\n');
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
