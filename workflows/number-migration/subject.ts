/** What activities need to know of a migration. */
import type { Subject } from '../../activities/contract';
import { wabaIdSchema } from '../../shared/ids';
import type { StartRequest } from '../../shared/requests';
import type { MigrationState } from './state';

/**
 * Once the destination is established, it is as if the request had named it; once the client has granted a token, it is
 * as if the request had named that one. A credit line stays with the partner's own: no client's token may share it.
 */
export const subjectOf = ({ tenant, callingCode, migration, request, signup }: MigrationState): Subject => {
  const wabaId = wabaIdSchema.nullable().parse(migration.destination.wabaId);
  const granted = signup.credential ?? null;
  const destination = {
    ...request.destination,
    ...(wabaId === null ? {} : { wabaId }),
    ...(granted === null ? {} : { credential: granted }),
  };
  const seen: StartRequest =
    wabaId === null && granted === null
      ? request
      : { ...request, destination, ...(granted === null ? {} : partnersFunding(request)) };
  return { tenant, migrationId: migration.id, attempt: migration.attempt, request: seen, callingCode };
};

const partnersFunding = ({ funding, destination }: StartRequest): Pick<StartRequest, 'funding'> | object =>
  funding?.payer === 'partner_credit'
    ? { funding: { ...funding, credential: funding.credential ?? destination.credential } }
    : {};
