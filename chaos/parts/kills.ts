/** The kill matrix: worker and server, at every call and at any moment. */
import type { Part, SiteOptions, Trial } from '../trial';
import { killAnytime } from './kill-anytime';
import { killAtEveryCall, nothingIsLeftOut, type Moment } from './kill-matrix';
import { killServer } from './kill-server';
import { killAtWritingRoutes } from './kill-writing-routes';
import { STANDS, TWO_CALLS_OF_CREDIT } from './kill-stands';

const matrix = (
  name: string,
  moments: readonly Moment[],
  { stands = STANDS, ...plan }: { stands?: typeof STANDS } & Pick<Trial, 'site' | 'usual' | 'spare'> = {},
): Trial => ({
  ...{ part: 'kills', name, seconds: 500, usual: 60, ...plan },
  run: (where) => killAtEveryCall(where, moments, stands),
});

/** What must not be there twice, whoever does it. */
const ONCE = [
  ...['copy templates', 'create a template', 'attach the line of credit', 'announce the number', 'register'],
  ...['register, after the popup', 'ask for the account’s move'],
];

const outlived: Trial = {
  ...{ part: 'kills', name: 'the worker, standing still until another has taken up its calls' },
  ...{ seconds: 300, usual: 45, spare: 7, site: { workers: 2 } },
  run: (where) =>
    killAtEveryCall(
      where,
      ['before the call', 'before the reply'],
      STANDS.filter(({ name }) => ONCE.includes(name)),
      'outlived',
    ),
};

const complete = (stands: typeof STANDS, options: Pick<Trial, 'site' | 'spare'> = {}): Trial => ({
  ...{ part: 'kills', name: 'the matrix lacks no call that does something', seconds: 100, usual: 18 },
  ...options,
  run: (where) => nothingIsLeftOut(where, stands),
});

const TWO_CALLS: SiteOptions = { policy: { creditSharing: 'two_calls' } };

const FEW = ['copy templates', 'announce the number', 'hand the code in', 'register'];

export const kills: Part = {
  name: 'kills',
  promise: 'A worker or a server that is killed at any moment loses nothing and does nothing twice.',
  how:
    'SIGKILL while every call of every route that does something is held at the platform, before it acts, before its reply and before its report (which calls these are is read from the log of an undisturbed migration, and whose call was not held dies again); a worker that stands still at them for longer than its heartbeats while another takes them up, and then goes on; at moments that the ' +
    'seed chooses; for the server between what it stores, says and answers, and in every route that writes, before it begins and ' +
    'before it has kept its answer (which routes these are says its openapi.json): whoever repeats the request gets one answer.',
  trials: [
    complete(STANDS),
    matrix('the worker, before each call', ['before the call'], { usual: 130, spare: 0 }),
    matrix('the worker, after the platform acted', ['before the reply'], { usual: 140 }),
    matrix('the worker, after each reply and before it was reported', ['before the report'], {
      ...{ usual: 200, spare: 2 },
    }),
    {
      ...{
        part: 'kills',
        name: 'the server, between what it stores, says and answers',
        seconds: 240,
        usual: 70,
        spare: 1,
      },
      run: killServer,
    },
    {
      ...{ part: 'kills', name: 'the server, while it does every writing route', seconds: 300 },
      ...{ usual: 95, spare: 1 },
      run: killAtWritingRoutes,
    },
    {
      // The soak's monkey kills at moments of the seed too.
      ...{
        part: 'kills',
        name: 'worker and server, at moments of the seed',
        seconds: 240,
        usual: 60,
        spare: 9,
      },
      run: (site, random) => killAnytime(site, random, { migrations: 20, deaths: 6 }),
    },
    matrix(
      'the worker, at each of the two calls that share and attach credit',
      ['before the call', 'before the reply', 'before the report'],
      { stands: TWO_CALLS_OF_CREDIT, site: TWO_CALLS, usual: 90, spare: 6 },
    ),
    complete([...STANDS, ...TWO_CALLS_OF_CREDIT], { site: TWO_CALLS, spare: 6 }),
    outlived,
  ],
  sample: [
    matrix('the worker, after the platform acted', ['before the reply'], {
      stands: STANDS.filter(({ name }) => FEW.includes(name)),
    }),
  ],
};
