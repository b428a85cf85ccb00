import { linkIdSchema, migrationIdSchema } from '../shared/ids';
import { upserted } from './database';
import type { Link, LinkStore } from './link-contract';
import type { Room } from './room';
import type { LinkRow } from './rows';

const linkOf = (row: LinkRow): Link => ({
  id: linkIdSchema.parse(row._id),
  tenant: row.tenant,
  migrationId: migrationIdSchema.parse(row.migrationId),
  purpose: row.purpose,
  ...(row.root === undefined ? {} : { root: linkIdSchema.parse(row.root) }),
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
});

/** Links and the browser sessions opened with them. Only hashes of secrets: 32 random bytes need no slow one. */
export const createLinkStore = ({ database, rows }: Room): LinkStore => {
  /** Asked at every use: a link made while its root is taken back is as dead as one made before. */
  const standing = async (row: LinkRow | null): Promise<Link | null> => {
    if (row === null) return null;
    const isCutOff = row.root !== undefined && (await rows.links.findOne({ _id: row.root })) === null;
    return isCutOff ? null : linkOf(row);
  };
  const live = async (row: LinkRow | null, now: Date): Promise<Link | null> =>
    row === null || row.expiresAt <= now ? null : standing(row);
  return {
    create: (link, secretHash) =>
      database.untilNotDuplicate(async () => {
        const row = await rows.links.findOneAndUpdate(
          { _id: link.id, tenant: link.tenant },
          {
            $set: { secretHash },
            $setOnInsert: {
              migrationId: link.migrationId,
              purpose: link.purpose,
              ...(link.root === undefined ? {} : { root: link.root }),
              createdAt: new Date(link.createdAt),
              expiresAt: new Date(link.expiresAt),
            },
          },
          { upsert: true, returnDocument: 'after' },
        );
        return linkOf(upserted(row));
      }),

    findBySecret: (secretHash, now) =>
      database.guard(async () => live(await rows.links.findOne({ secretHash }), now)),

    openSession: (link, sessionHash) =>
      database.untilNotDuplicate(async () => {
        await rows.linkSessions.updateOne(
          { _id: sessionHash },
          { $setOnInsert: { linkId: link.id, expiresAt: new Date(link.expiresAt) } },
          { upsert: true },
        );
      }),

    findBySession: (sessionHash, purpose, now) =>
      database.guard(async () => {
        const session = await rows.linkSessions.findOne({ _id: sessionHash });
        return session === null
          ? null
          : live(await rows.links.findOne({ _id: session.linkId, purpose }), now);
      }),

    get: (tenant, migrationId, id) =>
      database.guard(async () => standing(await rows.links.findOne({ _id: id, tenant, migrationId }))),

    revoke: (tenant, migrationId, id) =>
      database.guard(async () => {
        const row = await rows.links.findOne({ _id: id, tenant, migrationId });
        const root = row?.root ?? id;
        const family = await rows.links.find({ root, tenant, migrationId }).toArray();
        // The root first: with it all of them are over, whatever becomes of this process.
        await rows.links.deleteOne({ _id: root, tenant, migrationId });
        await rows.links.deleteMany({ root, tenant, migrationId });
        await rows.linkSessions.deleteMany({ linkId: { $in: [root, id, ...family.map(({ _id }) => _id)] } });
      }),
  };
};
