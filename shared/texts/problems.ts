/**
 * Problems of the error catalogue that a client must solve, in the languages that the catalogue itself does not speak. The
 * key is the problem's code; a test holds this table to the catalogue.
 */
import type { Locale, Wording } from './wording';

type OtherLanguages = Readonly<Record<Exclude<Locale, 'en'>, Wording>>;

export const PROBLEM_TEXTS: Readonly<Partial<Record<string, OtherLanguages>>> = {};
