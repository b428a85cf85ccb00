import { z } from 'zod';

export const templateStatuses = [
  'APPROVED',
  'ARCHIVED',
  'DELETED',
  'DISABLED',
  'IN_APPEAL',
  'LIMIT_EXCEEDED',
  'PAUSED',
  'PENDING',
  'PENDING_DELETION',
  'REJECTED',
] as const;
export const templateCategories = ['AUTHENTICATION', 'MARKETING', 'UTILITY'] as const;

/**
 * A message template. `copyFailure` makes the next `times` copies of it fail with `reason` (meta §4.1);
 * `recheck` is what the category check after a copy decides (meta §1.6).
 */
export const templateSchema = z.strictObject({
  id: z.string().regex(/^\d+$/),
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language: z.string().default('pt_BR'),
  category: z.enum(templateCategories).default('UTILITY'),
  previousCategory: z.enum(templateCategories).nullable().default(null),
  subCategory: z.string().nullable().default(null),
  status: z.enum(templateStatuses).default('APPROVED'),
  rejectedReason: z.string().default('NONE'),
  quality: z.enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN']).default('GREEN'),
  parameterFormat: z.enum(['POSITIONAL', 'NAMED']).default('POSITIONAL'),
  components: z
    .array(z.record(z.string(), z.unknown()))
    .default([{ type: 'BODY', text: 'Hello {{1}}, we have news.', example: { body_text: [['Ann']] } }]),
  copyFailure: z
    .strictObject({ reason: z.string(), times: z.number().int().min(1).default(1) })
    .nullable()
    .default(null),
  recheck: z
    .strictObject({
      afterMs: z.number().int().min(0).default(3_600_000),
      status: z.enum(['APPROVED', 'REJECTED']).default('REJECTED'),
      category: z.enum(templateCategories).nullable().default(null),
    })
    .nullable()
    .default(null),
  createdAt: z.number().int().nullable().default(null),
  /** When it was edited while it was approved, and the content whose review is not over, where listings hide it. */
  edits: z.array(z.number().int()).default([]),
  underReview: z.array(z.record(z.string(), z.unknown())).nullable().default(null),
});

export type Template = z.output<typeof templateSchema>;
