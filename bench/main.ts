/**
 * `make bench`: what a migration costs beyond the platform's own time. Figures of one run on this machine; they are read
 * as ratios, because both sides of each ratio ran on the same servers a moment apart.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram, whenAborted } from '../scripts/launch/main-program';
import { startPlatform, type Platform } from '../scripts/launch/platform';
import { SetUpError } from '../scripts/servers/set-up-error';
import type { StraightNumber } from '../sandbox/world/straight-world';
import { measureBare } from './bare';
import { measureMany } from './many-migrations';
import { measureOne } from './one-migration';
import { report } from './report';
import { openScene, prepareWorld } from './scene';

/** One after the other; the first warms everything up and is not counted. */
const ALONE = 4;
/** With those above, as many as one portfolio may have (meta §1.1). */
const AT_ONCE = 16;
/** A call to Meta as it is felt from a data centre. */
const CALL_MS = 50;
/** Far more than it takes; a bench that hangs must say so. */
const TIME_LIMIT_MINUTES = 4;

const say = (sentence: string): void => {
  process.stdout.write(`${sentence}\n`);
};

const measure = async (
  platform: Platform,
  numbers: readonly StraightNumber[],
  folder: string,
): Promise<string> => {
  const scene = await openScene(platform);
  say(`Moving ${ALONE} numbers, one after the other …`);
  const one = await measureOne(scene, numbers.slice(0, ALONE), CALL_MS);
  say(`Moving ${AT_ONCE} numbers at once …`);
  const many = await measureMany(scene, numbers.slice(ALONE));
  say(`Running ${AT_ONCE} bare workflows of ${one.activities} activities at once …`);
  const bare = await measureBare(scene, { folder, workflows: AT_ONCE, activities: one.activities });
  await scene.close();
  return report({ one, many, bare, callMs: CALL_MS });
};

runProgram(async (interrupted) => {
  const limit = AbortSignal.timeout(TIME_LIMIT_MINUTES * 60_000);
  const signal = AbortSignal.any([interrupted, limit]);
  const folder = await mkdtemp(join(tmpdir(), 'carryover-bench-'));
  try {
    const { worldFile, numbers } = await prepareWorld(folder, ALONE + AT_ONCE);
    const platform = await startPlatform({
      ...{ folder, worldFile, signal },
      ...{ persistent: false, usualPorts: false, announce: say },
    });
    try {
      const ended = Promise.race([platform.died, whenAborted(signal)]);
      say(await Promise.race([measure(platform, numbers, folder), ended]));
    } finally {
      await platform.stop();
    }
  } catch (error) {
    if (!limit.aborted) throw error;
    throw new SetUpError(`The bench took longer than ${TIME_LIMIT_MINUTES} minutes.`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
