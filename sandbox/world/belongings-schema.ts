import { z } from 'zod';

/** What hangs on a number at one account and stays there when the number moves (meta §1.6). */
export const belongingsSchema = z.strictObject({
  /** Codes of QR codes and short links, as Meta makes them. */
  qrCodes: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[A-Z2-7]{14}$/, '14 letters or digits 2 to 7'),
        message: z.string().max(140),
      }),
    )
    .default([]),
  prompts: z.array(z.string().max(80)).max(4).default([]),
  commands: z
    .array(z.strictObject({ command_name: z.string().max(32), command_description: z.string().max(256) }))
    .max(30)
    .default([]),
  welcomeMessage: z.boolean().default(false),
  /** The number's own callback address (meta §3.2, overrides). */
  callbackUri: z.url().max(200).nullable().default(null),
});

/** What Meta holds against an account beside its review and its payment (meta §3.5). */
export const complaintSchema = z.strictObject({
  code: z.number().int(),
  description: z.string(),
  solution: z.string().default('See Business Support Home.'),
});

/** How the web site of a business shows itself under `/sandbox/sites/{business}` (R28). */
export const siteStates = [
  'live',
  'down',
  'parked',
  'stranger',
  'no_programs',
  'leads_inside',
  'loops',
  'silent',
] as const;
export const siteSchema = z.enum(siteStates);
export type SiteState = z.output<typeof siteSchema>;
