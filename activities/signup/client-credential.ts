/** The client's token, kept like any credential of the tenant: sealed, under a name that tells the migration. */
import { credentialNameSchema } from '../../shared/requests';
import type { ActivityDeps } from '../context';
import type { Subject } from '../contract';

/** Meta's standard template; the true figure comes with the token or from `debug_token` (meta §2.1, §11). */
const STANDARD_LIFE_MS = 60 * 86_400_000;

const nameFor = (subject: Subject): string =>
  credentialNameSchema.parse(`client-${subject.migrationId.slice('mig_'.length)}`);

/** `expiresAt`: null when the token does not expire; undefined when nobody said. */
export const keepClientToken = async (
  deps: ActivityDeps,
  subject: Subject,
  token: { accessToken: string; expiresAt?: string | null },
): Promise<{ credential: string; expiresAt: string | null }> => {
  const credential = nameFor(subject);
  const expiresAt =
    token.expiresAt === undefined
      ? new Date(deps.clock().getTime() + STANDARD_LIFE_MS).toISOString()
      : token.expiresAt;
  await deps.store.secrets.put(subject.tenant, credential, {
    accessToken: token.accessToken,
    ...(expiresAt === null ? {} : { expiresAt }),
  });
  return { credential, expiresAt };
};
