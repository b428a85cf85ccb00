/** The projection of a running workflow: events, document, state to resume from and the claim move together. */
import type { ClientSession } from 'mongodb';
import { appendWithin, contentOf, type NewEntry } from '../audit-chain';
import { claimWithin, releaseWithin } from '../claims';
import type { MigrationStore, ProjectOutcome } from '../contract';
import { EventConflictError, UnknownMigrationError } from '../errors';
import type { Room } from '../room';
import type { MigrationRow } from '../rows';
import { numberHashOf } from '../sealing';
import { claimsNumber, documentFields, holdsNumber } from './document';
import { correctAttemptWithin, keepAttemptWithin } from './earlier-attempts';
import { sealResume } from './sealed-parts';

type Projection = Parameters<MigrationStore['project']>[0];
type Standing = Omit<MigrationRow, 'migration' | 'input' | 'words'>;

export const project = (room: Room, x: Projection): Promise<ProjectOutcome> =>
  room.database.transaction(async (session) => {
    const standing = await room.rows.migrations.findOne<Standing>(
      { _id: x.migrationId },
      { session, projection: { migration: 0, input: 0, words: 0, 'resume.sealed': 0 } },
    );
    if (standing !== null && standing.tenant !== x.tenant) throw new UnknownMigrationError(x.migrationId);
    await appendUnknown(room, session, x, standing);
    const outcome =
      standing === null
        ? await insertDocument(room, session, x)
        : await updateDocument(room, session, x, standing);
    if (!holdsNumber(x.migration)) await releaseWithin(room, session, x.migrationId, x.migration.attempt);
    return outcome;
  });

const appendUnknown = async (
  room: Room,
  session: ClientSession,
  x: Projection,
  standing: Standing | null,
): Promise<void> => {
  const { tenant, migrationId, runId } = x;
  if (x.events.length === 0) return;
  const recorded = await room.rows.events
    .find({ migrationId, runId, sequence: { $in: x.events.map((event) => event.sequence) } }, { session })
    .toArray();
  const contents = new Map(recorded.map((row) => [row.sequence, contentOf(row)]));
  const unknown: NewEntry[] = [];
  for (const event of x.events) {
    const entry = { ...event, runId };
    const content = contentOf(entry);
    const known = contents.get(event.sequence);
    if (known !== undefined && known !== content)
      throw new EventConflictError(migrationId, runId, event.sequence, {
        revision: revisionOf(standing, x.migration.attempt),
        sequence: await lastSequence(room, session, x),
      });
    if (known !== undefined) continue;
    contents.set(event.sequence, content);
    unknown.push(entry);
  }
  await appendWithin(room, session, { tenant, migrationId }, unknown);
};

/** Of the document and of the state to resume from, whichever is later; 0 when nothing of this attempt is stored. */
const revisionOf = (standing: Standing | null, attempt: number): number => {
  const resume = standing?.resume ?? null;
  return Math.max(
    standing?.attempt === attempt ? standing.revision : 0,
    resume?.attempt === attempt ? resume.revision : 0,
  );
};

const lastSequence = async (
  room: Room,
  session: ClientSession,
  { migrationId, runId }: Projection,
): Promise<number> => {
  const [last] = await room.rows.events
    .find({ migrationId, runId, sequence: { $ne: null } }, { session })
    .sort({ sequence: -1 })
    .limit(1)
    .toArray();
  return last?.sequence ?? 0;
};

const resumeOf = (room: Room, { migrationId, migration, resume }: Projection) => ({
  attempt: migration.attempt,
  revision: migration.revision,
  sealed: sealResume(room.keys, migrationId, resume),
});

/** The workflow was started past the server, by the Temporal UI or CLI. */
const insertDocument = async (room: Room, session: ClientSession, x: Projection): Promise<ProjectOutcome> => {
  const now = new Date();
  await room.rows.migrations.insertOne(
    {
      ...{
        _id: x.migrationId,
        tenant: x.tenant,
        ...documentFields(room.keys, x.migration, []),
        requestWords: [],
      },
      ...{ openedAt: now, workflowSeenAt: now, endedFromOutside: false, batchId: null },
      ...{ input: null, resume: resumeOf(room, x) },
    },
    { session },
  );
  return 'told';
};

/**
 * The end that freed the number was told by a workflow task that is lost, and the migration goes on: the number is taken
 * again. Somebody else may have it by now; then it is tried again with whatever is told next.
 */
const regainWithin = async (
  room: Room,
  session: ClientSession,
  { tenant, migrationId, migration }: Projection,
  standing: Standing,
): Promise<ProjectOutcome> => {
  const wasFreed = standing.closed || standing.claimed === false;
  if (!wasFreed || !claimsNumber(migration)) return 'told';
  const ref = { tenant, migrationId, attempt: migration.attempt };
  const conflict = await claimWithin(room, session, ref, numberHashOf(room.keys, migration.phoneNumber));
  return conflict === null ? 'number_regained' : 'number_lost';
};

const updateDocument = async (
  room: Room,
  session: ClientSession,
  x: Projection,
  standing: Standing,
): Promise<ProjectOutcome> => {
  const { migration, migrationId } = x;
  const fields = documentFields(room.keys, migration, standing.requestWords);
  if (migration.attempt < standing.attempt) {
    await correctAttemptWithin(room, session, { migrationId, ...fields });
    return 'told';
  }
  const isLater = migration.attempt > standing.attempt;
  if (isLater) await keepAttemptWithin(room, session, migrationId);
  const replaces = isLater || (migration.revision > standing.revision && !standing.endedFromOutside);
  // A later attempt that was started past the server takes its number by itself.
  const outcome = replaces && !isLater ? await regainWithin(room, session, x, standing) : 'told';
  const { resume } = standing;
  const resumes =
    resume === null ||
    resume.attempt < migration.attempt ||
    (resume.attempt === migration.attempt && resume.revision <= migration.revision);
  await room.rows.migrations.updateOne(
    { _id: migrationId },
    {
      $set: {
        ...(replaces ? fields : {}),
        ...(outcome === 'number_lost' ? { claimed: false } : {}),
        ...(isLater ? { endedFromOutside: false } : {}),
        ...(resumes ? { resume: resumeOf(room, x) } : {}),
        workflowSeenAt: standing.workflowSeenAt ?? new Date(),
      },
    },
    { session },
  );
  return outcome;
};
