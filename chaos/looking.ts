/** Where migrations stand, as the API tells it. */
import type { CarryoverClient, Migration } from '../client';
import { insistently } from './insistently';

/** So few are asked for one by one: the list would tell of all the others too. */
const FEW = 8;

const CLOSED: readonly Migration['state'][] = ['completed', 'aborted', 'failed'];
export const isClosed = ({ state }: Pick<Migration, 'state'>): boolean => CLOSED.includes(state);

/** Those that have not ended, a line each. */
export const stuck = (present: Map<string, Migration>, ended: Map<string, Migration>): string =>
  [...present.values()]
    .filter(({ id }) => !ended.has(id))
    .map(describe)
    .join('\n');

/** Where a migration stands, in one line. */
export const describe = ({ id, state, step, steps, tasks, waitingFor }: Migration): string => {
  const errors = steps.flatMap(({ name, error }) => (error === null ? [] : [`${name}: ${error.code}`]));
  const open = tasks.filter(({ status, blocking }) => status === 'open' && blocking).map(({ kind }) => kind);
  return `${id} is ${state} in ${String(step)} ${JSON.stringify({ errors, open, waitingFor: waitingFor?.kind })}`;
};

/** All that are wanted, and are there. */
export const look = async (
  client: CarryoverClient,
  wanted: ReadonlySet<string>,
): Promise<Map<string, Migration>> => {
  if (wanted.size <= FEW) {
    const asked = [...wanted].map(
      async (id) => [id, await insistently(() => client.getMigration(id))] as const,
    );
    return new Map(await Promise.all(asked));
  }
  const found = new Map<string, Migration>();
  let cursor: string | undefined;
  do {
    const page = await insistently(() => client.listMigrations({ limit: 200, cursor }));
    for (const item of page.items) if (wanted.has(item.id)) found.set(item.id, item);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && found.size < wanted.size);
  return found;
};
