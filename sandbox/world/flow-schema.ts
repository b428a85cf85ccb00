import { z } from 'zod';

/**
 * A flow of an account (meta §1.6): a form that a template's button opens. `migrationFailure` is what a copy of it to
 * another account is answered with.
 */
export const flowSchema = z.strictObject({
  id: z.string().regex(/^\d+$/, 'ids are decimal strings'),
  name: z.string().min(1).max(200),
  status: z.enum(['DRAFT', 'PUBLISHED', 'DEPRECATED', 'BLOCKED', 'THROTTLED']).default('PUBLISHED'),
  categories: z.array(z.string()).default(['OTHER']),
  migrationFailure: z.strictObject({ code: z.number().int(), message: z.string() }).nullable().default(null),
});

export type Flow = z.output<typeof flowSchema>;
