import { z } from 'zod';
import type { GraphAnswer } from './graph/handle';

const milliseconds = z.number().int().min(0).max(600_000);

/**
 * What a fault does to a call. `act-then-drop`, and `hang`, `html` and `reset` with `act`, let the effect happen first.
 * `hold` keeps the call (`before`) or its answer (`after`) until the rule is removed; a held call whose caller has gone
 * is never done. `drop-then-act` does it so long after its caller has gone. `twice` does it and loses the reply; the same
 * call again is not done, and told that it succeeded.
 */
export const faultActionSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('fail'),
    status: z.number().int().min(200).max(599).default(500),
    body: z.unknown().optional(),
    code: z.number().int().optional(),
    subcode: z.number().int().optional(),
    message: z.string().optional(),
    details: z.string().optional(),
    title: z.string().optional(),
    userMessage: z.string().optional(),
    transient: z.boolean().optional(),
    headers: z.record(z.string(), z.string()).default({}),
  }),
  z.strictObject({
    type: z.literal('delay'),
    ms: milliseconds,
    when: z.enum(['before', 'after']).default('before'),
  }),
  z.strictObject({ type: z.literal('act-then-drop') }),
  z.strictObject({ type: z.literal('drop-before') }),
  z.strictObject({ type: z.literal('drop-then-act'), ms: milliseconds }),
  z.strictObject({ type: z.literal('twice') }),
  z.strictObject({ type: z.literal('truncate'), bytes: z.number().int().min(0).default(10) }),
  z.strictObject({
    type: z.literal('html'),
    status: z.number().int().min(200).max(599).default(502),
    act: z.boolean().default(false),
  }),
  z.strictObject({ type: z.literal('hang'), ms: milliseconds.optional(), act: z.boolean().default(false) }),
  z.strictObject({ type: z.literal('hold'), when: z.enum(['before', 'after']).default('before') }),
  z.strictObject({ type: z.literal('reset'), act: z.boolean().default(false) }),
  z.strictObject({
    type: z.literal('drip'),
    bytes: z.number().int().min(1).default(16),
    everyMs: milliseconds.default(50),
  }),
  z.strictObject({
    type: z.literal('decorate'),
    field: z.string().min(1).optional(),
    value: z.unknown().default('SOMETHING_OF_TOMORROW'),
  }),
]);

/**
 * A fault rule. `path` is matched against the path template (`/{phone}/register`) and the real path without
 * version (`/7001/register`); `*` stands for anything. `id` is any object the call is about, whatever stands in its path:
 * the number, its account, the account's owner, or one that a parameter names. Matching calls are counted from 1: `nth`
 * is one call, `from` starts at a call, `times` ends after so many applications.
 */
export const faultSchema = z.strictObject({
  name: z.string().default(''),
  match: z
    .strictObject({
      method: z.enum(['GET', 'POST', 'DELETE']).optional(),
      path: z.string().default('*'),
      token: z.string().optional(),
      id: z.string().min(1).optional(),
      nth: z.number().int().min(1).optional(),
      from: z.number().int().min(1).default(1),
      times: z.number().int().min(1).optional(),
    })
    .prefault({}),
  action: faultActionSchema,
});

export type FaultAction = z.output<typeof faultActionSchema>;
export type Fault = z.output<typeof faultSchema> & {
  readonly id: string;
  matched: number;
  applied: number;
  /** Calls that this rule holds now. */
  holding: number;
};

export interface FaultTarget {
  readonly method: string;
  readonly path: string;
  readonly template: string;
  readonly tokenName: string | null;
  /** Ids of everything that the call is about. */
  readonly ids: readonly string[];
}

/** The fault rules of one sandbox; the first rule that applies wins. */
export class Faults {
  private rules: Fault[] = [];
  private nextId = 1;
  private readonly releases = new Map<string, (() => void)[]>();
  private readonly answers = new Map<string, GraphAnswer>();

  add(input: unknown): Fault {
    const rule: Fault = {
      ...faultSchema.parse(input),
      id: `flt_${String(this.nextId)}`,
      matched: 0,
      applied: 0,
      holding: 0,
    };
    this.nextId += 1;
    this.rules.push(rule);
    return rule;
  }

  list(): readonly Fault[] {
    return this.rules;
  }

  /** Removes one rule, or all of them; says how many. */
  remove(id: string | null): number {
    const kept = id === null ? [] : this.rules.filter((rule) => rule.id !== id);
    const gone = this.rules.filter((rule) => !kept.includes(rule));
    this.rules = kept;
    for (const rule of gone) {
      for (const release of this.releases.get(rule.id) ?? []) release();
      this.releases.delete(rule.id);
    }
    return gone.length;
  }

  /** Resolves when the rule is removed, or when `left` does: the caller did not wait. */
  async hold(rule: Fault, left: Promise<void>): Promise<void> {
    if (!this.rules.includes(rule)) return;
    rule.holding += 1;
    const removed = new Promise<void>((release) => {
      this.releases.set(rule.id, [...(this.releases.get(rule.id) ?? []), release]);
    });
    await Promise.race([removed, left]);
    rule.holding -= 1;
  }

  /** What the first of the calls that a rule `twice` meets was answered with. */
  answered(rule: Fault, call: string): GraphAnswer | null {
    return this.answers.get(`${rule.id} ${call}`) ?? null;
  }

  remember(rule: Fault, call: string, answer: GraphAnswer): void {
    this.answers.set(`${rule.id} ${call}`, answer);
  }

  /** Counts the call with every rule it matches and gives the fault to apply, if any. */
  pick(target: FaultTarget): Fault | null {
    let chosen: Fault | null = null;
    for (const rule of this.rules) {
      if (!matches(rule, target)) continue;
      rule.matched += 1;
      if (chosen || !due(rule)) continue;
      rule.applied += 1;
      chosen = rule;
    }
    return chosen;
  }
}

function matches(rule: Fault, target: FaultTarget): boolean {
  const { method, path, token, id } = rule.match;
  if (method !== undefined && method !== target.method) return false;
  if (id !== undefined && !target.ids.includes(id)) return false;
  if (token !== undefined && token !== target.tokenName) return false;
  const pattern = new RegExp(`^${path.split('*').map(escaped).join('.*')}$`);
  return pattern.test(target.path) || pattern.test(target.template);
}

function due(rule: Fault): boolean {
  const { nth, from, times } = rule.match;
  if (nth !== undefined) return rule.matched === nth;
  return rule.matched >= from && (times === undefined || rule.applied < times);
}

const escaped = (literal: string): string => literal.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
