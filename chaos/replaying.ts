/** Whether histories replay on the present code. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { temporal } from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { z } from 'zod';
import type { KeyRing } from '../shared/encryption/key-ring';
import { encryptedDataConverter } from '../shared/encryption/payload-codec';
import type { Site } from './site';

/** Where the runs of a site are for the process that replays them. */
export const historiesFile = (folder: string): string => join(folder, 'histories.json');

export interface RecordedRun {
  workflowId: string;
  /** As Temporal gives it, or as its JSON. */
  history: unknown;
}

/** Replays on the bundle; the answer names what does not. */
export const replayFailures = async (
  runs: Iterable<RecordedRun>,
  keys: KeyRing,
  bundlePath: string,
): Promise<string[]> => {
  const failures: string[] = [];
  const replayed = Worker.runReplayHistories(
    { workflowBundle: { codePath: bundlePath }, dataConverter: encryptedDataConverter(keys) },
    runs,
  );
  for await (const { workflowId, error } of replayed) {
    if (error !== undefined) failures.push(`${workflowId}: ${error.message}`);
  }
  return failures;
};

/**
 * The same in a process of its own (`replay.ts`): it takes all of a core, and everything that the sites say to each other
 * goes through this process.
 */
export const replayedApart = async (
  runs: readonly { workflowId: string; history: temporal.api.history.v1.IHistory }[],
  { folder, programs }: Pick<Site, 'folder' | 'programs'>,
): Promise<string[]> => {
  const written: RecordedRun[] = runs.map(({ workflowId, history }) => ({
    workflowId,
    history: JSON.parse(historyToJSON(history)) as unknown,
  }));
  await writeFile(historiesFile(folder), JSON.stringify(written));
  const bundle = join(programs, 'worker', 'workflow-bundle.js');
  const child = fork(join(programs, 'chaos', 'replay.js'), [folder, bundle], { execArgv: [] });
  const told = new Promise<unknown>((resolve) => child.once('message', resolve));
  // Comes after every message.
  const ended = once(child, 'disconnect').then(() => null);
  const failures = z.array(z.string()).safeParse(await Promise.race([told, ended]));
  return failures.success ? failures.data : ['the process that replays has told nothing'];
};
