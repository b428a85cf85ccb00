import { z } from 'zod';

/**
 * A file that a template shows in its header. A template names it `media:<id>` in `example.header_handle`; a listing
 * shows its address instead. `served` is what that address then does.
 */
export const mediaSchema = z.strictObject({
  id: z.string().regex(/^\d+$/, 'ids are decimal strings'),
  contentType: z.string().default('image/jpeg'),
  /** Bytes. */
  size: z.number().int().min(1).default(1_024),
  served: z
    .enum(['whole', 'gone', 'redirect', 'endless', 'html', 'elsewhere', 'plain_http_elsewhere'])
    .default('whole'),
  /** What the Resumable Upload API answered; null for a file nobody uploaded in this world. */
  handle: z.string().nullable().default(null),
});

/** An upload that was begun (meta §4.3): `POST /{app}/uploads`. */
export const uploadSchema = z.strictObject({
  id: z.string(),
  appId: z.string(),
  contentType: z.string(),
  size: z.number().int(),
});

export type Media = z.output<typeof mediaSchema>;
export type Upload = z.output<typeof uploadSchema>;
