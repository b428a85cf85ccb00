import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { loadWorld } from '../world/load';
import type { PlatformState } from './state';

const QUIET_MS = 100;

const savedSchema = z.object({
  version: z.literal(1),
  state: z.looseObject({
    world: z.unknown(),
    clock: z.object({ offsetMs: z.number(), frozenAt: z.number().nullable() }),
  }),
});

/** Keeps the platform's state in one file, so that a restart keeps the world, its clock and its attempt counters. */
export class StateFile {
  private dirty = false;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly path: string | null,
    private readonly state: () => PlatformState,
  ) {}

  /** The state as last saved, or null when there is none. @throws when the file is not one of ours. */
  static read(path: string, now: number): PlatformState | null {
    if (!existsSync(path)) return null;
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const { state } = savedSchema.parse(parsed);
    return { ...emptyParts(), ...state, world: loadWorld(state.world, now) };
  }

  /** Something changed: it is written soon, or at once by `flush`. */
  changed(): void {
    if (this.path === null) return;
    this.dirty = true;
    this.timer ??= setTimeout(() => {
      this.flush();
    }, QUIET_MS).unref();
  }

  flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (!this.dirty || this.path === null) return;
    this.dirty = false;
    mkdirSync(dirname(this.path), { recursive: true });
    const temporary = `${this.path}.${String(process.pid)}.tmp`;
    writeFileSync(temporary, JSON.stringify({ version: 1, state: this.state() }), { mode: 0o600 });
    renameSync(temporary, this.path);
  }
}

const emptyParts = (): Omit<PlatformState, 'world' | 'clock'> => ({
  jobs: [],
  effects: [],
  messages: [],
  webhooks: [],
  signupCodes: [],
  signupSessions: [],
  codesWanted: [],
  owners: {},
  calls: {},
  counters: {},
});
