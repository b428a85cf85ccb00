import type { KeyRing } from '../shared/encryption/key-ring';
import type { Database } from './database';
import type { Collections } from './rows';

/** What every part of the store works with. */
export interface Room {
  database: Database;
  rows: Collections;
  keys: KeyRing;
}
