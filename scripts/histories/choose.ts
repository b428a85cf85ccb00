/**
 * Chooses from a recording (`npm run histories:record`) the fewest runs that together show what `to-be-shown.ts` asks for, and
 * keeps them beside all earlier ones, which are never replaced: an old recording of this very version may be all that still
 * goes the old way at a `patched()`. `--to <folder>` writes them elsewhere, to be looked at; `--only-missing` asks for no more
 * than what no earlier one shows.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { VERSION } from '../../shared/version';
import { GAPS } from './gaps';
import {
  HISTORIES_FOLDER,
  INDEX_FILE,
  indexSchema,
  packed,
  RECORDED_FOLDER,
  recordedRunSchema,
  SUFFIX,
  type RecordedRun,
} from './recorded-run';
import { shownBy } from './shown';
import { toBeShown } from './to-be-shown';

interface Candidate {
  name: string;
  shows: ReadonlySet<string>;
  events: number;
}

const readRun = (name: string): RecordedRun =>
  recordedRunSchema.parse(JSON.parse(gunzipSync(readFileSync(join(RECORDED_FOLDER, name))).toString('utf8')));

const candidates = (): Candidate[] =>
  readdirSync(RECORDED_FOLDER)
    .filter((name) => name.endsWith('.json.gz'))
    .sort()
    .map((name) => {
      const run = readRun(name);
      return { name, shows: new Set(shownBy(run)), events: run.history.events.length };
    });

/** What the recordings that are kept were chosen for. */
const shownSoFar = (): string[] =>
  readdirSync(HISTORIES_FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const index = readFileSync(join(HISTORIES_FOLDER, name, INDEX_FILE), 'utf8');
      return Object.values(indexSchema.parse(JSON.parse(index))).flat();
    });

interface Chosen {
  name: string;
  for: string[];
}

/** Greedy: what only few runs show is taken first, and of those that show as much the shortest. */
const choose = (from: readonly Candidate[], wanted: ReadonlySet<string>): Chosen[] => {
  const open = new Set([...wanted].filter((label) => from.some(({ shows }) => shows.has(label))));
  const chosen: Chosen[] = [];
  while (open.size > 0) {
    const gains = from.map((candidate) => ({
      candidate,
      gain: [...candidate.shows].filter((label) => open.has(label)),
    }));
    gains.sort((a, b) => b.gain.length - a.gain.length || a.candidate.events - b.candidate.events);
    const [best] = gains;
    if (best === undefined) break;
    chosen.push({ name: best.candidate.name, for: best.gain.sort() });
    for (const label of best.gain) open.delete(label);
  }
  return chosen;
};

/** Of the first recording of a version its name, of further ones with a number. */
const nextFolder = (again = 1): string => {
  const folder = join(HISTORIES_FOLDER, again === 1 ? VERSION : `${VERSION}-${String(again)}`);
  return existsSync(folder) ? nextFolder(again + 1) : folder;
};

const main = (): void => {
  const { to, 'only-missing': onlyMissing = false } = parseArgs({
    options: { to: { type: 'string' }, 'only-missing': { type: 'boolean' } },
  }).values;
  const earlier = new Set(onlyMissing ? shownSoFar() : []);
  const wanted = new Set(toBeShown().filter((label) => !earlier.has(label)));
  const from = candidates();
  const chosen = choose(from, wanted);
  const folder = to ?? nextFolder();
  mkdirSync(folder, { recursive: true });
  let bytes = 0;
  const index: Record<string, string[]> = {};
  for (const { name, for: labels } of chosen) {
    const file = packed(readRun(name).history);
    const title = name.replace(/\.json\.gz$/, SUFFIX);
    writeFileSync(join(folder, title), file);
    index[title] = labels;
    bytes += file.length;
  }
  const sorted = Object.fromEntries(Object.entries(index).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(join(folder, INDEX_FILE), `${JSON.stringify(sorted, null, 2)}\n`);
  const shown = new Set(chosen.flatMap(({ for: labels }) => labels));
  const missing = [...wanted].filter((label) => !shown.has(label));
  process.stdout.write(
    `${chosen.length} of ${from.length} runs show ${shown.size} of ${wanted.size} things, in ${Math.ceil(bytes / 1024)} KiB: ${folder}\n`,
  );
  const gaps = new Set(GAPS);
  for (const label of missing)
    process.stdout.write(`nobody shows${gaps.has(label) ? ' (a known gap)' : ''}: ${label}\n`);
  process.exitCode = missing.every((label) => gaps.has(label)) ? 0 : 1;
};

main();
