/** The catalogue of texts: one table an area, found by key. */
import { ACCEPTANCE_TEXTS } from './acceptance';
import { BELONGINGS_TEXTS } from './acceptance-belongings';
import { AFTERMATH_TEXTS } from './aftermath';
import { ANSWER_TEXTS } from './answers';
import { FAILED_MESSAGE_TEXTS } from './failed-messages';
import { FINDING_TEXTS } from './findings';
import { FOLLOW_UP_TEXTS } from './follow-up';
import { LEFTOVER_TEXTS } from './leftovers';
import { NUMBER_FINDING_TEXTS } from './number-findings';
import { PLANNED_TEXTS } from './planned';
import { PREPARATION_TEXTS } from './preparation';
import { PROBLEM_TEXTS, type ProblemCode } from './problems';
import { STANDING_TEXTS } from './standing-findings';
import { SIGNUP_TEXTS } from './signup';
import { STAYING_TEXTS } from './staying-findings';
import { TASK_TEXTS } from './tasks';
import { TEMPLATE_TEXTS } from './templates';
import { WEBSITE_TEXTS } from './website-findings';
import { WHAT_STAYS_TEXTS } from './what-stays';
import type { Problem } from '../problems';
import {
  render,
  type Locale,
  type ParamsOf,
  type TextRef,
  type Texts,
  type Translated,
  type Wording,
} from './wording';

const CATALOGUE = {
  ...TASK_TEXTS,
  ...SIGNUP_TEXTS,
  ...TEMPLATE_TEXTS,
  ...PREPARATION_TEXTS,
  ...PLANNED_TEXTS,
  ...LEFTOVER_TEXTS,
  ...ANSWER_TEXTS,
  ...FOLLOW_UP_TEXTS,
  ...AFTERMATH_TEXTS,
  ...ACCEPTANCE_TEXTS,
  ...BELONGINGS_TEXTS,
  ...FAILED_MESSAGE_TEXTS,
  ...FINDING_TEXTS,
  ...NUMBER_FINDING_TEXTS,
  ...STANDING_TEXTS,
  ...STAYING_TEXTS,
  ...WEBSITE_TEXTS,
  ...WHAT_STAYS_TEXTS,
};
export type TextKey = keyof typeof CATALOGUE;

/** Every text by key; for the test that compares the languages. */
export const TEXTS: Texts = CATALOGUE;

/** A text that there is in every language. */
interface KnownPart {
  key: TextKey | `problem.${ProblemCode}`;
  params: TextRef['params'];
}
export interface KnownText extends KnownPart {
  parts?: KnownPart[] | undefined;
}

const PROBLEMS: Readonly<Partial<Record<string, Translated>>> = PROBLEM_TEXTS;
const isProblemCode = (code: string): code is ProblemCode => PROBLEMS[code] !== undefined;

const isKnownKey = (key: string): key is KnownPart['key'] =>
  key in CATALOGUE || (key.startsWith('problem.') && isProblemCode(key.slice('problem.'.length)));
const isKnown = (text: TextRef): text is KnownText =>
  isKnownKey(text.key) && (text.parts ?? []).every(({ key }) => isKnownKey(key));

/** A text that was kept, if it is one of this version. */
export const knownText = (text: TextRef | undefined): KnownText | null =>
  text !== undefined && isKnown(text) ? text : null;

/**
 * What a client is told of a problem, in another language than English. Null: it is not told there; in English what was kept
 * stands, for the operator reads it, too.
 */
export const problemIn = (locale: Locale, code: string): Wording | null =>
  locale === 'en' ? null : (PROBLEMS[code]?.[locale] ?? null);

const partIn = (locale: Locale, { key, params }: TextRef, parts: readonly Wording[] = []): Wording | null => {
  const text: Translated | undefined = key.startsWith('problem.')
    ? PROBLEMS[key.slice('problem.'.length)]
    : TEXTS[key];
  return text === undefined ? null : render(text, params, locale, parts);
};

/** Null: a text that this version does not know; what was kept with the key stands. */
const wordingIn = (locale: Locale, text: TextRef): Wording | null => {
  const parts = (text.parts ?? []).map((part) => partIn(locale, part));
  const known = parts.filter((part) => part !== null);
  return known.length === parts.length ? partIn(locale, text, known) : null;
};

/** Null: English, or a text that this version does not know; what was kept with the key stands. */
export const renderedIn = (locale: Locale, text: TextRef): Wording | null =>
  locale === 'en' ? null : wordingIn(locale, text);

const refTo = <K extends TextKey>(
  key: K,
  params: ParamsOf<(typeof CATALOGUE)[K]>,
  parts: readonly KnownPart[] = [],
) => {
  const text: KnownText = { key, params, ...(parts.length === 0 ? {} : { parts: [...parts] }) };
  const inEnglish = parts.map((part) => partIn('en', part)).filter((part) => part !== null);
  return { text, ...render(CATALOGUE[key], text.params, 'en', inEnglish) };
};

/** Title and how-to of a task, with the key they are translated by; `parts` stand in it as `{parts}`. */
export const taskText = <K extends TextKey>(
  key: K,
  params: ParamsOf<(typeof CATALOGUE)[K]>,
  parts?: readonly KnownPart[],
): { title: string; howTo: string; text: KnownText } => {
  const { text, what, how } = refTo(key, params, parts);
  return { title: what, howTo: how, text };
};

/** Message and remedy of a finding, with the key they are translated by. */
export const findingText = <K extends TextKey>(
  key: K,
  params: ParamsOf<(typeof CATALOGUE)[K]>,
  parts?: readonly KnownPart[],
): { message: string; remedy: string; text: KnownText } => {
  const { text, what, how } = refTo(key, params, parts);
  return { message: what, remedy: how, text };
};

/** What is left in place and who can remove it, with the key they are translated by. */
export const leftoverText = <K extends TextKey>(
  key: K,
  params: ParamsOf<(typeof CATALOGUE)[K]>,
): { detail: string; removableBy: string; text: KnownText } => {
  const { text, what, how } = refTo(key, params);
  return { detail: what, removableBy: how, text };
};

/** The remedy of a check, with the text by which all of it is told. */
export const checkText = <K extends TextKey>(
  key: K,
  params: ParamsOf<(typeof CATALOGUE)[K]>,
): { remedy: string; text: KnownText } => {
  const { text, how } = refTo(key, params);
  return { remedy: how, text };
};

/** A text as it is said, where nothing is kept of it. */
export const wordingOf = <K extends TextKey>(
  locale: Locale,
  key: K,
  params: ParamsOf<(typeof CATALOGUE)[K]>,
): Wording => render(CATALOGUE[key], params, locale);

/** A text to stand in another one, or beside what it says in English. */
export const known = <K extends TextKey>(key: K, params: ParamsOf<(typeof CATALOGUE)[K]>): KnownText => ({
  key,
  params,
});

/**
 * What whoever must solve a problem reads: a client in the words that are said to clients, everybody else in those that the
 * problem came with. So is a client told of a code of which the catalogue of texts knows nothing, in a frame that says so.
 */
export const problemText = (
  problem: Pick<Problem, 'code' | 'party' | 'title' | 'remedy' | 'text'>,
): { title: string; howTo: string; text: KnownText } => {
  const { code, party, title, remedy } = problem;
  const said = { title, howTo: remedy };
  const own = knownText(problem.text);
  if (own !== null) return { ...said, text: own };
  if (party === 'client' && isProblemCode(code)) {
    const { what, how } = PROBLEM_TEXTS[code].en;
    return { title: what, howTo: how, text: { key: `problem.${code}`, params: {} } };
  }
  return { ...said, text: known('problem_in_english', { title, remedy }) };
};
