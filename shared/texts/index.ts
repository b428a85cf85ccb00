/** The catalogue of texts: one table an area, found by key. */
import { AFTERMATH_TEXTS } from './aftermath';
import { FINDING_TEXTS } from './findings';
import { FOLLOW_UP_TEXTS } from './follow-up';
import { NUMBER_FINDING_TEXTS } from './number-findings';
import { PREPARATION_TEXTS } from './preparation';
import { PROBLEM_TEXTS } from './problems';
import { STANDING_TEXTS } from './standing-findings';
import { STAYING_TEXTS } from './staying-findings';
import { TASK_TEXTS } from './tasks';
import { TEMPLATE_TEXTS } from './templates';
import { WEBSITE_TEXTS } from './website-findings';
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
  ...TEMPLATE_TEXTS,
  ...PREPARATION_TEXTS,
  ...FOLLOW_UP_TEXTS,
  ...AFTERMATH_TEXTS,
  ...FINDING_TEXTS,
  ...NUMBER_FINDING_TEXTS,
  ...STANDING_TEXTS,
  ...STAYING_TEXTS,
  ...WEBSITE_TEXTS,
};
export type TextKey = keyof typeof CATALOGUE;

/** Every text by key; for the test that compares the languages. */
export const TEXTS: Texts = CATALOGUE;

const refTo = <K extends TextKey>(key: K, params: ParamsOf<(typeof CATALOGUE)[K]>) => {
  const text: TextRef = { key, params };
  return { text, ...render(CATALOGUE[key], text.params, 'en') };
};

/** Title and how-to of a task, with the key they are translated by. */
export const taskText = <K extends TextKey>(
  key: K,
  params: ParamsOf<(typeof CATALOGUE)[K]>,
): { title: string; howTo: string; text: TextRef } => {
  const { text, what, how } = refTo(key, params);
  return { title: what, howTo: how, text };
};

/** Message and remedy of a finding, with the key they are translated by. */
export const findingText = <K extends TextKey>(
  key: K,
  params: ParamsOf<(typeof CATALOGUE)[K]>,
): { message: string; remedy: string; text: TextRef } => {
  const { text, what, how } = refTo(key, params);
  return { message: what, remedy: how, text };
};

/** The key under which a task of a parked step is translated. */
export const problemText = (code: string): TextRef => ({ key: `problem.${code}`, params: {} });

/** What the error catalogue says of a problem, in another language than English. Null: it does not say it there. */
export const problemIn = (locale: Locale, code: string): Wording | null =>
  locale === 'en' ? null : (PROBLEM_TEXTS[code]?.[locale] ?? null);

/** Null: English, or a text that this version does not know; what was kept with the key stands. */
export const renderedIn = (locale: Locale, { key, params }: TextRef): Wording | null => {
  if (locale === 'en') return null;
  if (key.startsWith('problem.')) return problemIn(locale, key.slice('problem.'.length));
  const text: Translated | undefined = TEXTS[key];
  return text === undefined ? null : render(text, params, locale);
};
