/** The form of a row of the error catalogue: how an answer is recognised, what it means, who must act. */
import { z } from 'zod';
import { failureClassSchema } from '../../../shared/problems';
import { partySchema, type Party } from '../../../shared/steps';
import type { ProblemCode } from '../../../shared/texts/problems';

/**
 * All given conditions must hold. `texts` are tried on the answer's words in lower case without accents, in English,
 * Portuguese and Spanish, because the user's locale decides the language (meta §6.1).
 */
export const matchSchema = z.strictObject({
  subcodes: z.array(z.number().int()).min(1).optional(),
  codes: z.array(z.number().int()).min(1).optional(),
  texts: z.array(z.instanceof(RegExp)).min(1).optional(),
  calls: z.array(z.string()).min(1).optional(),
});
export type Match = z.infer<typeof matchSchema>;

export const rowSchema = z.strictObject({
  code: z.string().regex(/^[A-Z][A-Z0-9_]+$/, 'upper snake case'),
  /** Alternatives; none for a problem that Carryover raises itself. */
  matches: z.array(matchSchema),
  class: failureClassSchema,
  party: partySchema,
  title: z.string().min(1),
  remedy: z.string().min(1),
  /** Fixed wait in milliseconds, or the fallback when the text names none. */
  waitMs: z.number().int().positive().optional(),
  /** Whether the answer's text may name the wait. */
  waitInText: z.boolean().optional(),
  /** Set where even this answer does not prove that a write was refused. */
  effect: z.literal('unknown').optional(),
  /** Rows R1…R50 and E1…E8 that it belongs to. */
  rows: z.array(z.string().regex(/^[RE]\d+$/)).optional(),
  source: z.string().min(1),
});
export type CatalogueRow = z.infer<typeof rowSchema>;

/** What a client must solve is said in every language: a code without its texts does not compile. */
type AddressedRow = CatalogueRow &
  ({ party: 'client'; code: ProblemCode } | { party: Exclude<Party, 'client'> });

/** The same, for tables: checked by the compiler where it is written and by a test as a whole. */
export const rows = (...table: AddressedRow[]): readonly CatalogueRow[] => table;

/**
 * Words of a refused migration. They come under 2388103, whose many meanings only they tell apart, and without a
 * subcode under 100 or 200000 (field report, meta §6.1), so each is recognised all three ways.
 */
export const refusal = (...texts: RegExp[]): Match[] => [
  { subcodes: [2388103], texts },
  { codes: [100, 200000], texts },
];

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
