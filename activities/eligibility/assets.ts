/**
 * What hangs on the source beside the number, and who is at its account: welcome facts that no step waits for. Four
 * calls, and one more a hundred flows, all at the source, whose account has thousands an hour (meta §7). What is refused stays unseen.
 */
import type { Logger } from 'pino';
import { PlatformError, type GraphClient } from '../../platforms/meta';
import {
  listFlowNames,
  readProfile,
  listQrCodes,
  listTasksOfUsers,
} from '../../platforms/meta/number-assets';
import type { BusinessId, PhoneNumberId, WabaId } from '../../shared/ids';
import type { AssetFacts, PeopleFacts } from '../facts';

/** Whatever the platform answers but the list: nobody's move is held up by what is only told. */
const ifTold = async <T>(logger: Logger, fact: string, read: () => Promise<T>): Promise<T | null> => {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    logger.info({ fact, code: error.problem.code }, 'fact not visible');
    return null;
  }
};

/** A look is kept in the history: of hundreds of names these are told, and how many there are. */
const NAMES_TOLD = 100;

interface Place {
  wabaId: WabaId;
  phoneNumberId: PhoneNumberId;
}

export const assetsOf = async (client: GraphClient, logger: Logger, at: Place): Promise<AssetFacts> => {
  const [flows, qrCodes, profile] = await Promise.all([
    ifTold(logger, 'flows', () => listFlowNames(client, at.wabaId)),
    ifTold(logger, 'QR codes', () => listQrCodes(client, at.phoneNumberId)),
    ifTold(logger, 'profile', () => readProfile(client, at.phoneNumberId)),
  ]);
  return {
    ...(flows === null ? { flows } : { flows: flows.slice(0, NAMES_TOLD), flowCount: flows.length }),
    ...{ qrCodes, profile, profileFields: profile && Object.keys(profile) },
  };
};

/** MANAGE is the whole; the newer tasks split it (meta §3.2). */
const MANAGES: readonly string[] = ['MANAGE', 'MANAGE_PHONE', 'MANAGE_USERS'];

export const peopleAt = async (
  client: GraphClient,
  logger: Logger,
  wabaId: WabaId,
  business: BusinessId,
): Promise<PeopleFacts | null> => {
  const users = await ifTold(logger, 'assigned users', () => listTasksOfUsers(client, wabaId, business));
  if (users === null) return null;
  const managers = users.filter((tasks) => tasks?.some((task) => MANAGES.includes(task)) === true).length;
  // Somebody whose tasks Meta does not tell may be the one who manages it.
  return managers === 0 && users.includes(null) ? null : { assigned: users.length, managers };
};
