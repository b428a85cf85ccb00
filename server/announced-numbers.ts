/** The gauge of numbers that lie between their sides for too long: announced, not registered, perhaps silent (meta §1.7). */
import { Gauge, type Registry } from 'prom-client';
import { StoreUnavailableError, type Store } from '../store';

export const measureAnnouncedNumbers = (store: Store, now: () => Date, registry: Registry): void => {
  new Gauge({
    name: 'carryover_announced_numbers_overdue',
    help: 'Numbers announced and not registered although their window is over or the operator was told; NaN: not known',
    registers: [registry],
    async collect() {
      try {
        this.set(await store.migrations.countAnnouncedOverdue(now()));
      } catch (error) {
        // The other figures are wanted most while the database is away.
        if (!(error instanceof StoreUnavailableError)) throw error;
        this.set(Number.NaN);
      }
    },
  });
};
