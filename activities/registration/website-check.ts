/** Whether the web site of the business is still live, and over TLS, after the move: Meta takes accounts offline whose site is not (R28, E8). Pure. */
import { checkText } from '../../shared/texts';
import { inWords, shownAs, type Shown } from '../../shared/texts/shown';
import type { Check } from '../contract';
import type { WebsiteFacts } from '../facts';

/** The address stays out: it is the request's own, and stands there. */
const shownOf = (website: WebsiteFacts): Shown => {
  switch (website.kind) {
    case 'live':
      return website.secure ? inWords('live', {}) : inWords('live, without TLS (https)', {});
    case 'parked':
      return inWords('not in use ({detail})', { detail: website.sign });
    case 'dead':
      return inWords('not to be opened ({detail})', { detail: website.detail });
    case 'doubtful':
      return inWords('not to be seen by a program ({detail})', { detail: website.detail });
  }
};

const textOf = (website: WebsiteFacts) => {
  switch (website.kind) {
    case 'parked':
      return checkText('check.website.parked', { detail: website.sign });
    case 'dead':
      return checkText('check.website.dead', { detail: website.detail });
    case 'live':
      return website.secure
        ? checkText('check.website', { observed: 'live' })
        : checkText('check.website.no_tls', {});
    case 'doubtful':
      return checkText('check.website', { observed: shownOf(website).value });
  }
};

export const websiteCheck = (website: WebsiteFacts): Check => ({
  name: 'web site of the business',
  ...shownAs(inWords('live', {}), shownOf(website)),
  // What a program may not see is no drift: a person was asked about it before the move.
  ok: website.kind === 'live' ? website.secure : website.kind === 'doubtful',
  required: false,
  requirement: 'R28',
  party: 'client',
  ...textOf(website),
});
