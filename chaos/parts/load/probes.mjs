/**
 * Asks the probes as an orchestrator does: from a thread of its own, so that what the callers cost their own process is
 * not told of the server. Plain JavaScript, because a thread is given a file, compiled or not.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const { api, everyMs, withinMs } = workerData;
/** A sentence for each probe that went wrong. */
const broken = [];
let isOver = false;
let slowestMs = 0;
/** How often it was answered that MongoDB or Temporal does not answer: true or not, it is an answer. */
let notReady = 0;
parentPort.once('message', () => {
  isOver = true;
});

const ask = async (path) => {
  const startedAt = performance.now();
  try {
    const answer = await fetch(`${api}${path}`, { signal: AbortSignal.timeout(withinMs) });
    const text = await answer.text();
    const isNotReady = path === '/readyz' && answer.status === 503;
    if (isNotReady) notReady += 1;
    if (answer.status !== 200 && !isNotReady)
      broken.push(`${path} was answered with ${answer.status} ${text}`);
  } catch (error) {
    broken.push(`${path} got no answer: ${error}`);
  }
  slowestMs = Math.max(slowestMs, performance.now() - startedAt);
};

while (!isOver) {
  for (const path of ['/healthz', '/readyz']) await ask(path);
  await sleep(everyMs);
}
parentPort.postMessage({ slowestMs, notReady, broken });
