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
const ANNOUNCED_NUMBER_LEFT = 'ANNOUNCED_NUMBER_LEFT';

/** What it is read from. */
type Cutover = Pick<Migration, 'cutover' | 'steps' | 'destination'>;

/** Announced, and no registration has succeeded. */
export const isBetweenSides = ({ cutover }: Pick<Migration, 'cutover'>): boolean =>
  cutover.announcedAt !== null && cutover.registeredAt === null;

/** How the run ended: `cut_off` in the middle of whatever it was doing, by somebody from outside. */
type Ending = 'told' | 'cut_off';

/** The call was made, or may have been, and nobody has read since whether it had its effect. */
const isAnnouncementInDoubt = (
  { cutover, steps }: Pick<Migration, 'cutover' | 'steps'>,
  ending: Ending,
): boolean => {
  const step = steps.find(({ name }) => name === 'announcement');
  if (step === undefined || cutover.announcedAt !== null) return false;
  const isUnderWay = ending === 'cut_off' && step.status === 'running';
  return isUnderWay || step.error?.code === 'OUTCOME_UNKNOWN' || step.error?.effect === 'unknown';
};

/** The pending number that an ended run leaves at the destination, or may leave; `told`: as the popup named it (meta §2.1). */
export const leftAnnounced = (
  migration: Cutover,
  { told = null, ending = 'told' }: { told?: string | null | undefined; ending?: Ending } = {},
): AddressedLeftover[] => {
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
  return isAnnouncementInDoubt(migration, ending)
    ? [{ ...common, ...leftoverText('left.announced_number.uncertain', {}) }]
    : [];
};

/** What is told of the number of an ended run: whether the source still works has to be looked at. */
const leftBetweenSides = (migration: Cutover, at: string, ending: Ending): AddressedFinding[] => {
  const inDoubt = isAnnouncementInDoubt(migration, ending);
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
        'Check that the number still works at the source. Replay the migration, or have an admin of the business ' +
        'portfolio remove the pending number in WhatsApp Manager and say so: carryover settle-number.',
      checkedAt: at,
      expiresAt: at,
      evidence: { announcedAt: cutover.announcedAt, phoneNumberId: destination.phoneNumberId },
    },
  ];
};

/** The findings of a run that ends without success. */
export const withLeftNumber = (
  migration: Cutover & Pick<Migration, 'findings'>,
  at: string,
  ending: Ending = 'told',
): Migration['findings'] => [
  ...withoutLeftNumber(migration.findings),
  ...leftBetweenSides(migration, at, ending),
];

/** An ended run has left its number between the sides, and nobody has taken it up again or said what became of it. */
export const hasLeftNumber = ({ findings }: Pick<Migration, 'findings'>): boolean =>
  findings.some(({ code }) => code === ANNOUNCED_NUMBER_LEFT);

/** A new attempt, or the registration, has taken the number up again, or somebody has said what became of it. */
export const withoutLeftNumber = (findings: Migration['findings']): Migration['findings'] =>
  findings.filter(({ code }) => code !== ANNOUNCED_NUMBER_LEFT);
