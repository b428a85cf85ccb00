/**
 * A worker that stands still for longer than its activities' heartbeats: another takes them up, and when the first moves
 * again nobody has told it, and it goes on with what it was at.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Program, Site } from '../site';
import { effectUnderWay } from './effect-under-way';

const TAKEN_UP_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 250;

export const successorOf = ({ workers }: Site): Program => {
  const [, successor] = workers;
  if (successor === undefined) throw new Error('the site has one worker only');
  return successor;
};

/** @param ids the migrations whose calls are held at the platform. */
export const outlive = async (site: Site, worker: Program, ids: readonly string[]): Promise<void> => {
  worker.pause();
  try {
    await successorOf(site).start();
    for (const id of ids) await untilTakenUp(site, id);
    site.note('the successor has taken all of it up');
  } finally {
    worker.resume();
  }
};

const untilTakenUp = async (site: Site, id: string): Promise<void> => {
  const deadline = Date.now() + TAKEN_UP_WITHIN_MS;
  for (;;) {
    const effect = await effectUnderWay(site, id);
    // None: the other has done with it already.
    if (effect === null || (effect.attempt > 1 && effect.isStarted)) return;
    if (Date.now() > deadline) throw new Error(`nobody takes up ${effect.type} of ${id}`);
    await sleep(LOOK_EVERY_MS);
  }
};
