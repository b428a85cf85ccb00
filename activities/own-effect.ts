/**
 * Whether something that is found done is this migration's own doing. Noted before the call: after a lost reply, a killed
 * worker or a database that was away right then, the next try finds its own effect, and must neither call it somebody
 * else's nor leave it out of what an abort leaves in place (product, promise 5).
 */
import { randomUUID } from 'node:crypto';
import { PlatformError } from '../platforms/meta';
import type { WabaId } from '../shared/ids';
import { StoreUnavailableError } from '../store';
import type { ActivityDeps } from './context';
import type { Subject } from './contract';
import { inTime } from './in-time';

/** A note that was taken back, because the call it stood for was refused. */
const TAKEN_BACK = null;

export class OwnEffect {
  private readonly key: string;
  /** Whether it is noted as begun; undefined: not looked at yet. */
  private begun: boolean | undefined;
  /** An earlier try has begun it, and may have had its effect. */
  private begunBefore = false;

  constructor(
    private readonly deps: ActivityDeps,
    private readonly subject: Subject,
    effect: 'funding' | 'subscription',
    wabaId: WabaId,
  ) {
    this.key = `${effect}/begun/${wabaId}`;
  }

  /** Of what is seen done: whether this migration has begun it. */
  async isOurs(): Promise<boolean> {
    const { notes } = this.deps.store;
    this.begun ??= (await notes.read(this.subject.migrationId, this.key)) !== TAKEN_BACK;
    return this.begun;
  }

  /** Before the call. */
  async begin(): Promise<void> {
    const { notes } = this.deps.store;
    const { migrationId } = this.subject;
    const mine = randomUUID();
    const standing = await notes.noteOnce(migrationId, this.key, mine);
    if (standing === TAKEN_BACK) await notes.note(migrationId, this.key, mine);
    this.begunBefore = standing !== TAKEN_BACK && standing !== mine;
    this.begun = true;
  }

  /** The call was refused. What an earlier try has begun stays begun: its call may have been the one that arrived. */
  async takeBack(): Promise<void> {
    if (this.begunBefore) return;
    this.begun = false;
    const { store, logger } = this.deps;
    const { migrationId } = this.subject;
    try {
      await inTime(store.notes.note(migrationId, this.key, TAKEN_BACK));
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      logger.warn(
        { migrationId, note: this.key },
        'refused, but the database is away: it stays noted as begun',
      );
    }
  }

  /** What went wrong while our own call may have had its effect: the same problem with effect `unknown`. */
  async inDoubt(error: unknown): Promise<unknown> {
    if (!(error instanceof PlatformError) || error.problem.effect === 'unknown') return error;
    if (!(await this.isOurs())) return error;
    return new PlatformError({ ...error.problem, effect: 'unknown' }, { cause: error });
  }
}

/** Whether a call had no effect for certain. */
export const isRefused = (error: unknown): boolean =>
  error instanceof PlatformError && error.problem.effect === 'none';
