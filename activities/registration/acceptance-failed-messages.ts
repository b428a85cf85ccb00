/** Whether too many messages of the moved number fail, what they fail of, and who must see to it (P-21, P-8, P-18, meta §6.2). Pure. */
import {
  areTooMany,
  isReceiversOwn,
  type FailedMessagesSettings,
  type MessageFigures,
} from '../../shared/failed-messages';
import type { Party } from '../../shared/steps';
import { checkText } from '../../shared/texts';
import { inWords, shownAs, type Shown } from '../../shared/texts/shown';
import type { Check } from '../contract';

type Cause = 'payment' | 'templates' | 'pace' | 'receivers' | 'standing' | 'other';

/** Meta's codes of sending by what they come of (meta §6.2); 141006 is the health's word for 131042. */
const CODES: readonly (readonly [Exclude<Cause, 'receivers' | 'other'>, readonly number[]])[] = [
  ['payment', [131042, 141006]],
  ['templates', [132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 132069, 131063]],
  ['pace', [130429, 131048, 131049, 131056, 131064]],
  ['standing', [10, 190, 200, 368, 130497, 131005, 131031, 131037, 131045, 133010]],
];

const causeOf = (code: number): Cause =>
  isReceiversOwn(code) ? 'receivers' : (CODES.find(([, codes]) => codes.includes(code))?.[0] ?? 'other');

/** What most of them failed of. What the receivers are to blame for is named only when there is nothing else. */
const mainCause = ({ byCode }: MessageFigures): Cause => {
  const counts = new Map<Cause, number>();
  for (const { code, count } of byCode) counts.set(causeOf(code), (counts.get(causeOf(code)) ?? 0) + count);
  const others = [...counts].filter(([cause]) => cause !== 'receivers');
  const [most] = (others.length > 0 ? others : [...counts]).sort(([, one], [, other]) => other - one);
  return most?.[0] ?? 'other';
};

/** A line of credit is the partner's, a card the client's; what is sent, how much and to whom is the client's. */
const partyOf = (cause: Cause, partnerPays: boolean): Party => {
  if (cause === 'payment') return partnerPays ? 'operator' : 'client';
  return cause === 'pace' || cause === 'receivers' ? 'client' : 'operator';
};

const CODES_SHOWN = 5;
const codesIn = ({ byCode }: MessageFigures): string =>
  byCode
    .slice(0, CODES_SHOWN)
    .map(({ code, count }) => `${code === 0 ? '–' : String(code)}: ${String(count)}`)
    .join(', ');

/** The last hours and, where they were counted, the whole of the watch with what became of the others. */
const shownOf = (sent: MessageFigures): Shown => {
  const { failed, messages, watch } = sent;
  const lately = { failed, messages, codes: codesIn(sent) };
  if (watch === undefined)
    return failed === 0 ? inWords('none', {}) : inWords('{failed} of about {messages} ({codes})', lately);
  const { sent: taken, delivered, read, failed: failures, messages: total } = watch;
  const whole = { total, taken, delivered, read, failures };
  return failed === 0
    ? inWords(
        'none; since the move about {total} messages: {taken} sent, {delivered} delivered, {read} read, {failures} failed',
        whole,
      )
    : inWords(
        '{failed} of about {messages} ({codes}); since the move about {total}: {taken} sent, {delivered} delivered, {read} read, {failures} failed',
        { ...lately, ...whole },
      );
};

export const failedMessagesCheck = (
  sent: MessageFigures | null,
  {
    failedMessages: settings,
    partnerPays = false,
  }: { failedMessages: FailedMessagesSettings; partnerPays?: boolean },
): Check => {
  const cause = sent === null ? 'other' : mainCause(sent);
  const figures = { failed: sent?.failed ?? 0, messages: sent?.messages ?? 0 };
  const codes = sent === null ? '' : codesIn(sent);
  return {
    name: 'failed messages',
    ...shownAs(
      inWords('less than {percent} %', { percent: Math.round(settings.share * 100) }),
      sent === null ? inWords('not observed yet', {}) : shownOf(sent),
    ),
    ok: sent === null || !areTooMany(sent, settings),
    ...{ required: false, requirement: 'P-21', party: partyOf(cause, partnerPays) },
    ...checkText(`check.failed_messages.${cause}`, {
      ...figures,
      percent: figures.messages === 0 ? 0 : Math.round((100 * figures.failed) / figures.messages),
      codes,
      hours: Math.round(settings.per / 3_600_000),
    }),
  };
};
