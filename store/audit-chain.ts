/**
 * The audit trail's chain: every entry's hash covers its predecessor's hash and its own content, under a key that
 * MongoDB does not have; the head is authenticated too, so that a cut-off end shows.
 */
import type { ClientSession } from 'mongodb';
import { UnknownKeyError, type KeyRing } from '../shared/encryption/key-ring';
import type { ChainVerdict } from './contract';
import type { Room } from './room';
import type { ChainHeadRow, EventRow } from './rows';
import { asStored, canonicalJson, storedRecord } from './stored-form';

const FIRST_PREDECESSOR = '';

/** An entry before it has its place. */
export type NewEntry = Pick<EventRow, 'type' | 'at' | 'actor' | 'step' | 'data' | 'runId' | 'sequence'>;

/** What two deliveries of the same event must agree on. Its instant is that of the first: a workflow task may be run again. */
export const contentOf = ({ type, actor, step, data }: NewEntry): string =>
  canonicalJson(asStored({ type, actor, step, data }));

const hashOf = (keys: KeyRing, predecessor: string, row: Omit<EventRow, 'hash'>): string => {
  const { _id, migrationId, tenant, position, runId, sequence, type, at, actor, step, data, keyId } = row;
  const entry = { _id, migrationId, tenant, position, runId, sequence, type, at, actor, step, data, keyId };
  return keys.mac('audit', predecessor + canonicalJson(entry), keyId);
};

const headMacOf = (keys: KeyRing, { _id, tenant, length, hash, keyId }: Omit<ChainHeadRow, 'mac'>): string =>
  keys.mac('audit-head', canonicalJson({ _id, tenant, length, hash }), keyId);

/** Puts entries at the end of a migration's chain, inside the caller's transaction; answers with the last position. */
export const appendWithin = async (
  { rows, keys }: Room,
  session: ClientSession,
  of: { tenant: string; migrationId: string },
  entries: readonly NewEntry[],
): Promise<number> => {
  const { tenant, migrationId } = of;
  const head = await rows.chainHeads.findOne({ _id: migrationId }, { session });
  const keyId = keys.activeKeyId;
  let predecessor = head?.hash ?? FIRST_PREDECESSOR;
  let position = head?.length ?? 0;
  const added: EventRow[] = [];
  for (const { type, at, actor, step, data, runId, sequence } of entries) {
    position += 1;
    const row = {
      ...{ _id: `${migrationId}/${String(position)}`, migrationId, tenant, position, runId, sequence },
      ...{ type, at, actor, step, data: storedRecord(data), keyId },
    };
    predecessor = hashOf(keys, predecessor, row);
    added.push({ ...row, hash: predecessor });
  }
  if (added.length === 0) return position;
  await rows.events.insertMany(added, { session });
  const next = { _id: migrationId, tenant, length: position, hash: predecessor, keyId };
  await rows.chainHeads.replaceOne(
    { _id: migrationId },
    { ...next, mac: headMacOf(keys, next) },
    { session, upsert: true },
  );
  return position;
};

/** Walks a chain from its beginning while others may go on adding to it; a missing chain counts as broken at 1. */
export const verifyChain = async (
  { rows, keys, database }: Room,
  migrationId: string,
): Promise<ChainVerdict> => {
  const broken = (brokenAt: number, why: string): ChainVerdict => ({ ok: false, brokenAt, why });
  const readHead = () => database.guard(() => rows.chainHeads.findOne({ _id: migrationId }));
  const head = await readHead();
  let predecessor = FIRST_PREDECESSOR;
  let length = 0;
  try {
    if (head !== null && headMacOf(keys, head) !== head.mac)
      return broken(head.length, 'the head of the chain is not as it was written');
    const entries = rows.events.find({ migrationId }, { sort: { position: 1 } });
    for await (const row of database.guardEach(entries)) {
      const expected = length + 1;
      if (row.position < expected) return broken(row.position, 'an entry was inserted at this position');
      if (row.position > expected) return broken(expected, 'the entry at this position is missing');
      if (hashOf(keys, predecessor, row) !== row.hash)
        return broken(expected, 'the entry is not as it was written, or follows another one');
      predecessor = row.hash;
      length = expected;
      if (length === head?.length && predecessor !== head.hash)
        return broken(length, 'the head does not belong to this chain');
    }
  } catch (error) {
    if (error instanceof UnknownKeyError) return broken(length + 1, error.message);
    throw error;
  }
  if (head === null)
    return broken(1, length === 0 ? 'there is no chain' : 'the head of the chain is missing');
  if (length < head.length) return broken(length + 1, 'the entry at this position is missing');
  const grown = length > head.length ? await readHead() : head;
  return (grown?.length ?? 0) < length
    ? broken(head.length + 1, 'an entry was added behind the head')
    : { ok: true, length };
};
