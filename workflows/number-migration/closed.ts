import { CLOSED_STATES } from '../../shared/migration';
import type { MigrationState } from './state';

export const isClosed = (state: MigrationState): boolean => CLOSED_STATES.includes(state.migration.state);
