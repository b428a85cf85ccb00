/** Everything that is tried, in the order it is tried in. */
import type { Part } from '../trial';
import { kills } from './kills';

export const PARTS: readonly Part[] = [kills];
