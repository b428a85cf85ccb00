/** What Meta said about a template that it refused, for its row in the report. Pure. */
import type { Problem } from '../../shared/problems';

const LONGEST_REASON = 500;

/** The words meant for people first; the catalogue's title where Meta gave none. */
export const wordsOf = ({ title, evidence }: Problem): string => {
  const said = ['userMessage', 'details', 'message'].flatMap((name) => {
    const text = evidence?.[name];
    return typeof text === 'string' && text !== '' ? [text] : [];
  });
  return (said[0] ?? title).slice(0, LONGEST_REASON);
};
