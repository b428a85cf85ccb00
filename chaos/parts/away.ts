/** Temporal, MongoDB and the network away, for seconds, for half a minute and for a minute. */
import { cutOverTrial } from './away/cut-over';
import { resetting, temporalIs } from './away/outages';
import { AROUND_REGISTRATION } from './away/standing';
import { outageTrial, outageTrials } from './away/trials';
import type { Part } from '../trial';

export const away: Part = {
  name: 'away',
  promise:
    'While Temporal, MongoDB or the network is away, nothing is lost and nothing done twice, callers are told, and a cut-over goes on without the database.',
  how: 'Families are held at many steps at once, above all around the registration; then Temporal, MongoDB or a line is stopped, killed, stepped down, slowed, held, reset, or takes no writes. Each lasts five seconds; Temporal, and in another trial MongoDB, is killed and gone for a minute; a MongoDB that takes what it is told and answers nothing stays so for forty seconds, longer than a command or a transaction is waited for; and one that the seed draws, of a slow MongoDB, its full disk, and the resetting of the line to it or to Temporal, lasts half a minute. Some of the held calls end in the middle of each, people go on acting, and somebody starts anew. Once worker and server die while MongoDB is away and are started again in it: they come up and say so, and what they lack the database for goes on when it is back. Meanwhile a list, a migration, a retry and the storing of a token are asked for again and again: what is shown must be true, what is accepted must be there afterwards, and a refusal must say what is away.',
  trials: [cutOverTrial, ...outageTrials],
  sample: [
    outageTrial(
      'Temporal is killed and started again, then the line to MongoDB is reset again and again',
      [
        { ...temporalIs.killed, lastsMs: 3_000 },
        { ...resetting.mongodb, lastsMs: 2_500 },
      ],
      () => AROUND_REGISTRATION.slice(0, 3),
    ),
  ],
};
