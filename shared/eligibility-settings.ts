/** What a deployment decides about the checks of eligibility; part of the policy, documented in docs/configuration.md. */
import { z } from 'zod';

/** A statement can be made a condition for these rows: people know them, no API tells them, or nobody may look. */
export const ATTESTABLE_ROWS = [
  ...['R1', 'R5', 'R10', 'R11', 'R12', 'R13', 'R14', 'R19', 'R24', 'R28', 'R31', 'P-17', '360dialog §7.3'],
] as const;

/** Rows for which a statement of a party counts: those of the checklist, and what only whoever has the phone knows. */
export const ATTESTED_ROW = /^(R([1-9]|[1-4][0-9]|50)|P-17|360dialog §7\.3)$/;

export const eligibilitySettings = z.object({
  /** Rows without whose statement a migration does not go on; for the others an open one is told as an info. */
  attestationsRequired: z.array(z.enum(ATTESTABLE_ROWS)).default([]),
  /**
   * What a web site that nobody can open is while the move is planned (R28). In the window it always blocks: an account
   * with a dead site may be taken offline.
   */
  websiteWhenPlanning: z.enum(['blocker', 'warning']).default('blocker'),
  /** From here on support is booked before the cut-over (R14): any of these limits, or so many numbers in the account. */
  highVolume: z
    .object({
      messagingLimits: z.array(z.string()).default(['TIER_100K', 'TIER_UNLIMITED']),
      numbers: z.number().int().positive().default(20),
    })
    .prefault({}),
  /** Currencies in which Meta bills a line of credit, as known; another is told, not refused: the list grows (meta §5.1). */
  creditLineCurrencies: z
    .array(z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 currency code'))
    .default([
      ...['AED', 'ARS', 'AUD', 'BRL', 'CLP', 'COP', 'EUR', 'GBP'],
      ...['IDR', 'INR', 'MXN', 'MYR', 'PEN', 'SAR', 'SGD', 'USD'],
    ]),
  /** The platform on which this deployment is a partner, such as `360dialog`: a number that is there already changes its partner instead of moving (R3). */
  ownPlatform: z.string().min(1).nullable().default(null),
  /** Whether Cloud API hosting is enabled for this partner at the destination's platform (R2). */
  cloudHostingEnabled: z.boolean().default(true),
});
export type EligibilitySettings = z.infer<typeof eligibilitySettings>;
