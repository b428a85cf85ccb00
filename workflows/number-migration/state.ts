/**
 * What a migration knows. `migration` is the resource people read; everything else is what the procedure needs to go
 * on after continue-as-new or in a replay. Plain data: it is written to the read model and read back.
 */
import { z } from 'zod';
import type { TemplateInventory, Triage } from '../../activities/contract';
import type { PhoneNumberId, TaskId, WabaId } from '../../shared/ids';
import type { CodeVerdict, MigrationInput } from '../../shared/messages';
import type { SignupStop } from './signup-changes';
import type { Actor, Migration, MigrationEvent } from '../../shared/migration';
import { openingDocument } from '../../shared/opening';
import type { PlanBasis } from '../../shared/plan/basis';
import { policySchema, type Policy } from '../../shared/policy';
import type { StartRequest } from '../../shared/requests';
import type { StepName } from '../../shared/steps';

export const STATE_SCHEMA = 1;

export interface CodeUnderWay {
  sentAt: string;
  method: 'sms' | 'voice';
  language: string;
  wrongGuesses: number;
  /** False when the reply to the request was lost: a code may or may not be under way. */
  certain: boolean;
}

/** `byPerson`: somebody asked for it just now; otherwise the request says so. */
export interface CodeWanted {
  method: 'sms' | 'voice';
  language: string;
  byPerson?: boolean;
}

export interface MigrationState {
  schema: typeof STATE_SCHEMA;
  tenant: string;
  /** Without the plan: that follows from all the rest, and is worked out when it is looked at (`plan.ts`). */
  migration: Omit<Migration, 'plan'>;
  /** The request as it now stands, amendments included. */
  request: StartRequest;
  policy: Policy;
  callingCode: string;

  /** Last sequence number given to an event; grows over the whole chain. */
  sequence: number;
  /** Events that are not in the read model yet. */
  outbox: MigrationEvent[];
  /** Ids of messages that have had their effect, newest last, bounded. */
  seenMessages: string[];
  taskCount: number;

  /** Until when a step may wait for parties; set when it first waits. */
  deadlines: Partial<Record<StepName, { at: string; escalated: boolean } | undefined>>;
  /** When a waiting step looks again without being asked. */
  recheckAt: string | null;
  recheckAsked: boolean;
  /** When a parked step wakes by itself (a quota's wait), and what a person decided about it. */
  parkedUntil: string | null;
  decision: { step: StepName; verb: 'retry' | 'skip' } | null;
  /** How often in a row a step was parked on the same problem, no person deciding in between. */
  parkings?: Partial<Record<StepName, { code: string; times: number } | undefined>>;
  /** How often a later step led back to this one. */
  reopenings: Partial<Record<StepName, number>>;

  signup: {
    /** The business's accounts before the signup. */
    known: WabaId[] | null;
    /** What the popup named. */
    wabaId: WabaId | null;
    /** The sealed code in the store that nobody has exchanged yet. */
    codeRef?: string | null;
    /** A code of the present signup was exchanged, or tried. */
    exchanged?: boolean;
    /** Name of the stored token that the client granted; it takes the place of the destination's credential. */
    credential?: string | null;
    /** Accounts of another portfolio, or in coexistence: of no use. */
    discarded?: WabaId[];
    /** How the new account is to be named (R43). */
    proposedName?: string;
    /** The accounts that were there before the signup, by name and id, as the task names them (R43). */
    accounts?: string[];
    stop?: SignupStop | null;
    /** The number's record at the destination, as a finished popup named it. */
    toldNumber?: PhoneNumberId;
    /** The account of a popup that has not proven the number, and the number's record in it. */
    seen?: { wabaId: WabaId; phoneNumberId: PhoneNumberId | null };
    /** When the client said that the window was finished; its account is looked for. */
    finishedAt?: string | null;
    /** Meta did not take the code of the finished window. */
    codeRefused?: boolean;
  };
  /** Until when every answer of eligibility's last look may be relied on that the cut-over's own looks do not repeat. */
  freshUntil?: string;
  /** What was not announced by then is looked at again first; absent after looks that did not tell it. */
  announceBy?: string | undefined;
  /** Only on the route `solution_intent`; `id` is null while none is open. */
  intent?: { id: string | null; status: string; count: number; declined?: string | null };
  /** Whether this migration subscribed the app or attached the funding itself (for `leftInPlace`). */
  made: { subscription: boolean; funding: string | null; waba: boolean };
  /** What the plan shows beside the document; absent in states of before there was a plan. */
  known?: { triage: Triage | null; twoStepOn: boolean | null; templatesUnseen: string | null };
  /** An activity found the window over, by its clock, which may be ahead of the workflow's. */
  windowSeenOver?: { notAfter: string | null; at: string };
  /** What the standing approval of the cut-over rests on. */
  approvedBasis?: PlanBasis | null;
  templates: {
    inventory: TemplateInventory | null;
    pagesCopied: number;
    flowsMoved?: boolean;
    /** Flows of the source that are at the destination, moved or there before. */
    flowsHere?: number;
    /** When the creation of templates goes on: Meta takes a hundred an hour. */
    goesOnAt?: string | null;
  };
  /** After a refusal for two-step verification: not before this instant, because switching it off takes time (P-1). */
  twoStepSettlesAt: string | null;
  codes: {
    requestedAt: string[];
    underWay: CodeUnderWay | null;
    lockedUntil: string | null;
    /** The platform refuses a further code until then. */
    notBefore?: string | null;
    /** Verdicts on the last codes handed in, by message, for whoever asks again after a continue-as-new. */
    verdicts?: { messageId: string; verdict: CodeVerdict }[];
    /** Somebody asked for a (new) code. */
    wanted: CodeWanted | null;
    /** One was sent and could not be proven any more: the next one is a person's to ask for (meta §1.4). */
    sentInVain?: boolean;
  };
  /** Of the destination account, where the request limits it (R46). */
  accountAge?: { madeAt: string; judgedAt: string };
  /** Tasks with which the source has stalled and which were escalated. */
  stalled?: TaskId[];
  verifiedAt: string | null;
  /** When it was last told that somebody else has set a PIN at the moved number. */
  pinDoubtedAt?: string;
  /** It was told that a PIN was set at the source after two-step verification was seen off, and nobody has looked since. */
  twoStepDoubted?: boolean;
  /** Alerts that the announced number waits (meta §1.7) do not count that are older, and none is due earlier. */
  alertFrom?: string;
  aftercareUntil: string | null;
  /** Until when the invoice tail is open at the longest; unset until the watch over the number is over. */
  tailUntil?: string;
  abort: { actor: Actor; reason: string } | null;
}

/** A run that began before a figure was thought of goes by its default. */
const completed = (policy: unknown): Policy => policySchema.parse(policy);

/** One row of the table in `transitions.ts`: a pure function from a state and what happened to the next state. */
export type Transition<Data> = (
  state: MigrationState,
  data: Data,
  at: string,
  actor: Actor,
) => MigrationState;

const withoutPlan = ({ plan: _plan, ...others }: Migration): MigrationState['migration'] => others;

export const openState = (input: MigrationInput): MigrationState => ({
  schema: STATE_SCHEMA,
  tenant: input.tenant,
  migration: withoutPlan(openingDocument(input)),
  request: {
    ...input.request,
    attestations: input.request.attestations.map((given) => ({ attestedAt: input.createdAt, ...given })),
  },
  policy: completed(input.policy),
  callingCode: input.callingCode,
  sequence: 0,
  outbox: [],
  seenMessages: [],
  taskCount: 0,
  deadlines: {},
  recheckAt: null,
  recheckAsked: false,
  parkedUntil: null,
  decision: null,
  reopenings: {},
  signup: { known: null, wabaId: null },
  made: { subscription: false, funding: null, waba: false },
  templates: { inventory: null, pagesCopied: 0 },
  twoStepSettlesAt: null,
  codes: { requestedAt: [], underWay: null, lockedUntil: null, wanted: null },
  verifiedAt: null,
  aftercareUntil: null,
  abort: null,
});

const versioned = z.looseObject({ schema: z.number().int() });

/** From the schema version a state was written with to the next one; grows with `STATE_SCHEMA`. */
const UPGRADERS: Readonly<Record<number, (old: Record<string, unknown>) => Record<string, unknown>>> = {};

/** The state an earlier run left, brought to the present schema. Throws on one written by a newer version. */
export const reviveState = (left: unknown): MigrationState => {
  let state: Record<string, unknown> & { schema: number } = versioned.parse(left);
  while (state.schema < STATE_SCHEMA) {
    const upgrade = UPGRADERS[state.schema];
    if (upgrade === undefined) throw new Error(`no upgrader from state schema ${state.schema}`);
    state = versioned.parse(upgrade(state));
  }
  if (state.schema > STATE_SCHEMA) {
    throw new Error(`state schema ${state.schema} was written by a newer version; deploy it before going on`);
  }
  const revived = state as unknown as MigrationState;
  return { ...revived, policy: completed(revived.policy) };
};
