/** Requests whose server was killed when everything was done, and before it had kept its answer. */
import type { MongoClient } from 'mongodb';

/** @param scope method and path of the requests, such as `DELETE /v1/credentials/one`; their leases are over. */
export const leaveUnanswered = async (mongo: MongoClient, scope: string): Promise<void> => {
  const { modifiedCount } = await mongo
    .db()
    .collection('idempotency')
    .updateMany(
      { scope, answer: { $ne: null } },
      { $set: { answer: null, lease: { holder: 'dead', until: new Date(0) } } },
    );
  if (modifiedCount === 0) throw new Error(`nobody has asked for ${scope}`);
};
