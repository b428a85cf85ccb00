/** Pages for a client without a key (`POST …/{id}/links`): what they are for, and how long they live. */
import { z } from 'zod';
import { durationMs } from './duration';
import { linkIdSchema } from './ids';

/** `tasks` and `code` are named by the contract, and have no page yet. */
export const LINK_PURPOSES = ['signup'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/** Long enough to read the page and find the phone; a new one costs nothing. */
export const LINK_LIVES_MS = 2 * 3_600_000;

const LIFE = 'an ISO 8601 duration between PT5M and P7D, such as PT2H';

export const linkRequestSchema = z.strictObject({
  purpose: z.enum(LINK_PURPOSES, { error: '"signup" ("tasks" and "code" are not available yet)' }),
  /** No longer than until the window ends; two hours when it is left out. */
  expiresIn: z.iso
    .duration({ error: LIFE })
    .refine((life) => durationMs(life) >= 5 * 60_000 && durationMs(life) <= 7 * 86_400_000, LIFE)
    .optional(),
});

/** Its secret stands in the fragment of `url`, which no browser sends to a server. */
export const linkSchema = z.object({
  linkId: linkIdSchema,
  purpose: z.enum(LINK_PURPOSES),
  url: z.url(),
  expiresAt: z.string(),
});
