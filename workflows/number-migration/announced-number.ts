/**
 * A number that is announced and not registered may be silent (meta §1.7, the second reading), and nobody may notice:
 * the operator is told when the window is over or it has taken too long, and what an ended run leaves behind is told
 * as a finding that stays. Pure.
 */
import { ANNOUNCED_NUMBER_WAITS } from '../../shared/announced-number';
import type { AddressedFinding } from '../../shared/texts/addressed';
import { withLocalTime } from '../../shared/local-time';
import type { StepName } from '../../shared/steps';
import type { TaskSpec } from './changes';
import { isClosed } from './closed';
import type { MigrationState } from './state';

/** Announced, and no registration has succeeded. */
export const isBetweenSides = ({ migration: { cutover } }: MigrationState): boolean =>
  cutover.announcedAt !== null && cutover.registeredAt === null;

const wasTold = ({ migration }: MigrationState): boolean =>
  migration.tasks.some(
    ({ kind, since }) =>
      kind === ANNOUNCED_NUMBER_WAITS &&
      Date.parse(since) >= Date.parse(migration.cutover.announcedAt ?? since),
  );

/** When the operator is to be told, in epoch milliseconds; Infinity: never, or told already. */
export const alertDue = (state: MigrationState): number => {
  const { announcedAt, notAfter } = state.migration.cutover;
  if (announcedAt === null || !isBetweenSides(state) || wasTold(state) || isClosed(state)) return Infinity;
  const tooLong = Date.parse(announcedAt) + state.policy.announcedAlertAfter;
  return notAfter === null ? tooLong : Math.min(tooLong, Date.parse(notAfter));
};

const HOW_OUT =
  'Find out whether messages still reach the source. Move whoever is waited for (the code, an approval, a parked step), ' +
  'or abort: then an admin of the business portfolio removes the pending number in WhatsApp Manager.';

export const alertTask = (state: MigrationState, step: StepName, now: string): TaskSpec => {
  const { announcedAt, notAfter, timeZone } = state.migration.cutover;
  const window = notAfter === null ? '' : ` The window ends ${withLocalTime(notAfter, timeZone)}.`;
  return {
    kind: ANNOUNCED_NUMBER_WAITS,
    party: 'operator',
    requirement: 'meta §1.7',
    step,
    blocking: false,
    dueAt: now,
    title: `The number is announced since ${announcedAt === null ? 'an unknown time' : withLocalTime(announcedAt, timeZone)} and not registered: it may be silent.${window}`,
    howTo: HOW_OUT,
  };
};

/** What an aborted or failed run leaves: whether the source still works has to be looked at. */
export const leftBetweenSides = (state: MigrationState, at: string): AddressedFinding[] =>
  isBetweenSides(state)
    ? [
        {
          requirement: 'meta §1.7',
          code: 'ANNOUNCED_NUMBER_LEFT',
          severity: 'blocker',
          party: 'operator',
          message:
            'The migration ended while the number was announced and not registered: it may receive nothing at the source.',
          remedy:
            'Check that the number still works at the source. An admin of the business portfolio removes the pending ' +
            'number in WhatsApp Manager, or the migration is replayed.',
          checkedAt: at,
          expiresAt: at,
          evidence: {
            announcedAt: state.migration.cutover.announcedAt,
            phoneNumberId: state.migration.destination.phoneNumberId,
          },
        },
      ]
    : [];
