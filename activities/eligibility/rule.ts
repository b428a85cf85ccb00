/**
 * The form of an eligibility rule. A rule looks at facts and says what is wrong, or that it could not see; everything
 * else (scopes, attestations, freshness, the finding itself) is the judge's work.
 */
import type { EligibilitySettings } from '../../shared/eligibility-settings';
import type { Finding } from '../../shared/migration';
import type { StartRequest } from '../../shared/requests';
import type { Party } from '../../shared/steps';
import type { KnownText } from '../../shared/texts';
import type { Clause } from '../../shared/texts/terms';
import type { DestinationFacts, Scope, SideFacts } from '../contract';

export interface Facts {
  request: StartRequest;
  source: SideFacts;
  /** Null while only the source is looked at. */
  destination: DestinationFacts | null;
  scope: Scope;
  settings: EligibilitySettings;
}

interface Words {
  message: string;
  remedy: string;
  /** By which it is told in other languages; `findingText` makes all three (shared/texts). */
  text?: KnownText;
}
/** Of what a client reads there is a text in every language. */
type SaidTo<P extends Party> = P extends 'client' ? Required<Words> : Words;

/** What is wrong; told to whom the rule names, unless the fault names another. */
export type Fault<P extends Party = Party> = SaidTo<P> & {
  party?: P;
  severity?: Finding['severity'];
  evidence: Record<string, unknown>;
};

/** Null: the rule holds, or does not concern these facts. `unseen`: nobody could look. */
export type Verdict<P extends Party = Party> = null | Fault<P> | 'unseen';

/** What is said when nobody could look and nobody has stated it yet. */
export type Question<P extends Party = Party> = SaidTo<P> & {
  /** Unless the deployment's settings make the row's statement a condition: then a blocker. */
  severity: Finding['severity'];
  evidence?: Record<string, unknown>;
};

interface RuleFor<P extends Party> {
  /** Stable, upper snake case: code of its finding, and in lower case the kind of the task made from it. */
  code: string;
  /** R1…R50, E1…E8, or the section of the reference; an attestation is given for this row. */
  requirement: string;
  /** In which looks it is judged; `preflight` is the whole but for what only matters inside the window. */
  scopes: readonly Scope[];
  severity: Finding['severity'];
  party: P;
  /** What must be true, as a clause: "the display name is approved at the source". */
  holds: P extends 'client' ? Clause : string;
  /** Which side's look dates the finding. */
  about: 'source' | 'destination';
  /** How long a finding, or its absence, may be relied on; milliseconds. */
  freshnessMs: number;
  /** How long a statement of a person stands in for a look; milliseconds. */
  attestationMs?: number;
  /** Null: the statement says what the row asks for. Otherwise it does not count, and this is asked. */
  lacks?(statement: string): Question<P> | null;
  /**
   * Code of a rule of the same row whose question asks for this as well: what nobody could see is asked of a party once,
   * and its one statement settles both.
   */
  askedWith?: string;
  /** For what only people know; without it an unseen fact is told in general words, with the rule's severity. */
  asks?(facts: Facts): Question<P>;
  applies(facts: Facts): Verdict<P>;
}

/** A rule whose finding is a client's cannot be written without its texts. */
export type ClientsRule = RuleFor<'client'>;
export type OthersRule = RuleFor<Exclude<Party, 'client'>>;
export type Rule = ClientsRule | OthersRule;

export const MINUTES = 60_000;
export const HOURS = 60 * MINUTES;
export const DAYS = 24 * HOURS;

/** Statements about slow things; those about two-step verification perish faster. */
export const ATTESTATION_MS = 7 * DAYS;
