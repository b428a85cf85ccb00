/** The migration's steps as promises, for a display that shows one line a step. */
import type { Migration } from '../../client';
import { SetUpError } from '../servers/set-up-error';

type Step = Migration['steps'][number];
type Verdict = 'done' | 'skipped';

interface Line {
  readonly finished: Promise<Verdict>;
  readonly finish: (verdict: Verdict) => void;
  readonly fail: (error: unknown) => void;
}

const CLOSED = new Set<Migration['state']>(['completed', 'aborted', 'failed']);

export class StepBoard {
  private readonly lines = new Map<Step['name'], Line>();
  private latest: Migration;

  constructor(
    migration: Migration,
    private readonly changed: (sentence: string) => void,
  ) {
    this.latest = migration;
    for (const { name } of migration.steps) this.lines.set(name, newLine());
  }

  get names(): Step['name'][] {
    return [...this.lines.keys()];
  }

  /** Resolves when the step has ended; rejects when the migration goes no further. */
  whenFinished(name: Step['name']): Promise<Verdict> {
    return this.lines.get(name)?.finished ?? Promise.resolve('skipped');
  }

  show(migration: Migration): void {
    for (const step of migration.steps) {
      if (step.status === 'done' || step.status === 'skipped') this.lines.get(step.name)?.finish(step.status);
      const before = this.latest.steps.find(({ name }) => name === step.name);
      if (step.status === 'waiting' && before?.status !== 'waiting' && migration.waitingFor !== null)
        this.changed(`${step.name} waits for ${migration.waitingFor.party}: ${migration.waitingFor.kind}`);
    }
    this.latest = migration;
    const refusal = refusalOf(migration);
    if (refusal !== undefined) this.fail(new SetUpError(refusal));
    else if (CLOSED.has(migration.state)) for (const line of this.lines.values()) line.finish('skipped');
  }

  fail(error: unknown): void {
    for (const line of this.lines.values()) line.fail(error);
  }
}

export const isClosed = (migration: Migration): boolean => CLOSED.has(migration.state);

/** Why a migration went wrong, as a sentence; undefined while it goes well. */
function refusalOf({ state, outcome, steps }: Migration): string | undefined {
  const failed = steps.find(({ status }) => status === 'blocked');
  if (failed !== undefined) {
    const { code, title, remedy } = failed.error ?? {
      code: 'unknown',
      title: 'no reason was given.',
      remedy: '',
    };
    return `The step ${failed.name} is blocked (${code}): ${title} ${remedy}`;
  }
  if (state === 'failed' || state === 'aborted')
    return `The migration ended as ${state} (${outcome ?? 'no outcome'}).`;
  return state === 'completed' && outcome !== 'migrated'
    ? `The migration ended as ${outcome ?? 'nothing'}.`
    : undefined;
}

function newLine(): Line {
  const { promise, resolve, reject } = withResolvers<Verdict>();
  promise.catch(() => undefined);
  return { finished: promise, finish: resolve, fail: reject };
}

/** `Promise.withResolvers` of newer Node versions. */
function withResolvers<T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
} {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
}
