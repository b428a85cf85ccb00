/** What the soak weighs: a leak of memory, files or connections is told, and so is who asks for tasks and should not. */
import type { Sample } from '../../chaos/parts/soak/level';
import { levels } from '../../chaos/parts/soak/levels';
import { wrongAbout } from '../../chaos/parts/soak/pollers';

const MEGABYTE = 1024 ** 2;
const SPAN = { begun: 0, loadEndedAt: 120_000 };
const SERVERS = { 'files of MongoDB': 300, 'connections of MongoDB': 60 };

/** A sample every two seconds, each with what the given leak has added by then. */
const weighed = (
  leak: Partial<Record<'megabytes' | 'resident' | 'files' | 'connections', number>>,
  atTheEnd = SERVERS,
  span = SPAN,
) => {
  const grown = (by: number | undefined, at: number): number => ((by ?? 0) * at) / span.loadEndedAt;
  const samples = Array.from({ length: 66 }, (_, n): Sample => {
    const at = (n * span.loadEndedAt) / 60;
    return {
      at,
      residentBytes: (180 + grown(leak.resident, at)) * MEGABYTE,
      // Garbage comes and goes.
      heapBytes: (90 + grown(leak.megabytes, at) + (n % 5) * 60) * MEGABYTE,
      files: 60 + grown(leak.files, at),
      connections: 30 + grown(leak.connections, at),
    };
  });
  return levels([['worker-1', samples]], span, { inTheMiddle: SERVERS, atTheEnd }).broken;
};

test('the level stays: nothing is told, a little warming up included', () => {
  expect(weighed({})).toEqual([]);
  expect(weighed({ megabytes: 30, files: 10, connections: 5 })).toEqual([]);
});

test.each([
  ['memory', { megabytes: 400 }, /^MB of heap kept by worker-1: 357 at the end, 223 in the middle$/],
  ['files', { files: 200 }, /^files of worker-1: /],
  ['connections', { connections: 120 }, /^connections of worker-1: /],
])('a leak of %s is told', (_what, leak, told) => {
  expect(weighed(leak)).toEqual([expect.stringMatching(told)]);
});

test('what the system counts is weighed in a long soak only, when it has come after the heap', () => {
  expect(weighed({ resident: 400 })).toEqual([]);
  expect(weighed({ resident: 400 }, SERVERS, { begun: 0, loadEndedAt: 1_800_000 })).toEqual([
    expect.stringMatching(/^MB of worker-1: /),
  ]);
});

test('what the database holds for everybody is weighed too, and what could not be read is not taken for level', () => {
  expect(weighed({}, { ...SERVERS, 'connections of MongoDB': 150 })).toEqual([
    'connections of MongoDB: 150 at the end, 60 in the middle',
  ]);
  expect(levels([['server', []]], SPAN, { inTheMiddle: SERVERS, atTheEnd: {} }).broken).toHaveLength(3);
});

describe('who asks for tasks', () => {
  const span = { since: 100_000, now: 200_000 };
  const asking = (identity: string, lastAskedAt: number) => ({ identity, lastAskedAt });

  test('the workers that run, and one that was killed before: nothing is told', () => {
    expect(wrongAbout([asking('1@here', 190_000), asking('2@here', 90_000)], ['1@here'], span)).toEqual([]);
  });

  test('a worker that was killed and asks all the same', () => {
    expect(wrongAbout([asking('1@here', 190_000), asking('2@here', 150_000)], ['1@here'], span)).toEqual([
      '2@here still asks for tasks, and is no worker of the site',
    ]);
  });

  test('a worker that runs and has asked for nothing in a while, or never', () => {
    expect(wrongAbout([asking('1@here', 100_000)], ['1@here', '3@here'], span)).toEqual([
      'the worker 1@here runs and asks for no tasks',
      'the worker 3@here runs and asks for no tasks',
    ]);
  });
});
