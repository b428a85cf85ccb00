/** What may go wrong with one call, as rules of the practice platform. */
import type { Random } from '../../random';
import type { Call } from '../calls';

export interface Kind {
  readonly name: string;
  /** Whether the call that it meets is answered or given up only after half a minute or more. */
  readonly isSlow: boolean;
  /** Only where something is done, because otherwise it is the same as its sibling. */
  readonly onlyActing?: true;
  /** Whether it can meet this call at all; default: any. */
  readonly meets?: (call: Call) => boolean;
  /** How many calls in a row; default 1. */
  readonly times?: number;
  readonly action: (random: Random, call: Call) => Record<string, unknown>;
}

const HANGS_LONG_MS = 8_000;
const LATE_MS = 6_000;

/**
 * The wait in the header, in minutes (meta §7). What is not counted by account holds up every migration of a worker for
 * as long: Meta's whole minutes, one after the other, would be the time of the run.
 */
const SHORTLY = 0.1;
/** Meta's ways of saying that there were too many calls. */
const TOO_MANY_SHORTLY: readonly Record<string, unknown>[] = [
  { status: 429, code: 80007, headers: usage(SHORTLY) },
  { status: 400, code: 80008, headers: usage(SHORTLY) },
];
/** Mostly without a time, or with none to wait: a quarter of an hour or a whole one is waited (catalogue, class Q). */
const TOO_MANY: readonly Record<string, unknown>[] = [
  { status: 429, code: 80007, headers: usage(SHORTLY) },
  { status: 400, code: 80007, headers: usage(0) },
  { status: 400, code: 4, headers: { 'x-app-usage': JSON.stringify({ call_count: 100 }) } },
  { status: 429, code: 80008 },
];

/** Calls of what is created anew from its content: that goes on when Meta's time is over, and no person makes it sooner. */
const WAITED_OUT: readonly string[] = [
  '/{template}',
  '/{waba}/message_templates',
  '/{app}/uploads',
  '/{upload}',
];

function usage(minutes: number): Record<string, string> {
  const entry = {
    ...{ type: 'whatsapp', call_count: 100, total_cputime: 25, total_time: 33 },
    estimated_time_to_regain_access: minutes,
  };
  return { 'x-business-use-case-usage': JSON.stringify({ '1': [entry] }) };
}

/** Fields whose words Meta adds to, by the kind of object. */
const WORDS: readonly [RegExp, readonly string[]][] = [
  [/\{waba\}$/, ['account_review_status', 'business_verification_status', 'status']],
  [
    /phone_numbers$|\{phone\}$/,
    ['status', 'code_verification_status', 'name_status', 'quality_rating', 'platform_type', 'account_mode'],
  ],
  [/message_templates$/, ['status', 'category', 'score']],
  [/flows$/, ['status']],
  [/\{intent\}$/, ['status']],
];

const wordsOf = ({ path }: Call): readonly string[] =>
  WORDS.find(([pattern]) => pattern.test(path))?.[1] ?? [];

export const KINDS: readonly Kind[] = [
  { name: 'reset, nothing done', isSlow: false, action: () => ({ type: 'reset' }) },
  { name: 'reset, done', isSlow: false, onlyActing: true, action: () => ({ type: 'reset', act: true }) },
  { name: 'closed without an answer', isSlow: false, action: () => ({ type: 'drop-before' }) },
  { name: 'reply lost', isSlow: false, onlyActing: true, action: () => ({ type: 'act-then-drop' }) },
  {
    ...{ name: 'done after its caller has gone', isSlow: false, onlyActing: true },
    action: (random) => ({ type: 'drop-then-act', ms: random.int(500, LATE_MS) }),
  },
  {
    ...{ name: 'reply lost, and done “again”', isSlow: false, onlyActing: true, times: 2 },
    action: () => ({ type: 'twice' }),
  },
  {
    ...{ name: 'hangs long', isSlow: false },
    action: () => ({ type: 'delay', ms: HANGS_LONG_MS, when: 'before' }),
  },
  { name: 'hangs for ever', isSlow: true, action: () => ({ type: 'hang' }) },
  {
    ...{ name: 'hangs for ever, done', isSlow: true, onlyActing: true },
    action: () => ({ type: 'hang', act: true }),
  },
  {
    ...{ name: '5xx three times', isSlow: false, times: 3 },
    action: (random) => ({ type: 'fail', status: random.pick([500, 502, 503]), code: random.pick([1, 2]) }),
  },
  {
    ...{ name: 'too many calls', isSlow: true },
    action: (random, { path }) => ({
      type: 'fail',
      ...random.pick(WAITED_OUT.includes(path) ? TOO_MANY_SHORTLY : TOO_MANY),
    }),
  },
  {
    ...{ name: 'half an answer', isSlow: false },
    action: (random) => ({ type: 'truncate', bytes: random.int(0, 12) }),
  },
  {
    ...{ name: 'an HTML page', isSlow: false },
    action: (random) => ({ type: 'html', status: random.pick([200, 502]) }),
  },
  {
    ...{ name: 'an HTML page, done', isSlow: false, onlyActing: true },
    action: (random) => ({ type: 'html', status: random.pick([200, 502]), act: true }),
  },
  { name: 'slow drip', isSlow: false, action: () => ({ type: 'drip', bytes: 24, everyMs: 100 }) },
  { name: 'fields of tomorrow', isSlow: false, times: 100, action: () => ({ type: 'decorate' }) },
  {
    ...{ name: 'a word of tomorrow', isSlow: false, meets: (call) => wordsOf(call).length > 0 },
    action: (random, call) => ({ type: 'decorate', field: random.pick(wordsOf(call)) }),
  },
];
