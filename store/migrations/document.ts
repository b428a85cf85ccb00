/** From a migration to what a row holds of it, and back. */
import { hasLeftNumber } from '../../shared/announced-number';
import type { KeyRing } from '../../shared/encryption/key-ring';
import type { MigrationInput } from '../../shared/messages';
import { CLOSED_STATES, migrationSchema, type Migration } from '../../shared/migration';
import { isSameNumber } from '../../shared/phone-number';
import { StoredFormatError } from '../errors';
import type { MigrationRow } from '../rows';
import { numberHashOf } from '../sealing';
import { asStored } from '../stored-form';
import { routingKeysOf } from '../webhooks';
import { wordsOf } from '../words';

export const isClosed = (migration: Migration): boolean => CLOSED_STATES.includes(migration.state);

/** Until it is closed, or only bills of it are awaited: a number may be moved again within the weeks of its invoice tail. */
export const holdsNumber = (migration: Migration): boolean =>
  !isClosed(migration) && (migration.numberFreedAt ?? null) === null;

/** A dry run leaves the number to whoever moves it. */
export const claimsNumber = (migration: Migration): boolean =>
  migration.mode === 'execute' && holdsNumber(migration);

/** A number is found by its keyed hash; as a word it would stand in an index. */
const withoutNumber = (words: string[], phoneNumber: string): string[] =>
  words.filter((word) => !isSameNumber(word, phoneNumber));

export const requestWordsOf = ({ request }: MigrationInput): string[] =>
  withoutNumber(wordsOf(request.business?.name ?? ''), request.phoneNumber);

const wordsOfMigration = (migration: Migration): string[] => {
  const { id, source, destination, metadata, phoneNumber } = migration;
  const texts = [
    ...[id, source.provider, source.businessId, source.wabaId, source.phoneNumberId],
    ...[destination.provider, destination.businessId, destination.wabaId, destination.phoneNumberId],
    ...Object.entries(metadata).flat(),
  ];
  return withoutNumber(wordsOf(texts.filter((text) => text !== null).join(' ')), phoneNumber);
};

/** Everything of a row that follows from the document. */
export const documentFields = (keys: KeyRing, migration: Migration, requestWords: readonly string[]) => ({
  attempt: migration.attempt,
  revision: migration.revision,
  createdAt: new Date(migration.createdAt),
  claimed: claimsNumber(migration),
  closed: isClosed(migration),
  numberLeft: hasLeftNumber(migration),
  state: migration.state,
  step: migration.step,
  party: migration.waitingFor?.party ?? null,
  sourceProvider: migration.source.provider,
  numberHash: numberHashOf(keys, migration.phoneNumber),
  routingKeys: routingKeysOf(migration),
  words: [...new Set([...requestWords, ...wordsOfMigration(migration)])],
  migration: asStored(migration),
});

/** Another version may have written it: what this one cannot read is named, not passed on. */
export const readMigration = (row: Pick<MigrationRow, '_id' | 'migration'>): Migration => {
  const parsed = migrationSchema.safeParse(row.migration);
  if (parsed.success) return parsed.data;
  throw new StoredFormatError(
    `the document of ${row._id}`,
    parsed.error.issues.map((issue) => issue.path.join('.')),
  );
};
