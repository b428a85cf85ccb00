/**
 * A workflow task that is lost after it has told the read model is run again, and may come to something else, and to less:
 * the read model then stands further on than the run. What is true must come after all of that.
 */
import { z } from 'zod';
import type { Problem } from '../../shared/problems';
import type { Changes } from './changes';
import type { MigrationState } from './state';

/** What the read model holds of this attempt and run; a failure of an earlier version does not say it. */
const conflictSchema = z.object({
  standing: z.object({ revision: z.int().nonnegative(), sequence: z.int().nonnegative() }),
});

/**
 * The state with its outbox under numbers that nothing has in the trail, and at no lower revision than the document: an
 * older one replaces nothing, and a migration that closes would stay open for ever in what people see.
 */
export const toldAnew = (
  state: MigrationState,
  { evidence }: Problem,
): { state: MigrationState; replaced: Changes['events_retold'] } => {
  const { outbox, migration } = state;
  const said = conflictSchema.safeParse(evidence);
  const standing = said.success ? said.data.standing : { revision: 0, sequence: 0 };
  const last = Math.max(state.sequence, standing.sequence);
  const from = outbox[0]?.sequence ?? state.sequence;
  return {
    state: {
      ...state,
      migration: { ...migration, revision: Math.max(migration.revision, standing.revision) },
      outbox: outbox.map((event, index) => ({ ...event, sequence: last + 1 + index })),
      sequence: last + outbox.length,
    },
    // What was told of a task that is lost, to its end; between that and what is told now no number is left out.
    replaced: { from, count: last + 1 - from },
  };
};
