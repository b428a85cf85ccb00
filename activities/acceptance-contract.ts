/** What the looks at a moved number are given: by acceptance, and by aftercare. */
import type { PhoneNumberId, WabaId } from '../shared/ids';
import type { Baseline } from '../shared/migration';
import type { Policy } from '../shared/policy';
import type { Subject } from './contract';

/** What a look at the moved number compares it with. */
export interface AcceptanceLook {
  subject: Subject;
  wabaId: WabaId;
  phoneNumberId: PhoneNumberId;
  baseline: Baseline | null;
  /** Since when it is connected: ratings return within a day (P-21). */
  connectedAt?: string | null;
  /** Traffic without which it is not accepted. */
  needs?: Policy['acceptanceNeeds'];
  /** Templates that campaigns wait for (P-8); `all` when absent (runs from before the setting). */
  campaignsNeed?: Policy['preparation']['campaignsNeed'];
  /** How many of its messages may fail (P-21); the default when absent (runs from before the setting). */
  failedMessages?: Policy['failedMessages'];
  /** Hosts of ours to which messages may be turned; none beside the app's own when absent. */
  webhookHosts?: Policy['webhookHosts'];
  /** Meta told that somebody else has set a PIN there. */
  pinDoubted?: boolean;
}
