/**
 * Whom something is said to. A client reads it in its own language, so what is said to a client cannot be made without a
 * text that there is in every language: a gap does not compile. Everybody else may be told in English alone.
 */
import type { Finding, Leftover } from '../migration';
import type { PlannedTask } from '../plan/schema';
import type { Party } from '../steps';
import type { KnownText } from './index';

export type Addressed =
  { party: 'client'; text: KnownText } | { party: Exclude<Party, 'client'>; text?: KnownText | undefined };

/** A finding as it is made; what is kept of it is read with whatever key an older version gave it. */
export type AddressedFinding = Omit<Finding, 'party' | 'text'> & Addressed;

/** What is left behind, and a task that is planned, as they are made. */
export type AddressedLeftover = Omit<Leftover, 'party' | 'text'> & Addressed;
export type AddressedPlannedTask = Omit<PlannedTask, 'party' | 'text'> & Addressed;

/** Party and text of something said, to say it in another form. */
export const addressOf = (said: Addressed): Addressed =>
  said.party === 'client' ? { party: said.party, text: said.text } : { party: said.party, text: said.text };
