/**
 * Texts that a client reads, in every language the product speaks. A text is data: a key, and the figures and names that
 * stand in it. What is kept is the key with its parameters beside the English rendering; the server renders the reader's
 * language when it answers, so that a better wording reaches what is already under way.
 */
import { z } from 'zod';
import { termIn } from './terms';

export const LOCALES = ['en', 'pt-BR', 'es'] as const;
export type Locale = (typeof LOCALES)[number];
export const localeSchema = z.enum(LOCALES);

/** What is the case or wanted, in one line; and how to go about it, in the exact clicks or words. */
export interface Wording {
  what: string;
  how: string;
}
/** One text in every language; a missing one does not compile. `{name}` is a parameter, `{name|instant}` a time, `{name|term}` a term. */
export type Translated = Readonly<Record<Locale, Wording>>;
export type Texts = Readonly<Record<string, Translated>>;

const parameterSchema = z.union([z.string(), z.number()]);
const partRefSchema = z.object({ key: z.string(), params: z.record(z.string(), parameterSchema) });
/** `parts`: other texts that stand in this one as `{parts}`, where several things are told at once. */
export const textRefSchema = partRefSchema.extend({ parts: z.array(partRefSchema).optional() });
/** A text by key, with its parameters: what is kept in a task or a finding. */
export type TextRef = z.infer<typeof textRefSchema>;

/** What stands as `expected` or `observed` in a check, by its phrase; absent: it is as Meta or a person writes it. */
const phraseRefSchema = z.object({ phrase: z.string(), params: z.record(z.string(), parameterSchema) });
export type PhraseRef = z.infer<typeof phraseRefSchema>;
export const saidSchema = z.object({
  expected: phraseRefSchema.optional(),
  observed: phraseRefSchema.optional(),
});
export type Said = z.infer<typeof saidSchema>;

/** The names of the parameters in a literal text. */
export type NamesIn<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer Plain}|${string}` ? Plain : Name) | NamesIn<Rest>
  : never;
/** What a text must be given, read off its English wording; `{parts}` are given beside them. */
export type ParamsOf<T extends { en: Wording }> = Record<
  Exclude<NamesIn<T['en']['what']> | NamesIn<T['en']['how']>, 'parts'>,
  string | number
>;

export const PLACEHOLDER = /\{([A-Za-z]+)(?:\|(instant|term))?\}/g;

/** In UTC and without abbreviations that only one language knows. */
const instantIn = (locale: Locale, value: string): string => {
  const [, year = '', month = '', day = '', time = ''] =
    /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)/.exec(value) ?? [];
  if (year === '') return value;
  return locale === 'en' ? `${year}-${month}-${day} ${time} UTC` : `${day}/${month}/${year} ${time} UTC`;
};

export const filled = (template: string, params: TextRef['params'], locale: Locale, parts: string): string =>
  template.replace(PLACEHOLDER, (whole, name: string, kind?: string) => {
    const value = name === 'parts' ? parts : params[name];
    if (value === undefined) return whole;
    if (kind === 'term') return termIn(locale, String(value));
    return kind === 'instant' ? instantIn(locale, String(value)) : String(value);
  });

/** Several things that are told at once are one list, and the same advice is given once. */
export const render = (
  text: Translated,
  params: TextRef['params'],
  locale: Locale,
  parts: readonly Wording[] = [],
): Wording => ({
  what: filled(text[locale].what, params, locale, parts.map(({ what }) => what).join('; ')).trim(),
  how: filled(text[locale].how, params, locale, [...new Set(parts.map(({ how }) => how))].join(' ')).trim(),
});

/** The language a person of this locale reads best of those there are: pt-PT is served in Portuguese, fr in English. */
export const localeFor = (locale: string | undefined): Locale => {
  const language = (locale ?? '').split('-', 1)[0];
  return LOCALES.find((known) => known.split('-', 1)[0] === language) ?? 'en';
};
