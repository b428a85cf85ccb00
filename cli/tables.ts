/** Answers as tables for people. */
import Table from 'cli-table3';
import type { AuditPage, CredentialList, Ledger, Migration, MigrationPage, TemplatePage } from '../client';

const BORDERLESS = {
  chars: {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
    left: '',
    'left-mid': '',
    mid: '',
    'mid-mid': '',
    right: '',
    'right-mid': '',
    middle: '  ',
  },
  style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
};

type Cell = string | number | null | undefined;

/** Control characters of somebody else's words must not reach a terminal. */
const textOf = (cell: Cell): string => String(cell ?? '–').replace(/\p{Cc}+/gu, ' ');

const table = (head: readonly string[], rows: readonly (readonly Cell[])[], none: string): string => {
  if (rows.length === 0) return none;
  const shown = new Table({ ...BORDERLESS, head: head.map((title) => title.toUpperCase()) });
  shown.push(...rows.map((row) => row.map(textOf)));
  return shown.toString().replace(/ +$/gm, '');
};

const more = (nextCursor: string | null): string =>
  nextCursor === null ? '' : `\n\nMore: --cursor ${nextCursor}`;

const waiting = ({ waitingFor }: Migration): string =>
  waitingFor === null ? 'nobody' : `${waitingFor.party} (${waitingFor.kind})`;

export const migrationsTable = ({ items, nextCursor }: MigrationPage): string =>
  table(
    ['id', 'number', 'state', 'step', 'waiting for', 'created'],
    items.map((item) => [item.id, item.phoneNumber, item.state, item.step, waiting(item), item.createdAt]),
    'No migrations.',
  ) + more(nextCursor);

const section = (title: string, body: string): string[] => (body === '' ? [] : [`\n${title}\n${body}`]);

const summary = (migration: Migration): string =>
  table(
    [],
    [
      ['migration', migration.id],
      ['number', migration.phoneNumber],
      ['state', migration.outcome === null ? migration.state : `${migration.state} (${migration.outcome})`],
      ['attempt', migration.attempt],
      ['step', migration.step],
      ['waiting for', waiting(migration)],
      ['until', migration.waitingFor?.dueAt],
      ['from', `${migration.source.provider}, WABA ${migration.source.wabaId}`],
      ['to', `${migration.destination.provider}, WABA ${migration.destination.wabaId ?? 'not known yet'}`],
      ['registered', migration.cutover.registeredAt],
      ['you may', migration.allowedActions.join(', ')],
    ],
    '',
  );

export const migrationDetails = (migration: Migration): string =>
  [
    summary(migration),
    ...section(
      'Steps',
      table(
        ['step', 'status', 'tries', 'since', 'what is wrong'],
        migration.steps.map(({ name, status, attempts, startedAt, error }) => [
          name,
          status,
          attempts,
          startedAt,
          error === null ? '' : `${error.code}: ${error.remedy}`,
        ]),
        '',
      ),
    ),
    ...section(
      'Open tasks',
      table(
        ['task', 'who', 'what', 'due', 'how'],
        migration.tasks
          .filter(({ status }) => status === 'open')
          .map(({ id, party, title, dueAt, howTo }) => [id, party, title, dueAt, howTo]),
        '',
      ),
    ),
    ...section(
      'Findings',
      table(
        ['severity', 'requirement', 'who', 'what', 'remedy'],
        migration.findings.map(({ severity, requirement, party, message, remedy }) => [
          severity,
          requirement,
          party,
          message,
          remedy,
        ]),
        '',
      ),
    ),
    ...section(
      'Left in place',
      table(
        ['what', 'detail', 'who can remove it'],
        migration.leftInPlace.map(({ kind, detail, removableBy }) => [kind, detail, removableBy]),
        '',
      ),
    ),
  ].join('\n');

export const eventsTable = ({ items, nextCursor }: AuditPage): string =>
  table(
    ['#', 'when', 'who', 'what', 'step', 'data'],
    items.map(({ position, at, actor, type, step, data }) => [
      position,
      at,
      actor.name,
      type,
      step,
      JSON.stringify(data),
    ]),
    'No events.',
  ) + more(nextCursor);

export const templatesTable = ({ items, nextCursor }: TemplatePage): string =>
  table(
    ['template', 'language', 'plan', 'outcome', 'at the destination', 'reason'],
    items.map((row) => [row.name, row.language, row.plan, row.outcome, row.destinationStatus, row.reason]),
    'No templates.',
  ) + more(nextCursor);

export const ledgerTable = ({ items }: Ledger): string =>
  table(
    ['what', 'side', 'payer', 'from', 'to', 'quantity', 'amount', 'precision', 'note'],
    items.map((row) => [
      row.kind,
      row.side,
      row.payer,
      row.from,
      row.to,
      row.quantity,
      row.amount === null ? null : `${row.amount} ${row.currency ?? ''}`,
      row.precision,
      row.note,
    ]),
    'The ledger is empty.',
  );

export const credentialsTable = ({ items }: CredentialList): string =>
  table(
    ['name', 'kind', 'stored', 'replaced'],
    items.map(({ name, kind, createdAt, updatedAt }) => [name, kind, createdAt, updatedAt]),
    'No credentials are stored.',
  );
