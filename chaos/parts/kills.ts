/** The kill matrix: worker and server, at every call and at any moment. */
import type { Part, Trial } from '../trial';
import { killAnytime } from './kill-anytime';
import { killAtEveryCall } from './kill-matrix';
import { killServer } from './kill-server';
import { STANDS } from './kill-stands';

const matrix = (name: string, moments: Parameters<typeof killAtEveryCall>[1], stands = STANDS): Trial => ({
  ...{ part: 'kills', name, seconds: 240 },
  run: (site) => killAtEveryCall(site, moments, stands),
});

const FEW = ['copy templates', 'announce the number', 'hand the code in', 'register'];

export const kills: Part = {
  name: 'kills',
  promise: 'A worker or a server that is killed at any moment loses nothing and does nothing twice.',
  how:
    'SIGKILL while every call of every route is held at the platform, before it acts, before its reply and before its report; at moments that the ' +
    'seed chooses; and for the server between what it stores, says and answers.',
  trials: [
    matrix('the worker, before each call', ['before the call']),
    matrix('the worker, after the platform acted', ['before the reply']),
    matrix('the worker, after each reply and before it was reported', ['before the report']),
    {
      ...{ part: 'kills', name: 'the server, between what it stores, says and answers', seconds: 200 },
      run: killServer,
    },
    {
      ...{ part: 'kills', name: 'worker and server, at moments of the seed', seconds: 240 },
      run: (site, random) => killAnytime(site, random, { migrations: 24, deaths: 8 }),
    },
  ],
  sample: [
    matrix(
      'the worker, after the platform acted',
      ['before the reply'],
      STANDS.filter(({ name }) => FEW.includes(name)),
    ),
  ],
};
