/** Lists, searches and single reads of the read model. */
import type { Filter } from 'mongodb';
import { z } from 'zod';
import type { Migration } from '../../shared/migration';
import type { MigrationFilter } from '../contract';
import { limitOf, pageOf, readCursor, type Page, type PageOf } from '../pages';
import type { Room } from '../room';
import type { MigrationRow } from '../rows';
import { numberHashOf } from '../sealing';
import { wordsOf } from '../words';
import { readMigration } from './document';

const cursorSchema = z.tuple([z.number().int(), z.string()]);

const page = async (room: Room, filter: Filter<MigrationRow>, asked: Page): Promise<PageOf<Migration>> => {
  const after = readCursor(asked, cursorSchema);
  const limit = limitOf(asked);
  const createdAt = new Date(after?.[0] ?? 0);
  const older: Filter<MigrationRow> =
    after === null ? {} : { $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: after[1] } }] };
  const found = await room.rows.migrations
    .find({ $and: [filter, older] })
    .project<Pick<MigrationRow, '_id' | 'migration' | 'createdAt'>>({ migration: 1, createdAt: 1 })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  return pageOf(found, limit, readMigration, (row) => [row.createdAt.getTime(), row._id]);
};

export const list = (
  room: Room,
  tenant: string,
  filter: MigrationFilter,
  asked: Page,
): Promise<PageOf<Migration>> =>
  room.database.guard(() => {
    const wanted = Object.entries(filter).filter(([, value]) => value !== undefined);
    return page(room, { tenant, ...Object.fromEntries(wanted) }, asked);
  });

export const search = (
  room: Room,
  tenant: string,
  query: { phoneNumber?: string | undefined; text?: string | undefined },
  asked: Page,
): Promise<PageOf<Migration>> =>
  room.database.guard(async () => {
    const words = query.text === undefined ? [] : wordsOf(query.text);
    if (query.phoneNumber === undefined && words.length === 0) return { items: [], nextCursor: null };
    return page(
      room,
      {
        tenant,
        ...(query.phoneNumber === undefined
          ? {}
          : { numberHash: numberHashOf(room.keys, query.phoneNumber) }),
        ...(words.length === 0 ? {} : { $and: words.map((word) => ({ words: { $regex: `^${word}` } })) }),
      },
      asked,
    );
  });

export const getAttempt = (
  room: Room,
  tenant: string,
  id: string,
  attempt?: number,
): Promise<Migration | null> =>
  room.database.guard(async () => {
    const row = await room.rows.migrations.findOne(
      { _id: id, tenant },
      { projection: { migration: 1, attempt: 1 } },
    );
    if (row === null) return null;
    if (attempt === undefined || row.attempt === attempt) return readMigration(row);
    const earlier = await room.rows.earlierAttempts.findOne({ migrationId: id, tenant, attempt });
    return earlier === null ? null : readMigration(earlier);
  });
