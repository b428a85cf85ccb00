/** A sample of what `make chaos` tries, through the same code, from a fixed seed. */
import { readFile } from 'node:fs/promises';
import { PARTS } from '../../chaos/parts';
import { pageWith, RELIABILITY_PAGE } from '../../chaos/reliability';
import { runTrials } from '../../chaos/run';
import { compileWorker } from '../durability/worker-process';
import { newFolder } from '../durability/plant';

const SEED = 20_261_122;
/** Twice what it takes where two cores are slow. */
const LIMIT_MS = 480_000;
/** One for all of them: opening a site costs more than most of what is tried on it. */
const SITE = { policy: { twoStepSettles: 3_000 } };

test('the page about reliability says what each part promises', async () => {
  const page = await readFile(RELIABILITY_PAGE, 'utf8');
  expect(pageWith(page, null)).toBe(page);
});

test(
  'whatever is killed, taken away or made to fail in the sample, every migration holds all of its promises',
  async () => {
    const rows = await runTrials(
      PARTS.flatMap(({ sample }) => sample).map((trial) => ({ ...trial, site: SITE })),
      {
        seed: SEED,
        sharesSites: true,
        folder: await newFolder(),
        programs: await compileWorker(undefined, ['server', 'client', 'sandbox', 'scripts', 'chaos']),
        deadline: Date.now() + LIMIT_MS,
        say: () => undefined,
      },
    );
    expect(
      rows.flatMap(({ part, name, outcome }) => outcome.broken.map((why) => `${part}, ${name}: ${why}`)),
    ).toEqual([]);
    expect(rows.every(({ outcome }) => outcome.tried > 0)).toBe(true);
  },
  LIMIT_MS + 20_000,
);
