/**
 * What a check expected and saw. It is kept in English beside the phrase by which it is told in another language; a check
 * cannot be made without saying of both whether they are words of ours or somebody else's.
 */
import { PHRASES, type Phrase } from './phrases';
import { filled, type Locale, type NamesIn, type PhraseRef, type Said } from './wording';

export interface Shown {
  value: string;
  /** Null: the same in every language. */
  phrase: PhraseRef | null;
}

/** A status, an id, a figure, a name: as it was written. */
export const asIs = (value: string): Shown => ({ value, phrase: null });

/** In words of ours. */
export const inWords = <P extends Phrase>(phrase: P, params: Record<NamesIn<P>, string | number>): Shown => ({
  value: filled(phrase, params, 'en', ''),
  phrase: { phrase, params },
});

/** Both, as a check keeps them. */
export const shownAs = (
  expected: Shown,
  observed: Shown,
): { expected: string; observed: string; said: Said } => ({
  expected: expected.value,
  observed: observed.value,
  said: {
    ...(expected.phrase === null ? {} : { expected: expected.phrase }),
    ...(observed.phrase === null ? {} : { observed: observed.phrase }),
  },
});

const isKnown = (phrase: string): phrase is Phrase => Object.hasOwn(PHRASES, phrase);

const phraseIn = (locale: Exclude<Locale, 'en'>, ref: PhraseRef | undefined): string | undefined =>
  ref === undefined || !isKnown(ref.phrase)
    ? undefined
    : filled(PHRASES[ref.phrase][locale], ref.params, locale, '');

/** What is said otherwise in this language; what is not among it stands as it was kept. */
export const saidIn = (locale: Locale, said: Said | undefined): { expected?: string; observed?: string } => {
  if (locale === 'en' || said === undefined) return {};
  const [expected, observed] = [phraseIn(locale, said.expected), phraseIn(locale, said.observed)];
  return { ...(expected === undefined ? {} : { expected }), ...(observed === undefined ? {} : { observed }) };
};
