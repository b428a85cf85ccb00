/** `make chaos`: the proof of "nothing lost, nothing twice", from one seed, in bounded time. */
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { runProgram } from '../scripts/launch/main-program';
import { SetUpError } from '../scripts/servers/set-up-error';
import { PARTS, TRACKS } from './parts';
import { soakOf } from './parts/soak';
import { writeFigures } from './reliability';
import { figuresLines, tableOf, troubles } from './report';
import { runTrials } from './run';

/** What is left of the time for stopping everything and for the table. */
const CLOSING_MS = 30_000;
/** Of a soak: its site is opened, everybody does their part when the monkey has gone, and what is left behind is looked at. */
const AROUND_SOAK_MINUTES = 5;

const say = (sentence: string): void => {
  process.stdout.write(`${sentence}\n`);
};

const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new InvalidArgumentError('a whole number from 0 up was expected');
  return value;
};

const program = new Command('chaos')
  .option(
    '--seed <number>',
    'what all chance comes from; a run with the same seed tries the same',
    wholeNumber,
  )
  .option('--minutes <number>', 'time for the whole', wholeNumber, 15)
  .option('--only <part...>', `some parts only: ${PARTS.map(({ name }) => name).join(', ')}`)
  .option('--trial <words...>', 'some trials only: those whose names contain these words')
  .option('--soak <minutes>', 'only the soak, under the monkey for so long', wholeNumber)
  .addOption(
    new Option(
      '--figures',
      'write the figures of this run, of the whole, into docs/reliability.md',
    ).conflicts(['only', 'trial', 'soak']),
  );

runProgram(async (signal) => {
  const { seed = randomInt(2 ** 31), only, trial, soak, figures, ...limits } = program.parse().opts();
  const minutes = soak === undefined ? limits.minutes : soak + AROUND_SOAK_MINUTES;
  const unknown = (only ?? []).filter((name) => PARTS.every((part) => part.name !== name));
  if (unknown.length > 0) throw new SetUpError(`There is no part ${unknown.join(', ')}.`);
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  say(`Seed ${String(seed)}`);
  const startedAt = Date.now();
  const folder = await mkdtemp(join(tmpdir(), 'carryover-chaos-'));
  const parts = PARTS.filter(({ name }) => only === undefined || only.includes(name));
  const isWanted = ({ name }: { name: string }): boolean =>
    trial === undefined || trial.some((words) => name.includes(words));
  const trials = soak === undefined ? parts.flatMap((part) => part.trials).filter(isWanted) : [soakOf(soak)];
  if (trials.length === 0) throw new SetUpError('There is no trial with these words in its name.');
  const rows = await runTrials(trials, {
    ...{ seed, folder, signal, say, deadline: startedAt + minutes * 60_000 - CLOSING_MS },
    // Some alone are looked at, one after the other.
    tracks: only === undefined && trial === undefined ? TRACKS : 1,
  });
  say(`\n${tableOf(rows)}`);
  for (const line of figuresLines(rows)) say(line);
  const tookMs = Date.now() - startedAt;
  if (figures === true) await writeFigures({ rows, seed, tookMs });
  const isBroken = rows.some(({ outcome }) => outcome.broken.length > 0);
  if (isBroken) say(`\n${troubles(rows, seed)}`);
  else await rm(folder, { recursive: true, force: true });
  say(`\nSeed ${String(seed)}, ${(tookMs / 60_000).toFixed(1)} minutes`);
  if (isBroken || signal.aborted) throw new SetUpError('Not everything held.');
});
