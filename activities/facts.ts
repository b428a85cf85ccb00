/**
 * Facts of a look beside the accounts themselves: health, what hangs on a number, who is at the account, the web site.
 * Types only, for the workflow sees them through `contract.ts`. Null or absent: could not be seen.
 */
import type { WebsiteSeen } from '../shared/website';

/** `health_status` (meta §3.5). */
export interface HealthFacts {
  /** AVAILABLE, LIMITED, BLOCKED, or something newer; null: not told. */
  canSend: string | null;
  entities: {
    type: string;
    canSend: string | null;
    info: string[];
    errors: { code: number; description: string; solution: string }[];
  }[];
}

/** What hangs on the source and is not said to move with a number (R10–R12, meta §1.6). */
export interface AssetFacts {
  /** Names of flows of the source account, the first hundred of them. */
  flows: string[] | null;
  /** How many it has; absent in facts of an earlier version, which are the names' own. */
  flowCount?: number;
  /** Codes of QR codes and short links of the number. */
  qrCodes: string[] | null;
  /** Names of the fields of the business profile that are filled in. */
  profileFields: string[] | null;
  /** What they say; absent in facts of an earlier version. */
  profile?: Record<string, string> | null;
}

/** People of the owning business at the source account (R24, P-2). */
export interface PeopleFacts {
  assigned: number;
  /** Those who may manage the account. */
  managers: number;
}

/** The web site as it was seen (R28), with the instant. */
export type WebsiteFacts = WebsiteSeen & { seenAt: string };
