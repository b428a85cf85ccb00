/** The demonstration as a list of lines that move in a terminal, or as plain lines elsewhere. */
import { createCarryoverClient } from '../../client';
import { type Platform, startPlatform } from '../launch/platform';
import { runMigration, type RunningMigration } from './run-migration';
import { prepareScene } from './scene';
import { summaryOf } from './summary';

interface Progress {
  platform?: Platform;
  running?: RunningMigration;
  summary?: string;
}

/** Runs everything, stops everything, and answers with the summary. */
export async function showDemonstration(folder: string, signal: AbortSignal): Promise<string> {
  const { Listr } = await import('listr2');
  let tell: (sentence: string) => void = () => undefined;
  const progress: Progress = {};
  const { worldFile, request } = await prepareScene(folder);
  const lines = new Listr<Progress, 'default', 'simple'>(
    [
      {
        title: 'Start Temporal, MongoDB, sandbox, worker, server and UI',
        task: async (context, line) => {
          const announce = (sentence: string) => (line.output = sentence);
          const options = { folder, persistent: false, usualPorts: false, worldFile, announce, signal };
          context.platform = await startPlatform(options);
        },
      },
      {
        title: 'Ask for the migration over HTTP',
        task: async (context, line) => {
          const { addresses, secrets, died } = given(context.platform);
          context.running = await runMigration({
            client: createCarryoverClient({ baseUrl: addresses.api, apiKey: secrets.backendKey }),
            sandboxUrl: addresses.sandbox,
            request: request(addresses.sites),
            died,
            signal,
            tell: (sentence) => {
              tell(sentence);
            },
          });
          line.output = `202 Accepted: ${addresses.api}/v1/migrations/${context.running.id}`;
        },
        rendererOptions: { persistentOutput: true },
      },
      {
        title: 'The migration',
        task: (context, parent) => {
          const { board } = given(context.running);
          return parent.newListr(
            board.names.map((name) => ({
              title: name,
              task: async (_context, line) => {
                tell = (sentence) => (line.output = sentence);
                if ((await board.whenFinished(name)) === 'skipped') line.skip(`${name} was not needed`);
              },
              rendererOptions: { persistentOutput: true, outputBar: Infinity },
            })),
          );
        },
      },
      {
        title: 'Read the reports',
        task: async (context) => {
          const { client, closed } = given(context.running);
          const migration = await closed;
          const [templates, ledger] = await Promise.all([
            client.getTemplates(migration.id, { limit: 200, signal }),
            client.getBilling(migration.id, { signal }),
          ]);
          const { addresses } = given(context.platform);
          context.summary = summaryOf(migration, templates.items, ledger.items, addresses);
        },
      },
      {
        title: 'Stop everything',
        task: async (context) => {
          await given(context.platform).stop();
        },
      },
    ],
    {
      ctx: progress,
      registerSignalListeners: false,
      // Without a terminal listr2 falls back to plain lines by itself.
      renderer: 'default',
      fallbackRenderer: 'simple',
      // The reason of a failure is told once, at the end.
      rendererOptions: { collapseSubtasks: false, showErrorMessage: false },
    },
  );
  try {
    await lines.run();
    return given(progress.summary);
  } finally {
    await progress.platform?.stop();
  }
}

/** What an earlier line has left; the list stops at the first failure, so it is there. */
function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a line ran before the one it needs');
  return value;
}
