/**
 * A number that is announced and not registered may be silent at both sides (meta §1.7), and nobody may notice: what is
 * told of it while its migration runs, and what is told when the run has ended. Pure.
 */
import type { Migration } from './migration';
import { leftoverText } from './texts';
import type { AddressedFinding, AddressedLeftover } from './texts/addressed';

/** Kind of the task that tells the operator of a number that is announced and not registered for too long (meta §1.7). */
export const ANNOUNCED_NUMBER_WAITS = 'announced_number_waits';

/** Code of the finding of a run that has ended while its number lay between the sides. */
export const ANNOUNCED_NUMBER_LEFT = 'ANNOUNCED_NUMBER_LEFT';

/** Announced, and no registration has succeeded. */
export const isBetweenSides = ({ cutover }: Pick<Migration, 'cutover'>): boolean =>
  cutover.announcedAt !== null && cutover.registeredAt === null;

/** The call was made, and nobody has read since whether it had its effect. */
const isAnnouncementInDoubt = ({ cutover, steps }: Migration): boolean => {
  const error = steps.find(({ name }) => name === 'announcement')?.error;
  return cutover.announcedAt === null && (error?.code === 'OUTCOME_UNKNOWN' || error?.effect === 'unknown');
};

/** The pending number that an ended run leaves at the destination, or may leave; `told`: as the popup named it (meta §2.1). */
export const leftAnnounced = (migration: Migration, told: string | null = null): AddressedLeftover[] => {
  const common = { kind: 'announced_number', party: 'client' } as const;
  if (migration.cutover.announcedAt !== null) {
    const phoneNumberId = migration.destination.phoneNumberId ?? told;
    return [
      {
        ...common,
        ...(phoneNumberId === null
          ? leftoverText('left.announced_number.unnamed', {})
          : leftoverText('left.announced_number', { phoneNumberId })),
      },
    ];
  }
  return isAnnouncementInDoubt(migration)
    ? [{ ...common, ...leftoverText('left.announced_number.uncertain', {}) }]
    : [];
};

/** What is told of the number of an ended run: whether the source still works has to be looked at. */
export const leftBetweenSides = (migration: Migration, at: string): AddressedFinding[] => {
  const inDoubt = isAnnouncementInDoubt(migration);
  if (!isBetweenSides(migration) && !inDoubt) return [];
  const { cutover, destination } = migration;
  return [
    {
      requirement: 'meta §1.7',
      code: ANNOUNCED_NUMBER_LEFT,
      severity: 'blocker',
      party: 'operator',
      message: inDoubt
        ? 'The migration ended while nobody knew whether the number was announced: it may receive nothing at the source.'
        : 'The migration ended while the number was announced and not registered: it may receive nothing at the source.',
      remedy:
        'Check that the number still works at the source. An admin of the business portfolio removes the pending ' +
        'number in WhatsApp Manager, or the migration is replayed.',
      checkedAt: at,
      expiresAt: at,
      evidence: { announcedAt: cutover.announcedAt, phoneNumberId: destination.phoneNumberId },
    },
  ];
};

/** The findings of a run that ends without success. */
export const withLeftNumber = (migration: Migration, at: string): Migration['findings'] => [
  ...withoutLeftNumber(migration.findings),
  ...leftBetweenSides(migration, at),
];

/** A new attempt, or the registration, has taken the number up again. */
export const withoutLeftNumber = (findings: Migration['findings']): Migration['findings'] =>
  findings.filter(({ code }) => code !== ANNOUNCED_NUMBER_LEFT);
