/** One migration over the HTTP API, with the people it needs, shown step by step. */
import type { CarryoverClient, Migration, StartRequestBody } from '../../client';
import { SetUpError } from '../servers/set-up-error';
import { createPeople } from './people';
import { sandboxAct } from './sandbox';
import { isClosed, StepBoard } from './step-board';

const LOOK_EVERY_MS = 150;

export interface RunOptions {
  readonly client: CarryoverClient;
  readonly sandboxUrl: string;
  readonly request: StartRequestBody;
  /** Rejects when a process the migration needs has died. */
  readonly died: Promise<never>;
  readonly signal: AbortSignal;
  /** Told in one sentence what somebody has done or who is waited for. */
  readonly tell: (sentence: string) => void;
}

export interface RunningMigration {
  readonly id: string;
  readonly client: CarryoverClient;
  readonly board: StepBoard;
  /** The migration as it was when it closed; rejects, as the board does, when it goes no further. */
  readonly closed: Promise<Migration>;
}

/** Starts the migration and follows it; resolves as soon as it has been accepted. */
export async function runMigration(options: RunOptions): Promise<RunningMigration> {
  const { client, request, tell } = options;
  await sendTraffic(options);
  const migration = await client.startMigration(request);
  const board = new StepBoard(migration, tell);
  const closed = Promise.race([follow(options, migration.id, board), options.died]).catch(
    (error: unknown) => {
      board.fail(error);
      throw error;
    },
  );
  closed.catch(() => undefined);
  return { id: migration.id, client, board, closed };
}

/** The number is in use at its old provider until the cut-over, so that the ledger has something to say. */
async function sendTraffic({ sandboxUrl, request }: RunOptions): Promise<void> {
  for (const [category, volume] of Object.entries({ UTILITY: 120, MARKETING: 40 }))
    await sandboxAct(sandboxUrl, 'send-traffic', {
      phoneNumber: request.phoneNumber,
      category,
      volume,
      minutesAgo: 90,
    });
}

async function follow(options: RunOptions, id: string, board: StepBoard): Promise<Migration> {
  const { client, request, sandboxUrl, signal, tell } = options;
  const people = createPeople({ client, sandboxUrl, phoneNumber: request.phoneNumber, tell });
  for await (const migration of client.watch(id, { everyMs: LOOK_EVERY_MS, signal })) {
    board.show(migration);
    if (isClosed(migration)) return migration;
    await people.answer(migration);
  }
  throw new SetUpError('The migration is not followed any more.');
}
