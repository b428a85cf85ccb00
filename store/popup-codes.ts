import { z } from 'zod';
import type { PopupCodes } from './link-contract';
import type { Room } from './room';
import { openValue, sealValue } from './sealing';

const contextOf = (migrationId: string, ref: string): string => `popup-code/${migrationId}/${ref}`;

/** The code of a signup's popup between the server that was handed it and the worker that exchanges it. */
export const createPopupCodes = ({ database, rows, keys }: Room): PopupCodes => {
  const idOf = (migrationId: string, ref: string): string => `${migrationId}/${ref}`;
  return {
    keep: ({ tenant, migrationId, ref, code, until }) =>
      database.untilNotDuplicate(async () => {
        await rows.popupCodes.updateOne(
          { _id: idOf(migrationId, ref) },
          {
            $setOnInsert: {
              tenant,
              sealed: sealValue(keys, contextOf(migrationId, ref), code),
              expiresAt: until,
            },
          },
          { upsert: true },
        );
      }),

    take: (tenant, migrationId, ref) =>
      database.guard(async () => {
        const row = await rows.popupCodes.findOneAndDelete({ _id: idOf(migrationId, ref), tenant });
        return row === null
          ? null
          : z.string().parse(openValue(keys, contextOf(migrationId, ref), row.sealed));
      }),

    forget: (tenant, migrationId) =>
      database.guard(async () => {
        // '0' is the character after '/': every id that begins with the migration's.
        const ofMigration = { $gte: idOf(migrationId, ''), $lt: `${migrationId}0` };
        await rows.popupCodes.deleteMany({ _id: ofMigration, tenant });
      }),
  };
};
