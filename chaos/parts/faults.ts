/** The platform's faults, and what other people do at the platform meanwhile. */
import type { Part, Trial } from '../trial';
import { matrix } from './platform-faults/matrix';
import { worldsTurns } from './platform-faults/turns-trial';
import { STRAIGHT, WAYS_OF_FAULTS } from './ways';

const PART = 'faults';
/** Switching two-step verification off takes five minutes to spread (P-1); here it takes three seconds. */
const site = { policy: { twoStepSettles: 3_000 } };

const everyCall: Trial = {
  part: PART,
  site,
  name: 'every call of every route, with every fault',
  seconds: 620,
  usual: 190,
  run: (where, random) => matrix(where, random, { ways: WAYS_OF_FAULTS, beginWithinMs: 60_000 }),
};

/** Of a deployment whose policy shares and attaches the line of credit by two calls (meta §5.1). */
const bothCreditCalls: Trial = {
  part: PART,
  site: { policy: { ...site.policy, creditSharing: 'two_calls' } },
  name: 'the two calls that share and attach credit, with every fault',
  seconds: 300,
  usual: 70,
  spare: 12,
  run: (where, random) =>
    matrix(where, random, {
      ways: WAYS_OF_FAULTS.slice(0, 1),
      only: ({ call }) => /\/whatsapp_credit_(sharing|attach)$/.test(call.path),
      beginWithinMs: 60_000,
    }),
};

const meanwhile: Trial = {
  part: PART,
  site,
  name: 'what other people do between check and registration',
  seconds: 240,
  usual: 30,
  run: (where, random) => worldsTurns(where, random, { moments: 1 }),
};

/** Drawn anew. */
const meanwhileAgain: Trial = {
  ...meanwhile,
  name: 'what other people do between check and registration, at other moments',
  spare: 11,
};

/** Of those whose mending is one act. */
const someTurns: Trial = {
  part: PART,
  site,
  name: 'what two other people do between check and registration',
  seconds: 90,
  run: (where, random) =>
    worldsTurns(where, random, {
      moments: 1,
      only: ({ turn }) => typeof turn.mended === 'function',
      atMost: 2,
    }),
};

/** Calls about templates rest up to a minute before they are repeated. */
const REST_LONG = /template|flow|upload/;

/** Those that are over within seconds. */
const someCalls: Trial = {
  part: PART,
  site,
  name: 'a few calls, with faults that pass',
  seconds: 90,
  run: (where, random) =>
    matrix(where, random, {
      ways: [STRAIGHT],
      only: ({ kind, call }) =>
        !kind.isSlow &&
        !call.path.endsWith('/register') &&
        !REST_LONG.test(call.path) &&
        kind.name !== 'hangs long',
      atMost: 6,
      beginWithinMs: 30_000,
    }),
};

export const faults: Part = {
  name: PART,
  promise:
    'Whatever a call to the platform meets, the migration is finished, or waits for a named party and is finished when that party has acted; each effect is there once.',
  how: 'The calls of each route are read from the log of an undisturbed migration; each of them, at a turn drawn by the seed, is reset, left without an answer, answered after its caller has gone, done seconds after its caller has gone, done with its reply lost and said to succeed again, refused three times with HTTP 5xx or for too many calls, answered by half, by an HTML page, in drips, and with fields and words of tomorrow. Between the check and the acceptance, while people are waited for and while calls are held before they are done or before they are answered, the token of the destination, of the source or of whoever pays expires, two-step verification comes back, the name or the account is refused, the number is restricted, removed, or taken by somebody else, and the app is unsubscribed, each at moments and on routes drawn by the seed; who must act, and which token is meant, must be said.',
  trials: [everyCall, meanwhile, meanwhileAgain, bothCreditCalls],
  sample: [someCalls, someTurns],
};
