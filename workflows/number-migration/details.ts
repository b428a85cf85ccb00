/** What operations see in the Temporal UI without opening a payload: current details and search attributes. */
import { isBetweenSides } from '../../shared/announced-number';
import { SEARCH_ATTRIBUTES, NOBODY } from '../../shared/search-attributes';
import { withLocalTime } from '../../shared/local-time';
import { openBlockingTasks } from './derived';
import type { MigrationState } from './state';

const PARTY_WORDS = {
  client: 'the client',
  source_provider: 'the source provider',
  meta: 'Meta',
  operator: 'our operator',
  system: 'nobody',
} as const;

/** Markdown; no phone number, code or name of a person, because it is not encrypted on its way to every viewer. */
export const currentDetails = (state: MigrationState): string => {
  const { migration } = state;
  const done = migration.steps.filter((step) => step.status === 'done' || step.status === 'skipped').length;
  const blocked = migration.steps.find((step) => step.status === 'blocked');
  const lines = [
    `**${migration.state}**${migration.step === null ? '' : ` in step \`${migration.step}\``} (${done} of ${migration.steps.length} steps done, attempt ${migration.attempt})`,
    ...(blocked?.error
      ? ['', `Parked: **${blocked.error.code}** – ${blocked.error.title}. ${blocked.error.remedy}`]
      : []),
  ];
  const tasks = openBlockingTasks(state);
  if (tasks.length > 0) {
    lines.push('', 'Waiting for:', '');
    for (const task of tasks) {
      const until = task.dueAt === null ? '' : `, until ${task.dueAt}`;
      lines.push(`- **${PARTY_WORDS[task.party]}**: ${task.title} (since ${task.since}${until})`);
    }
  }
  const { notBefore, notAfter, timeZone } = migration.cutover;
  if (notBefore !== null || notAfter !== null) {
    const from = notBefore === null ? 'now' : withLocalTime(notBefore, timeZone);
    lines.push(
      '',
      `Window: ${from} to ${notAfter === null ? 'any time' : withLocalTime(notAfter, timeZone)}.`,
    );
  }
  if (isBetweenSides(migration)) {
    lines.push(
      '',
      `**Announced** at ${migration.cutover.announcedAt ?? ''}, not registered: it may be silent.`,
    );
  }
  if (migration.registerAttemptedAt !== null) {
    lines.push('', `Point of no return crossed at ${migration.registerAttemptedAt}.`);
  }
  return lines.join('\n');
};

export const changingAttributes = (state: MigrationState) => [
  { key: SEARCH_ATTRIBUTES.MigrationState, value: state.migration.state },
  { key: SEARCH_ATTRIBUTES.WaitingFor, value: state.migration.waitingFor?.party ?? NOBODY },
];
