/** The web site that the request names for the business (R28). Reads only; at most fifteen seconds. */
import { openWebsite } from '../../platforms/web/open-website';
import type { ActivityDeps } from '../context';
import type { Subject } from '../contract';
import type { WebsiteFacts } from '../facts';

/** Null when the request names none. */
export const lookAtWebsite = async (
  deps: ActivityDeps,
  { request }: Subject,
): Promise<WebsiteFacts | null> => {
  const { business } = request;
  if (business?.website === undefined) return null;
  const seenAt = deps.clock().toISOString();
  return { ...(await openWebsite(business.website, business.name, deps.website)), seenAt };
};
