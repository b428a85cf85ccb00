import type { AddressInfo } from 'node:net';
import { pino, type Logger } from 'pino';
import { buildApp } from './app';
import type { SandboxParts } from './sandbox';
import { listenForSites, type Sites, type SitesOptions } from './sites/listen';
import { assembleSandbox } from './sandbox';
import { readWorld } from './world/load';
import type { World, WorldInput } from './world/schema';

export interface SandboxOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** 0 (the default) takes a free port. */
  readonly port?: number;
  /** A world, or the path of a JSON file with one. */
  readonly world: WorldInput | string;
  /** The partner's own app: which it is (default: the world's `partnerAppId`), and its secrets. */
  readonly appId?: string;
  readonly appSecret?: string;
  readonly verifyToken?: string;
  /** Where the state is kept; what it holds wins over `world`. Without it, nothing outlives the process. */
  readonly stateFile?: string;
  /** Serves the web sites of the businesses over TLS too, on a port of their own. */
  readonly sites?: SitesOptions;
  readonly logger?: Logger;
}

export interface Sandbox {
  /** `http://127.0.0.1:8090`: Graph under `/v25.0`, control under `/sandbox`. */
  readonly url: string;
  /** Null unless asked for. */
  readonly sites: Pick<Sites, 'url' | 'authority'> | null;
  /** The world as it is now. For tests in the same process; programs use `GET /sandbox/world`. */
  readonly world: () => World;
  readonly platform: SandboxParts['platform'];
  readonly close: () => Promise<void>;
}

/**
 * Starts one practice platform; several can run in one process.
 *
 * @throws WorldError when the world cannot be used; the socket's errors when it cannot listen.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const logger = options.logger ?? pino({ level: 'silent' });
  const world = typeof options.world === 'string' ? readWorld(options.world) : options.world;
  const parts = assembleSandbox(
    world,
    options.stateFile ?? null,
    {
      appId: options.appId ?? null,
      appSecret: options.appSecret ?? null,
      verifyToken: options.verifyToken ?? null,
    },
    logger,
  );
  const app = buildApp(parts, logger);
  const host = options.host ?? '127.0.0.1';
  await app.listen({ host, port: options.port ?? 0 });
  const { port } = app.server.address() as AddressInfo;
  const sites = options.sites === undefined ? null : await listenForSites(parts, host, options.sites, logger);
  const shownHost = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shownHost}:${String(port)}`,
    sites,
    world: () => parts.platform.world,
    platform: parts.platform,
    close: async () => {
      parts.platform.close();
      await sites?.close();
      app.server.closeAllConnections();
      await app.close();
      await parts.delivery.close();
      parts.stateFile.flush();
    },
  };
}

export { aWorld, type WorldBuilder } from './world/builders';
export { straightWorld, type StraightWorld, type StraightWorldOptions } from './world/straight-world';
export { family, partnerWorld, type Family, type FamilyOptions } from './world/families';
export type { WorldInput } from './world/schema';
