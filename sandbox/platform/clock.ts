import type { PlatformState } from './state';

/** The world's time (epoch ms): wall time plus an offset, or standing still. Its state lives in the platform's state. */
export class WorldClock {
  constructor(
    private readonly state: () => PlatformState['clock'],
    private readonly wall: () => number = Date.now,
  ) {}

  now(): number {
    const { frozenAt, offsetMs } = this.state();
    return frozenAt ?? this.wall() + offsetMs;
  }

  wallNow(): number {
    return this.wall();
  }

  get frozen(): boolean {
    return this.state().frozenAt !== null;
  }

  /** Moves to an instant; a frozen clock stays frozen there. */
  moveTo(instant: number): void {
    const clock = this.state();
    if (clock.frozenAt === null) clock.offsetMs = instant - this.wall();
    else clock.frozenAt = instant;
  }

  setFrozen(frozen: boolean): void {
    const clock = this.state();
    if (frozen) {
      clock.frozenAt ??= this.now();
    } else if (clock.frozenAt !== null) {
      clock.offsetMs = clock.frozenAt - this.wall();
      clock.frozenAt = null;
    }
  }
}
