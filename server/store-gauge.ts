/** A figure that is counted in the database whenever somebody reads the metrics. */
import { Gauge, type Registry } from 'prom-client';
import { StoreUnavailableError } from '../store';

export const measureStored = (
  registry: Registry,
  { name, help }: { name: string; help: string },
  count: () => Promise<number>,
): void => {
  new Gauge({
    ...{ name, help: `${help}; NaN: not known`, registers: [registry] },
    async collect() {
      try {
        this.set(await count());
      } catch (error) {
        // The other figures are wanted most while the database is away.
        if (!(error instanceof StoreUnavailableError)) throw error;
        this.set(Number.NaN);
      }
    },
  });
};
