/** How single fields of Graph's answers are read: strict on what is used, tolerant of values nobody has met yet. */
import { z } from 'zod';

/** A text that may be missing, null or empty. Enum values are not closed: Meta adds some without notice. */
export const optionalText = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((value) => (value === undefined || value === '' ? null : value));

export const optionalFlag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? null)
  .catch(null);

export const optionalCount = z.coerce
  .number()
  .int()
  .nonnegative()
  .nullish()
  .transform((value) => value ?? null)
  .catch(null);

/** Unix seconds, as number or text, or an ISO text; as RFC 3339. */
export const optionalInstant = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => {
    if (value === null || value === undefined || value === '') return null;
    const ms = /^\d+$/.test(String(value)) ? Number(value) * 1000 : Date.parse(String(value));
    return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
  });

/** Most writes answer `{"success": true}`; anything else than true is not a success. */
export const successSchema = z.looseObject({ success: z.literal(true) });
