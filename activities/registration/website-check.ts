/** Whether the web site of the business is still live after the move: Meta takes accounts offline whose site is not (R28, E8). Pure. */
import type { AcceptanceCheck } from '../../shared/migration';
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

export const websiteCheck = (website: WebsiteFacts): AcceptanceCheck => ({
  name: 'web site of the business',
  expected: 'live',
  observed: spokenOf(website),
  // What a program may not see is no drift: a person was asked about it before the move.
  ok: website.kind === 'live' || website.kind === 'doubtful',
  required: false,
  requirement: 'R28',
  party: 'client',
  remedy:
    'Bring the site back, or correct the address in Business settings → Business info → Website: Meta may take the account offline while its site is dead (E8). If it has, ask for a review there afterwards.',
});
