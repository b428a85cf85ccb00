/** From an answer or a broken exchange to a Problem: class, party, wait, and whether something may have been done. */
import type { FailureClass, Problem } from '../../shared/problems';
import { rowFor, rowOf, type CatalogueRow } from './catalogue';
import { graphErrorIn, type GraphError } from './graph-error';
import { redact } from './redact';
import type { Answer, TransportFault } from './transport';
import { plain, waitInText, waitInUsage } from './waits';

interface Circumstances {
  call: string;
  write: boolean;
}

const RETRYABLE: readonly FailureClass[] = ['transient', 'quota', 'unknown_outcome'];

/**
 * The problem of a row. After a write whose answer proves nothing, the class is `unknown_outcome`: the state must be
 * read before the call is made again (meta §6.3).
 */
const problemOf = (
  row: CatalogueRow,
  circumstances: { write: boolean },
  extra: { waitMs?: number | undefined; evidence?: Record<string, unknown> | undefined } = {},
): Problem => {
  const effect = circumstances.write && row.effect === 'unknown' ? 'unknown' : 'none';
  const failureClass = effect === 'unknown' && row.class === 'transient' ? 'unknown_outcome' : row.class;
  const waitMs = extra.waitMs ?? row.waitMs;
  return {
    code: row.code,
    class: failureClass,
    title: row.title,
    remedy: row.remedy,
    party: row.party,
    retryable: RETRYABLE.includes(failureClass),
    effect,
    ...(waitMs === undefined ? {} : { waitMs: Math.ceil(waitMs) }),
    ...(extra.evidence === undefined ? {} : { evidence: extra.evidence }),
  };
};

/** A problem that Carryover raises itself; `code` is a row of the catalogue. Nothing was done to the platform. */
export const ownProblem = (
  code: string,
  extra: { waitMs?: number; evidence?: Record<string, unknown> } = {},
): Problem => problemOf(rowOf(code), { write: false }, extra);

const wordsOf = (error: GraphError): string =>
  plain([error.details, error.userTitle, error.userMessage, error.message].join(' | '));

const evidenceOf = (error: GraphError, call: string, secrets: readonly string[]): Record<string, unknown> => {
  const words = {
    message: error.message,
    title: error.userTitle,
    userMessage: error.userMessage,
    details: error.details,
  };
  const cleaned = Object.entries(words).flatMap(([name, text]) =>
    text === '' ? [] : [[name, redact(text, secrets)] as const],
  );
  return {
    call,
    status: error.status,
    code: error.code,
    ...(error.subcode === undefined ? {} : { subcode: error.subcode }),
    ...(error.type === '' ? {} : { type: redact(error.type, secrets) }),
    ...Object.fromEntries(cleaned),
    ...(/^[A-Za-z][\w-]{0,39}$/.test(error.traceId) ? { traceId: error.traceId } : {}),
  };
};

/** What a text or a usage header says about waiting; the header counts only where the class is a matter of rate. */
const waitOf = (
  row: CatalogueRow,
  error: GraphError,
  headers: Record<string, string>,
): number | undefined => {
  const named = row.waitInText
    ? (waitInText(error.details) ?? waitInText(error.userMessage) ?? waitInText(error.message))
    : undefined;
  const regained = row.class === 'quota' ? waitInUsage(headers) : 0;
  if (named === undefined && regained === 0) return undefined;
  return Math.max(named ?? 0, regained);
};

const rowOfUnknown = (error: GraphError): CatalogueRow =>
  rowOf(error.isTransient || error.status >= 500 ? 'PLATFORM_TROUBLE' : 'UNCLASSIFIED');

/** Undefined when the answer is a success; its body is still to be checked. */
export const problemOfAnswer = (
  given: Circumstances & { answer: Answer; body: unknown; secrets: readonly string[] },
): Problem | undefined => {
  const { call, write, answer, body, secrets } = given;
  const success = answer.status >= 200 && answer.status < 300;
  const error = graphErrorIn(answer.status, body);
  if (error === undefined) {
    return success
      ? undefined
      : problemOfUnreadable({ call, write, status: answer.status, why: 'no error in it' });
  }
  const recognised = rowFor({ code: error.code, subcode: error.subcode, words: wordsOf(error), call });
  const row = recognised ?? rowOfUnknown(error);
  return problemOf(
    row,
    { write },
    {
      waitMs: waitOf(row, error, answer.headers),
      evidence: evidenceOf(error, call, secrets),
    },
  );
};

/** An answer that is not what the call promises: truncated, an HTML page, another shape. `why` holds no values. */
export const problemOfUnreadable = (given: Circumstances & { status: number; why: string }): Problem =>
  problemOf(rowOf('ANSWER_UNREADABLE'), given, {
    evidence: { call: given.call, status: given.status, why: given.why },
  });

const ROW_OF_FAULT: Record<TransportFault['kind'], string> = {
  unsent: 'PLATFORM_UNREACHABLE',
  timeout: 'ANSWER_TIMED_OUT',
  lost: 'ANSWER_LOST',
  stopped: 'ANSWER_LOST',
  too_long: 'ANSWER_UNREADABLE',
};

export const problemOfFault = (given: Circumstances & { fault: TransportFault['kind'] }): Problem =>
  problemOf(rowOf(ROW_OF_FAULT[given.fault]), given, { evidence: { call: given.call, fault: given.fault } });

/** The scope is throttled and the call was not made. */
export const problemOfPause = (call: string, waitMs: number): Problem =>
  ownProblem('WABA_RATE_LIMITED', { waitMs, evidence: { call, made: false } });
