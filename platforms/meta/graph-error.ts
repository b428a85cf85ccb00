/** The error body of Graph (meta §6.1), in both variants: subcode and user texts, or a bare code and `details`. */
import { z } from 'zod';

const text = z.string().catch('');
const whole = z.coerce.number().int();

const errorBodySchema = z.looseObject({
  error: z.looseObject({
    code: whole,
    error_subcode: whole.optional().catch(undefined),
    message: text,
    type: text,
    is_transient: z.boolean().optional().catch(undefined),
    error_user_title: text,
    error_user_msg: text,
    error_data: z
      .union([z.looseObject({ details: text }), z.string().transform((details) => ({ details }))])
      .optional()
      .catch(undefined),
    fbtrace_id: text,
  }),
});

export interface GraphError {
  status: number;
  code: number;
  subcode: number | undefined;
  message: string;
  type: string;
  userTitle: string;
  userMessage: string;
  details: string;
  isTransient: boolean;
  traceId: string;
}

/** The error in an answer; undefined when the body is not one (truncated, an HTML page, a success). */
export const graphErrorIn = (status: number, body: unknown): GraphError | undefined => {
  const parsed = errorBodySchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { error } = parsed.data;
  return {
    status,
    code: error.code,
    subcode: error.error_subcode,
    message: error.message,
    type: error.type,
    userTitle: error.error_user_title,
    userMessage: error.error_user_msg,
    details: error.error_data?.details ?? '',
    isTransient: error.is_transient === true,
    traceId: error.fbtrace_id,
  };
};
