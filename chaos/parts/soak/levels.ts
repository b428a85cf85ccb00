/** The level of memory, files and connections in the middle of the soak, and at its end. */
import { median, slopeOf, type Sample } from './level';

const MEGABYTE = 1024 ** 2;
/** What may be more at the end, as a ratio, and what a short run cannot tell from nothing. */
const MEMORY_RATIO = 1.4;
const HELD_RATIO = 1.3;
const FILES_GRACE = 20;
const CONNECTIONS_GRACE = 10;
/** A worker that is killed again and again in the middle fills its pool only afterwards. */
const DATABASE_CONNECTIONS_GRACE = 60;
/** A shorter soak says nothing about memory: the processes are still warming up. */
const SHORTEST_MS = 60_000;
/** What the system counts follows the heap with minutes' delay, and grows with the pauses between collections. */
const RESIDENT_AFTER_MS = 10 * 60_000;

/** When pools have let go of what a burst had opened. */
export const SETTLED_SAMPLES = 3;

type Held = Readonly<Record<string, number>>;
const graceOf = (what: string): number =>
  what.startsWith('files') ? FILES_GRACE : DATABASE_CONNECTIONS_GRACE;

export const levels = (
  measured: Iterable<readonly [name: string, samples: readonly Sample[]]>,
  { begun, loadEndedAt }: { readonly begun: number; readonly loadEndedAt: number },
  servers: { readonly inTheMiddle: Held; readonly atTheEnd: Held },
): { broken: string[]; figures: Record<string, string | number> } => {
  const broken: string[] = [];
  const figures: Record<string, string | number> = {};
  const third = (loadEndedAt - begun) / 3;
  const compare = (what: string, before: number, after: number, ratio: number, grace: number): void => {
    // What could not be read at the end has not been seen level.
    if (!(after <= before * ratio + grace))
      broken.push(`${what}: ${after.toFixed(0)} at the end, ${before.toFixed(0)} in the middle`);
    figures[`${what}, end to middle`] = `${after.toFixed(0)} to ${before.toFixed(0)}`;
  };
  for (const [name, samples] of measured) {
    const inTheMiddle = samples.filter(({ at }) => at >= begun + third && at < begun + 2 * third);
    const atTheEnd = samples.filter(({ at }) => at > loadEndedAt).slice(-SETTLED_SAMPLES);
    if (inTheMiddle.length === 0 || atTheEnd.length === 0) {
      broken.push(`${name} could not be measured`);
      continue;
    }
    const resident = (some: readonly Sample[]): number =>
      median(some.map(({ residentBytes }) => residentBytes)) / MEGABYTE;
    const files = (some: readonly Sample[]): number[] => some.map((one) => one.files);
    const connections = (some: readonly Sample[]): number[] => some.map((one) => one.connections);
    // The least of many looks is what a collection leaves.
    const kept = (some: readonly Sample[]): number =>
      Math.min(...some.map(({ heapBytes }) => heapBytes)) / MEGABYTE;
    if (loadEndedAt - begun >= SHORTEST_MS) {
      const inTheLastThird = samples.filter(({ at }) => at >= begun + 2 * third);
      compare(`MB of heap kept by ${name}`, kept(inTheMiddle), kept(inTheLastThird), MEMORY_RATIO, 0);
    }
    if (loadEndedAt - begun >= RESIDENT_AFTER_MS)
      compare(`MB of ${name}`, resident(inTheMiddle), resident(atTheEnd), MEMORY_RATIO, 0);
    // Against the most that was needed: pools fill as the work comes, and a process cut off holds few for a moment.
    const atWork = (values: readonly number[]): number => Math.max(...values);
    compare(`files of ${name}`, atWork(files(inTheMiddle)), median(files(atTheEnd)), HELD_RATIO, FILES_GRACE);
    const [before, after] = [atWork(connections(inTheMiddle)), median(connections(atTheEnd))];
    compare(`connections of ${name}`, before, after, HELD_RATIO, CONNECTIONS_GRACE);
    const later = samples.filter(({ at }) => at >= begun + third);
    const points = later.map(({ at, residentBytes }) => ({ at, value: residentBytes / MEGABYTE }));
    figures[`MB of ${name} at the end`] = resident(atTheEnd).toFixed(0);
    figures[`MB of ${name} more per minute`] = slopeOf(points).toFixed(1);
  }
  for (const [what, before] of Object.entries(servers.inTheMiddle))
    compare(what, before, servers.atTheEnd[what] ?? Number.NaN, HELD_RATIO, graceOf(what));
  return { broken, figures };
};
