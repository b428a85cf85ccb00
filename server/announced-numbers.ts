/** The gauge of numbers that lie between their sides for too long: announced, not registered, perhaps silent (meta §1.7). */
import type { Registry } from 'prom-client';
import type { Store } from '../store';
import { measureStored } from './store-gauge';

export const measureAnnouncedNumbers = (store: Store, now: () => Date, registry: Registry): void => {
  const name = 'carryover_announced_numbers_overdue';
  const help = 'Numbers announced and not registered although their window is over or the operator was told';
  measureStored(registry, { name, help }, () => store.migrations.countAnnouncedOverdue(now()));
};
