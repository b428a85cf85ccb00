import type { Logger } from 'pino';
import { WorldClock } from './clock';
import type { Effect, EffectKind, Job, JobWork, PlatformState } from './state';

/** Who is at work while an effect is made: a Graph request, a person's act, or the platform by itself. */
export interface Cause {
  readonly requestSeq: number | null;
  readonly by: string;
  readonly effects: Effect[];
}

export type JobRunner = (platform: Platform, job: Job) => void;

/** A timer cannot be set further ahead than this; longer waits are re-armed. */
const LONGEST_TIMER_MS = 2_000_000_000;

/**
 * One practice platform: state, clock, things due, effects. Everything that changes the world goes through
 * `effect`, so that the ledger is complete; everything that happens by itself is a job.
 */
export class Platform {
  readonly clock: WorldClock;
  private timer: NodeJS.Timeout | null = null;
  private cause: Cause = { requestSeq: null, by: 'platform', effects: [] };
  private closed = false;

  constructor(
    public state: PlatformState,
    private readonly runJob: JobRunner,
    private readonly onChange: () => void,
    readonly logger: Logger,
  ) {
    this.clock = new WorldClock(() => this.state.clock);
  }

  get world(): PlatformState['world'] {
    return this.state.world;
  }

  now(): number {
    return this.clock.now();
  }

  /** A decimal id nobody has yet. */
  newId(): string {
    return String(700_000_000_000_000 + this.count('id'));
  }

  count(name: string): number {
    const next = (this.state.counters[name] ?? 0) + 1;
    this.state.counters[name] = next;
    return next;
  }

  /**
   * Runs `work`, which must be synchronous, so that the effects it makes carry this cause. Effects are collected
   * in `effects` even when `work` throws after some of them.
   */
  under<T>(
    cause: Omit<Cause, 'effects'>,
    work: () => T,
    effects: Effect[] = [],
  ): { result: T; effects: Effect[] } {
    const outer = this.cause;
    this.cause = { ...cause, effects };
    try {
      return { result: work(), effects };
    } finally {
      this.cause = outer;
      if (effects.length > 0) this.onChange();
    }
  }

  effect(kind: EffectKind, ids: Readonly<Record<string, string>>, facts: Effect['facts'] = {}): Effect {
    const effect: Effect = {
      id: `eff_${String(this.count('effect')).padStart(6, '0')}`,
      kind,
      at: this.now(),
      wallAt: this.clock.wallNow(),
      requestSeq: this.cause.requestSeq,
      by: this.cause.by,
      ids,
      facts,
    };
    this.state.effects.push(effect);
    this.cause.effects.push(effect);
    return effect;
  }

  /** Lets the platform do something by itself after `delayMs` of the world's clock. */
  schedule(delayMs: number, work: JobWork): void {
    this.state.jobs.push({ ...work, id: `job_${String(this.count('job'))}`, at: this.now() + delayMs });
    this.arm();
  }

  /** Does everything due by now, in the order it fell due, each at its own time. */
  settle(): void {
    this.advanceTo(this.now());
  }

  /** Moves the clock forward to an instant, doing what falls due on the way at its own time. */
  advanceTo(instant: number): void {
    for (let job = this.nextDue(instant); job; job = this.nextDue(instant)) {
      const due = job;
      this.state.jobs = this.state.jobs.filter((other) => other !== due);
      this.at(Math.min(due.at, instant), () => {
        this.under({ requestSeq: null, by: 'platform' }, () => {
          this.runJob(this, due);
        });
      });
      this.onChange();
    }
    if (instant > this.now()) this.clock.moveTo(instant);
    this.arm();
  }

  /** Replaces everything: a new world, no past. */
  replace(state: PlatformState): void {
    this.state = state;
    this.onChange();
    this.arm();
  }

  close(): void {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  /** Sets the timer for the next job due. */
  arm(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const next = this.nextDue(Number.POSITIVE_INFINITY);
    if (!next || this.closed || this.clock.frozen) return;
    const wait = Math.min(Math.max(next.at - this.now(), 0), LONGEST_TIMER_MS);
    this.timer = setTimeout(() => {
      this.settle();
    }, wait);
    this.timer.unref();
  }

  private nextDue(by: number): Job | undefined {
    let next: Job | undefined;
    for (const job of this.state.jobs) {
      if (job.at <= by && (!next || job.at < next.at)) next = job;
    }
    return next;
  }

  private at(instant: number, work: () => void): void {
    const kept = this.state.clock;
    this.state.clock = { offsetMs: kept.offsetMs, frozenAt: instant };
    try {
      work();
    } finally {
      this.state.clock = kept;
    }
  }
}
