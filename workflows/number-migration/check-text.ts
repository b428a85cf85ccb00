/** What a check says, in words that there are in every language. Pure. */
import type { AcceptanceCheck } from '../../shared/migration';
import { knownText, type KnownText } from '../../shared/texts';

const REMEDY = 'Look at the number in WhatsApp Manager; open a ticket with Meta if it does not come back.';

/** A check that a worker of an earlier version made has no text of its own, and is told by its figures. */
export const textOf = ({ name, expected, observed, remedy, text }: AcceptanceCheck): KnownText =>
  knownText(text) ?? {
    key: 'check.other',
    params: { name, expected, observed, remedy: remedy ?? REMEDY },
  };
