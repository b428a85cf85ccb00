/** The failure with which an update is rejected, as the server reads it: its type is the code, its only detail a `RefusalDetail`. */
import { ApplicationFailure } from '@temporalio/workflow';
import {
  INVALID_FIELDS,
  REFUSALS,
  type InvalidField,
  type RefusalCode,
  type RefusalDetail,
} from '../../shared/messages';
import type { MigrationState } from './state';

/** By the state of things. */
export const refusal = (
  state: MigrationState,
  code: RefusalCode,
  retryAt: string | null = null,
  more: Pick<RefusalDetail, 'frozen' | 'missing' | 'plan' | 'revision'> = {},
): ApplicationFailure =>
  ApplicationFailure.create({
    type: code,
    message: REFUSALS[code],
    nonRetryable: true,
    details: [
      {
        allowedActions: state.migration.allowedActions,
        ...(retryAt === null ? {} : { retryAt }),
        ...more,
      } satisfies RefusalDetail,
    ],
  });

/** By what the fields say against that state: all of them at once. Null when nothing is wrong. */
export const refuseFields = ({ migration }: MigrationState, invalid: InvalidField[]): null => {
  if (invalid.length === 0) return null;
  const { allowedActions, revision } = migration;
  throw ApplicationFailure.create({
    type: INVALID_FIELDS,
    message: 'fields do not fit what the migration has become',
    nonRetryable: true,
    details: [{ allowedActions, revision, invalid } satisfies RefusalDetail],
  });
};
