/**
 * Moving by the client's consent in Business settings (meta §2.3): the intent, its status, our token for the client.
 * An intent is set once for each request: its id is noted and answered, and no edge lists intents, so a lost reply is not
 * made good by trying again – the second call is refused (2593079), and a person hands the id in. A database that is away
 * after the call loses no id: the workflow's history keeps the answer. Undone by the client, who declines it.
 */
import { ownProblem, PlatformError, type GraphClient } from '../../platforms/meta';
import { readGrant } from '../../platforms/meta/oauth';
import {
  readMigrationIntent as read,
  readSolutionToken,
  setMigrationIntent as set,
} from '../../platforms/meta/solutions';
import { metaIdSchema } from '../../shared/ids';
import { StoreUnavailableError } from '../../store';
import type { ActivityDeps } from '../context';
import type { SignupActivities, Subject } from '../contract';
import { inTime } from '../in-time';
import { refuseSecondTry } from '../verification/tried-once';
import { keepClientToken } from './client-credential';

/** The caller must be a partner with access to the source; a token without it is refused before anything happens. */
const NOT_THIS_TOKEN: ReadonlySet<string> = new Set(['OBJECT_NOT_VISIBLE', 'PERMISSION_MISSING']);

const byEither = async <T>(
  deps: ActivityDeps,
  { tenant, request }: Subject,
  call: (client: GraphClient) => Promise<T>,
): Promise<T> => {
  const { source, destination } = request;
  const byToken = async (credential: string) => call(await deps.graphFor(tenant, credential, source.wabaId));
  try {
    return await byToken(destination.credential);
  } catch (error) {
    const other = source.credential;
    const isRefused = error instanceof PlatformError && NOT_THIS_TOKEN.has(error.problem.code);
    if (!isRefused || other === undefined || other === destination.credential) throw error;
    return byToken(other);
  }
};

const noteIfPossible = async (
  { store, logger }: ActivityDeps,
  { migrationId }: Subject,
  note: { key: string; intentId: string },
): Promise<void> => {
  try {
    await inTime(store.notes.noteOnce(migrationId, note.key, note.intentId));
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    logger.warn(
      { migrationId, note: note.key },
      'requested, but the database is away; the answer alone tells the id',
    );
  }
};

export const setMigrationIntent =
  (deps: ActivityDeps): SignupActivities['setMigrationIntent'] =>
  async ({ subject, ordinal }) => {
    const key = `solution-intent/${ordinal}`;
    const noted = metaIdSchema.safeParse(await deps.store.notes.read(subject.migrationId, key));
    if (noted.success) return { intentId: noted.data };
    refuseSecondTry('POST set_solution_migration_intent');
    const { source, destination } = subject.request;
    const target =
      destination.solutionId === undefined
        ? { app_id: destination.appId ?? '' }
        : { solution_id: destination.solutionId };
    const intentId = await byEither(deps, subject, (client) => set(client, source.wabaId, target));
    await noteIfPossible(deps, subject, { key, intentId });
    return { intentId };
  };

export const readMigrationIntent =
  (deps: ActivityDeps): SignupActivities['readMigrationIntent'] =>
  ({ subject, intentId }) =>
    byEither(deps, subject, (client) => read(client, intentId));

export const obtainSolutionToken =
  (deps: ActivityDeps): SignupActivities['obtainSolutionToken'] =>
  async ({ subject, partnerCredential, solutionId }) => {
    const client = await deps.graphFor(subject.tenant, partnerCredential);
    const token = await readSolutionToken(client, solutionId, subject.request.destination.businessId);
    if (token === null) {
      throw new PlatformError(ownProblem('SOLUTION_TOKEN_MISSING', { evidence: { solutionId } }));
    }
    const app = deps.partnerApp ?? null;
    const expiry = app === null ? {} : { expiresAt: (await readGrant(app.asApp(), token)).expiresAt };
    return keepClientToken(deps, subject, { accessToken: token, ...expiry });
  };
