/** Everything that is tried, in the order it is tried in. */
import type { Part } from '../trial';
import { away } from './away';
import { faults } from './faults';
import { kills } from './kills';
import { load } from './load';
import { messages } from './messages';
import { soak } from './soak';

export const PARTS: readonly Part[] = [kills, away, faults, messages, soak, load];

/** Much of every part is waiting: two sites keep two cores busy. */
export const TRACKS = 2;
