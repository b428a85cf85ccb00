/** Everything that is tried, in the order it is tried in. */
import type { Part } from '../trial';
import { faults } from './faults';
import { kills } from './kills';
import { messages } from './messages';
import { soak } from './soak';

export const PARTS: readonly Part[] = [kills, faults, messages, soak];
