/** Histories that are kept for ever, to be replayed by every build. `npm run histories:record` writes them anew. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { runsOf } from './aftermath';
import type { Stage } from './stage';

const FOLDER = resolve(__dirname, '../histories');

/** Keeps the chain's runs under `test/histories/` when recording was asked for; otherwise does nothing. */
export const recordHistory = async (stage: Stage, id: string, title: string): Promise<void> => {
  if (process.env['CARRYOVER_RECORD_HISTORIES'] === undefined) return;
  await mkdir(FOLDER, { recursive: true });
  const runs = await runsOf(stage, id);
  for (const [index, { history }] of runs.entries()) {
    await writeFile(join(FOLDER, `${title}.${index + 1}.json`), historyToJSON(history));
  }
};

export const recordedHistories = async (): Promise<{ workflowId: string; history: unknown }[]> => {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (name) => ({
      workflowId: name,
      history: JSON.parse(await readFile(join(FOLDER, name), 'utf8')) as unknown,
    })),
  );
};
