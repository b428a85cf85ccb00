/** What a part of the proof is made of. */
import type { KnobsInput } from '../sandbox/world/knobs';
import type { Random } from './random';
import type { Site } from './site';

export interface Outcome {
  /** How many cases were tried: migrations, calls, messages, whatever the trial counts. */
  tried: number;
  /** A sentence each; none: everything held. They name the migration. */
  broken: string[];
  /** Calls with an effect that were made again although one had been made. */
  repeated?: number | undefined;
  /** Effects whose reply nobody got, and which were found done. */
  adopted?: number | undefined;
  /** From the fault's end to the last migration's, in milliseconds. */
  slowestRecoveryMs?: number | undefined;
  /** Why it was left out, or was not brought to its end: there was no time for all. */
  leftOut?: string;
  /** Anything else worth a figure, such as `calls per second`; stands in docs/reliability.md too. */
  figures?: Record<string, string | number> | undefined;
}

export interface Trial {
  /** The file under `chaos/parts/`. */
  part: string;
  /** What is tried, in a few words. */
  name: string;
  /** What it promises to take at most, in seconds, on two cores; then it counts as not reached. Default 120. */
  seconds?: number;
  /** What it takes as a rule, in seconds, on two cores, beside two others; default what it promises. */
  usual?: number;
  /** Nothing else may run beside it, because it measures times or memory. */
  isAlone?: boolean;
  /** It may be left out, and is tried after all that may not; those with the lowest number first. Absent: it must be tried. */
  spare?: number;
  /** The site it wants; trials of one part and one `spare` that want the same share one, unless it broke something. */
  site?: SiteOptions;
  /** @throws anything: counts as broken, with its message. */
  run(site: Site, random: Random): Promise<Outcome>;
}

export interface Part {
  name: string;
  /** The promise in one sentence, for docs/reliability.md. */
  promise: string;
  /** How it is tried, in one or two sentences. */
  how: string;
  trials: readonly Trial[];
  /** A few of the same, so small that `make test` can run them: some 15 seconds each. */
  sample: readonly Trial[];
}

export interface SiteOptions {
  /** Worker processes; default 1. */
  workers?: number;
  knobs?: KnobsInput;
  /** JSON that overrides figures of `shared/policy.ts`. */
  policy?: Record<string, unknown>;
  /** Further environment of worker and server. */
  env?: Record<string, string>;
  /** The practice platform's state is in a file, so that it can be killed too. */
  persistentSandbox?: boolean;
}
