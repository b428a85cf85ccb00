/** Everything that is tried, in the order it is tried in. */
import type { Part } from '../trial';
import { away } from './away';
import { faults } from './faults';
import { kills } from './kills';
import { load } from './load';
import { messages } from './messages';
import { soak } from './soak';

export const PARTS: readonly Part[] = [kills, away, faults, messages, soak, load];

/** Most of every part is waiting: so many sites at once keep two cores busy, and not more than busy. */
export const TRACKS = 3;
