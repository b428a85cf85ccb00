import type { Logger } from 'pino';
import { jobRunner } from './behaviour/jobs';
import { Faults } from './faults';
import { Platform } from './platform/platform';
import { StateFile } from './platform/state-file';
import { freshState, type PlatformState } from './platform/state';
import { RequestLog } from './request-log';
import { WebhookDelivery } from './webhooks/delivery';
import { addToWorld } from './world/additions';
import { loadWorld } from './world/load';
import type { World } from './world/schema';

/** What the operator of the sandbox sets for the partner's own app (the world's `partnerAppId`). */
export interface AppOverride {
  readonly appId: string | null;
  readonly appSecret: string | null;
  readonly verifyToken: string | null;
}

/** The parts of one running sandbox, shared by the Graph surface and the control surface. */
export interface SandboxParts {
  readonly platform: Platform;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly stateFile: StateFile;
  readonly delivery: WebhookDelivery;
  /** Checks a world and makes it the only one, without a past; the clock goes on. @throws WorldError */
  readonly replaceWorld: (input: unknown) => void;
  /** Further objects beside those there are. @throws WorldError */
  readonly addToWorld: (input: unknown) => void;
}

/** Puts a sandbox together. A state file, where there is one, wins over the world given. */
export function assembleSandbox(
  world: unknown,
  stateFilePath: string | null,
  override: AppOverride,
  logger: Logger,
): SandboxParts {
  const now = Date.now();
  const saved = stateFilePath === null ? null : StateFile.read(stateFilePath, now);
  const state: PlatformState = saved ?? freshState(loadWorld(world, now));
  overrideApp(state.world, override);
  const delivery = new WebhookDelivery();
  const runner = jobRunner((platform, webhookId) => {
    delivery.start(platform, webhookId);
  });
  const onChange = (): void => {
    stateFile.changed();
  };
  const platform: Platform = new Platform(state, runner, onChange, logger);
  const stateFile = new StateFile(stateFilePath, () => platform.state);
  const faults = new Faults();
  const log = new RequestLog();
  const replaceWorld = (input: unknown): void => {
    const next = freshState(loadWorld(input, platform.now()));
    overrideApp(next.world, override);
    next.clock = platform.state.clock;
    platform.replace(next);
    faults.remove(null);
    log.clear();
  };
  const add = (input: unknown): void => {
    Object.assign(platform.state.owners, addToWorld(platform.world, input, platform.now()));
    stateFile.changed();
  };
  stateFile.changed();
  platform.arm();
  return { platform, faults, log, stateFile, delivery, replaceWorld, addToWorld: add };
}

function overrideApp(world: World, override: AppOverride): void {
  const id = override.appId ?? world.partnerAppId;
  const app = world.apps.find((candidate) => candidate.id === id);
  if (!app) {
    if (override.appId === null) return;
    throw new Error(`the app id given (${override.appId}) is not an app of this world`);
  }
  if (override.appSecret !== null) app.secret = override.appSecret;
  if (override.verifyToken !== null && app.callback) app.callback.verifyToken = override.verifyToken;
}
