/** Where Meta keeps the data of a number (meta §1.5, local storage): `GET` and `POST /{phone}/settings`. */
import { z } from 'zod';
import type { PhoneNumberId } from '../../shared/ids';
import { optionalText, successSchema } from './fields';
import type { GraphClient } from './graph-client';

const settingsSchema = z.looseObject({
  storage_configuration: z.looseObject({ data_localization_region: optionalText }).nullish(),
});

/** Null: wherever Meta keeps it. */
export const readStorageRegion = async (client: GraphClient, id: PhoneNumberId): Promise<string | null> => {
  const { storage_configuration: storage } = await client.get(`${id}/settings`, {}, settingsSchema);
  return storage?.data_localization_region?.toUpperCase() ?? null;
};

/** Only while the number is not registered; setting the same again changes nothing. */
export const setStorageRegion = async (
  client: GraphClient,
  id: PhoneNumberId,
  region: string,
): Promise<void> => {
  await client.post(`${id}/settings`, { storage_configuration: { enabled: true, region } }, successSchema);
};
