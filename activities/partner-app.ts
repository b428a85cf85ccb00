/** The partner app as a client of Graph in its own name; calls are counted for the app, not for an account (meta §7). */
import { GraphClient } from '../platforms/meta';
import { attemptSignal } from './attempt';
import type { PartnerApp } from './context';
import type { GraphForOptions } from './graph-for';

type Options = Pick<GraphForOptions, 'baseUrl' | 'version' | 'logger' | 'fetchTimeoutMs'>;

/** Null while the app's secret is not configured. */
export const createPartnerApp = (
  app: { id: string | null | undefined; secret: string | null | undefined },
  options: Options,
): PartnerApp | null => {
  const { id, secret } = app;
  if (!id || !secret) return null;
  const clientWith = (accessToken: string | null): GraphClient => {
    const signal = attemptSignal();
    return new GraphClient({
      ...options,
      accessToken,
      scope: 'app',
      ...(signal === undefined ? {} : { signal }),
    });
  };
  return { id, secret, anonymous: () => clientWith(null), asApp: () => clientWith(`${id}|${secret}`) };
};
