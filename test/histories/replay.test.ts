import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { bundleOptions } from '../../worker/bundle-options';
import { atEndOfFile } from '../support/after-each-file';
import { replayFailures } from '../support/aftermath';
import { GAPS } from '../../scripts/histories/gaps';
import { toBeShown } from '../../scripts/histories/to-be-shown';
import { recordedHistories, recordedIndexes } from '../support/recorded-histories';
import { TEST_KEYS } from '../support/stage';

const incompatibleBundle = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'carryover-incompatible-'));
  atEndOfFile(() => rm(folder, { recursive: true, force: true }));
  const { code } = await bundleWorkflowCode({
    ...bundleOptions(),
    workflowsPath: require.resolve('./incompatible-workflow'),
    logger: new DefaultLogger('ERROR'),
  });
  const path = join(folder, 'bundle.js');
  await writeFile(path, code);
  return path;
};

test('every recorded history replays on this build', async () => {
  const histories = await recordedHistories();
  expect(histories.length).toBeGreaterThan(8);
  expect(await replayFailures(histories, TEST_KEYS)).toEqual([]);
});

test('none of them replays on a workflow that does something else, so that the test above can fail', async () => {
  const histories = await recordedHistories();
  const failures = await replayFailures(histories, TEST_KEYS, await incompatibleBundle());
  const failed = failures.map((failure) => failure.split(': ')[0]);
  expect(failed).toEqual(histories.map(({ workflowId }) => workflowId));
});

test('every step, task, wait, effect, change, message and ending stands in a recorded history', async () => {
  const indexes = await recordedIndexes();
  const shown = new Set(indexes.flatMap(({ index }) => Object.values(index).flat()));
  expect(toBeShown().filter((label) => !shown.has(label))).toEqual(GAPS);
  const indexed = indexes.flatMap(({ version, index }) => Object.keys(index).map((name) => `${version}/${name}`));
  const kept = (await recordedHistories()).map(({ workflowId }) => workflowId);
  expect(kept.filter((name) => name.includes('/')).sort()).toEqual(indexed.sort());
});
