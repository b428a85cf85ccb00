/** Whether the web site of the business is still live after the move: Meta takes accounts offline whose site is not (R28, E8). Pure. */
import { checkText } from '../../shared/texts';
import type { Check } from '../contract';
import type { WebsiteFacts } from '../facts';

/** The address stays out: it is the request's own, and stands there. */
const spokenOf = (website: WebsiteFacts): string => {
  switch (website.kind) {
    case 'live':
      return 'live';
    case 'parked':
      return `not in use (${website.sign})`;
    case 'dead':
      return `not to be opened (${website.detail})`;
    case 'doubtful':
      return `not to be seen by a program (${website.detail})`;
  }
};

const textOf = (website: WebsiteFacts) => {
  switch (website.kind) {
    case 'parked':
      return checkText('check.website.parked', { detail: website.sign });
    case 'dead':
      return checkText('check.website.dead', { detail: website.detail });
    case 'live':
    case 'doubtful':
      return checkText('check.website', { observed: spokenOf(website) });
  }
};

export const websiteCheck = (website: WebsiteFacts): Check => ({
  name: 'web site of the business',
  expected: 'live',
  observed: spokenOf(website),
  // What a program may not see is no drift: a person was asked about it before the move.
  ok: website.kind === 'live' || website.kind === 'doubtful',
  required: false,
  requirement: 'R28',
  party: 'client',
  ...textOf(website),
});
