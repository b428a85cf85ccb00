/** Access tokens and two-step PINs, sealed under the key ring and bound to tenant and place. */
import { z } from 'zod';
import { upserted } from './database';
import { StoredFormatError } from './errors';
import type { Room } from './room';
import type { TwoStepPinRow } from './rows';
import { numberHashOf, openValue, sealValue } from './sealing';
import type { SecretStore, TwoStepPin } from './secret-contract';

const credentialSchema = z.object({ accessToken: z.string() });

const credentialContext = (tenant: string, name: string): string => `credential/${tenant}/${name}`;
const pinContext = (migrationId: string, attempt: number): string =>
  `two-step-pin/${migrationId}/${String(attempt)}`;

export const createSecretStore = ({ database, rows, keys }: Room): SecretStore => {
  const pinOf = (row: TwoStepPinRow): TwoStepPin => {
    const pin = openValue(keys, pinContext(row.migrationId, row.attempt), row.sealed);
    if (typeof pin !== 'string') throw new StoredFormatError('a two-step PIN', ['pin']);
    return { pin, attempt: row.attempt, state: row.state };
  };
  const setPinState =
    (state: TwoStepPin['state']) => (tenant: string, migrationId: string, attempt: number) =>
      database.guard(async () => {
        await rows.twoStepPins.updateOne({ migrationId, attempt, tenant }, { $set: { state } });
      });

  return {
    put: (tenant, name, { accessToken, expiresAt }) =>
      database.untilNotDuplicate(async () => {
        const now = new Date();
        const sealed = sealValue(keys, credentialContext(tenant, name), { accessToken });
        await rows.credentials.updateOne(
          { _id: `${tenant}/${name}` },
          {
            $set: {
              ...{ sealed, updatedAt: now },
              tokenExpiresAt: expiresAt === undefined ? null : new Date(expiresAt),
            },
            $setOnInsert: { tenant, name, kind: 'access_token', createdAt: now },
          },
          { upsert: true },
        );
      }),

    get: (tenant, name) =>
      database.guard(async () => {
        const row = await rows.credentials.findOne({ _id: `${tenant}/${name}` });
        if (row === null) return null;
        return credentialSchema.parse(openValue(keys, credentialContext(tenant, name), row.sealed));
      }),

    list: (tenant) =>
      database.guard(async () => {
        const found = await rows.credentials.find({ tenant }).sort({ name: 1 }).toArray();
        return found.map(({ name, kind, createdAt, updatedAt, tokenExpiresAt }) => ({
          name,
          kind,
          createdAt: createdAt.toISOString(),
          updatedAt: updatedAt.toISOString(),
          expiresAt: tokenExpiresAt?.toISOString() ?? null,
        }));
      }),

    delete: (tenant, name) =>
      database.guard(
        async () => (await rows.credentials.deleteOne({ _id: `${tenant}/${name}` })).deletedCount === 1,
      ),

    putTwoStepPin: (tenant, phoneNumber, { migrationId, attempt, pin }) =>
      database.untilNotDuplicate(async () => {
        const row = await rows.twoStepPins.findOneAndUpdate(
          { _id: `${migrationId}/${String(attempt)}`, tenant },
          {
            $setOnInsert: {
              ...{ migrationId, attempt, numberHash: numberHashOf(keys, phoneNumber), state: 'pending' },
              ...{ sealed: sealValue(keys, pinContext(migrationId, attempt), pin), createdAt: new Date() },
            },
          },
          { upsert: true, returnDocument: 'after' },
        );
        return pinOf(upserted(row));
      }),

    getTwoStepPin: (tenant, migrationId, attempt) =>
      database.guard(async () => {
        const row = await rows.twoStepPins.findOne(
          { migrationId, tenant, ...(attempt === undefined ? {} : { attempt }) },
          { sort: { attempt: -1 } },
        );
        return row === null ? null : pinOf(row);
      }),

    confirmTwoStepPin: setPinState('confirmed'),
    doubtTwoStepPin: setPinState('unknown'),

    forgetTwoStepPin: (tenant, migrationId, attempt) =>
      database.guard(async () => {
        await rows.twoStepPins.deleteOne({ migrationId, attempt, tenant });
      }),
  };
};
