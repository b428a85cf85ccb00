import { z } from 'zod';
import type { PopupCodes } from './link-contract';
import type { Room } from './room';
import type { PopupCodeRow } from './rows';
import { openValue, sealValue } from './sealing';

const contextOf = (migrationId: string, ref: string): string => `popup-code/${migrationId}/${ref}`;

/** The code of a signup's popup between the server that was handed it and the worker that exchanges it. */
export const createPopupCodes = ({ database, rows, keys }: Room): PopupCodes => {
  const idOf = (migrationId: string, ref: string): string => `${migrationId}/${ref}`;
  const codeIn = ({ sealed }: PopupCodeRow, migrationId: string, ref: string): string | null =>
    sealed === undefined ? null : z.string().parse(openValue(keys, contextOf(migrationId, ref), sealed));
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

    use: (tenant, migrationId, ref, user) =>
      database.guard(async () => {
        const place = { _id: idOf(migrationId, ref), tenant };
        const mine = await rows.popupCodes.findOneAndUpdate(
          { ...place, $or: [{ user: { $exists: false } }, { user }] },
          { $set: { user } },
        );
        if (mine === null) return (await rows.popupCodes.findOne(place)) === null ? null : { kind: 'used' };
        const code = codeIn(mine, migrationId, ref);
        return code === null ? { kind: 'used' } : { kind: 'yours', code };
      }),

    spend: (tenant, migrationId, ref) =>
      database.guard(async () => {
        await rows.popupCodes.updateOne(
          { _id: idOf(migrationId, ref), tenant },
          { $unset: { sealed: true } },
        );
      }),

    take: (tenant, migrationId, ref) =>
      database.guard(async () => {
        const row = await rows.popupCodes.findOneAndDelete({ _id: idOf(migrationId, ref), tenant });
        return row === null ? null : codeIn(row, migrationId, ref);
      }),

    forget: (tenant, migrationId) =>
      database.guard(async () => {
        // '0' is the character after '/': every id that begins with the migration's.
        const ofMigration = { $gte: idOf(migrationId, ''), $lt: `${migrationId}0` };
        await rows.popupCodes.deleteMany({ _id: ofMigration, tenant });
      }),
  };
};
