/** Histories that are kept for ever, to be replayed by every build. `npm run histories:record` adds those of the present one. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { z } from 'zod';
import { INDEX_FILE, indexSchema, SUFFIX, unpacked } from '../../scripts/histories/recorded-run';
import { runsOf } from './aftermath';
import type { Stage } from './stage';

const FOLDER = resolve(__dirname, '../histories');

/** Keeps the chain's runs under `test/histories/`, encrypted, with `CARRYOVER_RECORD_HISTORIES=whole`; otherwise does nothing. */
export const recordHistory = async (stage: Stage, id: string, title: string): Promise<void> => {
  if (process.env['CARRYOVER_RECORD_HISTORIES'] !== 'whole') return;
  await mkdir(FOLDER, { recursive: true });
  const runs = await runsOf(stage, id);
  for (const [index, { history }] of runs.entries()) {
    await writeFile(join(FOLDER, `${title}.${index + 1}.json`), historyToJSON(history));
  }
};

export interface KeptHistory {
  workflowId: string;
  history: unknown;
}

const namesIn = async (folder: string, suffix: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith(suffix)).sort();

/** Versions of which recordings were chosen (`scripts/histories/choose.ts`). */
const versions = async (): Promise<string[]> =>
  (await readdir(FOLDER, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

/** All that is kept: whole migrations, encrypted as Temporal had them, and the chosen runs of every version. */
export const recordedHistories = async (): Promise<KeptHistory[]> => {
  const whole = (await namesIn(FOLDER, '.json')).map(async (name) => ({
    workflowId: name,
    history: JSON.parse(await readFile(join(FOLDER, name), 'utf8')) as unknown,
  }));
  const chosen = (await versions()).map(async (version) =>
    Promise.all(
      (await namesIn(join(FOLDER, version), SUFFIX)).map(async (name) => ({
        workflowId: `${version}/${name}`,
        history: unpacked(await readFile(join(FOLDER, version, name))),
      })),
    ),
  );
  return [...(await Promise.all(whole)), ...(await Promise.all(chosen)).flat()];
};

/** By version: what each of its recordings was chosen for. */
export const recordedIndexes = async (): Promise<{ version: string; index: z.infer<typeof indexSchema> }[]> =>
  Promise.all(
    (await versions()).map(async (version) => ({
      version,
      index: indexSchema.parse(JSON.parse(await readFile(join(FOLDER, version, INDEX_FILE), 'utf8'))),
    })),
  );
