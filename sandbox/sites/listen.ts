/** The practice web sites over TLS, on a port of their own; which certificate they show is a knob (R28). */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import type { Logger } from 'pino';
import { siteRoutes } from '../control/sites';
import type { SandboxParts } from '../sandbox';
import { makeCertificates } from './certificates';

export interface SitesOptions {
  /** 0 (the default) takes a free port. */
  readonly port?: number;
  /** Where the authority is kept over restarts (`ca.pem`). */
  readonly folder?: string;
}

export interface Sites {
  /** `https://127.0.0.1:8443`: the site of a business is under `/sandbox/sites/{business}`. */
  readonly url: string;
  /** PEM of the authority that has signed the good certificate. */
  readonly authority: string;
  readonly close: () => Promise<void>;
}

/** @throws the socket's errors when it cannot listen, the file system's when the authority cannot be kept. */
export const listenForSites = async (
  parts: SandboxParts,
  host: string,
  { port = 0, folder }: SitesOptions,
  logger: Logger,
): Promise<Sites> => {
  const certificates = await makeCertificates(folder ?? null);
  const presented = () => certificates.of(parts.platform.world.knobs.siteCertificate);
  const server = createServer(presented());
  // Before the server's own listener begins the handshake: the knob may have changed since the last visitor.
  server.prependListener('connection', () => {
    server.setSecureContext(presented());
  });
  server.on('tlsClientError', (error) => {
    logger.debug({ err: error }, 'a visitor did not take the certificate of the web sites');
  });
  const app = fastify({
    logger: false,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    serverFactory: (handle) => server.on('request', handle),
  });
  siteRoutes(app, parts);
  await app.listen({ host, port });
  const shownHost = host.includes(':') ? `[${host}]` : host;
  return {
    url: `https://${shownHost}:${String((server.address() as AddressInfo).port)}`,
    authority: certificates.authority,
    close: async () => {
      server.closeAllConnections();
      await app.close();
    },
  };
};
