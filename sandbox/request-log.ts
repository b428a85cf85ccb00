import type { Parameters } from './graph/request';
import type { EffectKind } from './platform/state';

/** One Graph request as it went. Nothing secret stands here: see `maskedParameters`. */
export interface LogEntry {
  readonly seq: number;
  readonly at: string;
  readonly wallAt: string;
  readonly method: string;
  readonly path: string;
  readonly version: string;
  readonly ids: Readonly<Record<string, string>>;
  readonly token: string | null;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Null when the caller got no answer. */
  readonly status: number | null;
  readonly durationMs: number;
  readonly error: { readonly code: number; readonly subcode: number | null } | null;
  readonly fault: string | null;
  readonly effectId: string | null;
  readonly effect: EffectKind | null;
  readonly effects: readonly { readonly id: string; readonly kind: EffectKind }[];
}

const LONGEST_LOG = 50_000;
const LONGEST_VALUE = 200;
const secretNames =
  /^(access_token|input_token|client_secret|verify_token|code|pin|phone_number|to|text|body|components|template|preverified_id)$/;

/** Parameters with secrets, codes, PINs, phone numbers and message texts hidden. */
export function maskedParameters(parameters: Parameters): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      secretNames.test(name) ? '***' : shortened(value),
    ]),
  );
}

/** Field expansion may name phone numbers (`phone_numbers([…])`): they are hidden inside it. */
function shortened(value: unknown): unknown {
  const written = typeof value === 'string' ? value : JSON.stringify(value);
  const hidden = written.replace(/phone_numbers\(\[[^\]]*\]\)/g, 'phone_numbers([***])');
  if (typeof value !== 'string' && hidden.length <= LONGEST_VALUE) return value;
  return hidden.length > LONGEST_VALUE ? `${hidden.slice(0, LONGEST_VALUE)}…` : hidden;
}

export interface LogFilter {
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly effect?: string | undefined;
  readonly id?: string | undefined;
  readonly status?: number | undefined;
  readonly after?: number | undefined;
}

/** The requests in the order they came in. */
export class RequestLog {
  private entries: LogEntry[] = [];
  private nextSeq = 1;

  next(): number {
    const seq = this.nextSeq;
    this.nextSeq += 1;
    return seq;
  }

  add(entry: LogEntry): void {
    this.entries.push(entry);
    if (this.entries.length > LONGEST_LOG) this.entries.shift();
  }

  clear(): void {
    this.entries = [];
  }

  find(filter: LogFilter): LogEntry[] {
    return this.entries
      .filter(
        (entry) =>
          (filter.method === undefined || entry.method === filter.method) &&
          (filter.path === undefined || entry.path === filter.path) &&
          (filter.effect === undefined || entry.effects.some((effect) => effect.kind === filter.effect)) &&
          (filter.id === undefined || Object.values(entry.ids).includes(filter.id)) &&
          (filter.status === undefined || entry.status === filter.status) &&
          (filter.after === undefined || entry.seq > filter.after),
      )
      .sort((a, b) => a.seq - b.seq);
  }
}
