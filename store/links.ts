import { linkIdSchema, migrationIdSchema } from '../shared/ids';
import type { Link, LinkStore } from './link-contract';
import type { Room } from './room';
import type { LinkRow } from './rows';

const linkOf = (row: LinkRow): Link => ({
  id: linkIdSchema.parse(row._id),
  tenant: row.tenant,
  migrationId: migrationIdSchema.parse(row.migrationId),
  purpose: row.purpose,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
});

/** Links and the browser sessions opened with them. Only hashes of secrets: 32 random bytes need no slow one. */
export const createLinkStore = ({ database, rows }: Room): LinkStore => {
  const live = (row: LinkRow | null, now: Date): Link | null =>
    row === null || row.expiresAt <= now ? null : linkOf(row);
  return {
    create: (link, secretHash) =>
      database.guard(async () => {
        await rows.links.insertOne({
          _id: link.id,
          tenant: link.tenant,
          migrationId: link.migrationId,
          purpose: link.purpose,
          secretHash,
          createdAt: new Date(link.createdAt),
          expiresAt: new Date(link.expiresAt),
        });
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
      database.guard(async () => {
        const row = await rows.links.findOne({ _id: id, tenant, migrationId });
        return row === null ? null : linkOf(row);
      }),

    revoke: (tenant, migrationId, id) =>
      database.guard(async () => {
        await rows.links.deleteOne({ _id: id, tenant, migrationId });
        await rows.linkSessions.deleteMany({ linkId: id });
      }),
  };
};
