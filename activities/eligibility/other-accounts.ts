/** An id is mistyped easily: the number that the account named does not show may be in another of its business (R25). */
import type { GraphClient } from '../../platforms/meta';
import type { BusinessId, WabaId } from '../../shared/ids';
import { findNumber } from '../../shared/phone-number';
import type { StartRequest } from '../../shared/requests';
import { wabasOfBusiness } from '../waba/find-waba';
import { MOST_WABAS, numbersIfVisible } from './portfolio';
import { isUnregistered } from './triage';

/** Reads only: the list of the business's accounts, and the numbers of each that this token may read. */
export const accountWithNumber = async (
  client: GraphClient,
  { source, destination, phoneNumber }: StartRequest,
  businessId: BusinessId,
): Promise<WabaId | null> => {
  const others = (await wabasOfBusiness(client, businessId))
    .filter(({ id }) => id !== source.wabaId && id !== destination.wabaId)
    .slice(0, MOST_WABAS);
  for (const { id } of others) {
    const number = findNumber(await numbersIfVisible(client, id), phoneNumber);
    const isThere = number !== undefined && number.status !== 'MIGRATED' && !isUnregistered(number);
    if (isThere) return id;
  }
  return null;
};
