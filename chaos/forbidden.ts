/** What must stand in no log and no history, and how it is looked for: the secrets and codes of this run, each by its own word. */
import type { PracticeWorld } from './practice-answers';

export interface Forbidden {
  /** Must not even stand in a decrypted history. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly personal: ReadonlyMap<string, string>;
}

export const forbiddenIn = (world: PracticeWorld): Forbidden => {
  const secrets = new Map<string, string>();
  const personal = new Map<string, string>();
  for (const { value } of world.tokens) secrets.set(value, 'a token');
  for (const { digits, twoStep, inbox } of world.subscribers) {
    if (twoStep.pin !== null) secrets.set(twoStep.pin, 'a two-step PIN');
    personal.set(digits, 'a phone number');
    personal.set(`+${digits}`, 'a phone number');
    for (const { text } of inbox) {
      const [, first, second] = /(\d{3})\D?(\d{3})/.exec(text) ?? [];
      if (first === undefined || second === undefined) continue;
      personal.set(`${first}${second}`, 'a verification code');
      personal.set(`${first}-${second}`, 'a verification code');
    }
  }
  // Of hundreds of PINs one may be the code of another number, and a code may stand in a decrypted history.
  for (const code of personal.keys()) secrets.delete(code);
  return { secrets, personal };
};

/**
 * Counters of Temporal's, of the system's and of the log's. Among the thousands of a long run some have six digits, and by
 * chance those of one of its codes; nobody puts a code there.
 */
const COUNTERS = new Set([
  ...['taskId', 'historySizeBytes', 'version', 'failoverVersion', 'transitionCount', 'attempt'],
  ...['seconds', 'nanos', 'pid', 'time', 'level', 'responseTime', 'remotePort', 'ms', 'seq'],
]);
const isCounter = (field: string): boolean => COUNTERS.has(field) || /(^e|E)ventId$|[a-z]Ms$/.test(field);

/** Every word of a document but its counters; a text that is none is taken as it is. */
const wordsOf = (text: string): string => {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return text;
  }
  const words: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (typeof node === 'object' && node !== null) {
      for (const [field, value] of Object.entries(node)) {
        words.push(field);
        if (!isCounter(field) || typeof value === 'object') visit(value);
      }
    } else words.push(String(node));
  };
  visit(document);
  return words.join('\n');
};

/** A sentence for each kind of what is found. Whole words only: digits inside something encoded are no code. */
export const foundIn = (
  place: string,
  documents: Iterable<string>,
  ...forbidden: ReadonlyMap<string, string>[]
): string[] => {
  const found = new Set<string>();
  for (const document of documents) {
    for (const [word] of wordsOf(document).matchAll(/[A-Za-z0-9+_.:-]+/g)) {
      for (const list of forbidden) {
        const what = list.get(word);
        if (what !== undefined) found.add(`${what} stands in ${place}`);
      }
    }
  }
  return [...found];
};
