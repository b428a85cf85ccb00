/** The gauge of migrations that go on without holding their number, see `docs/reliability.md`, "Events that are told again". */
import type { Registry } from 'prom-client';
import type { Store } from '../store';
import { measureStored } from './store-gauge';

export const measureLostNumbers = (store: Store, registry: Registry): void => {
  const name = 'carryover_lost_numbers';
  const help = 'Live migrations whose number another migration holds';
  measureStored(registry, { name, help }, () => store.migrations.countLostNumbers());
};
