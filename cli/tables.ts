/** Answers as tables for people. */
import type { AuditPage, CredentialList, Ledger, Migration, MigrationPage } from '../client';
import { blocks, section, table } from './layout';
import { planSummary } from './plan-text';

const more = (nextCursor: string | null): string =>
  nextCursor === null ? '' : `\n\nMore: --cursor ${nextCursor}`;

const waiting = ({ waitingFor }: Migration): string =>
  waitingFor === null ? 'nobody' : `${waitingFor.party} (${waitingFor.kind})`;

const until = (instant: string | null): string => (instant === null ? '' : `until ${instant}`);

export const migrationsTable = ({ items, nextCursor }: MigrationPage): string =>
  table(
    ['id', 'number', 'state', 'step', 'waits for'],
    items.map((item) => [item.id, item.phoneNumber, item.state, item.step, item.waitingFor?.party ?? '']),
    'No migrations.',
  ) + more(nextCursor);

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

/** What the platform itself said, where it said something that a person reads. */
const said = ({ evidence = {} }: NonNullable<Migration['steps'][number]['error']>): string[] => {
  const words = [evidence.details, evidence.userMessage, evidence.message].find(
    (word) => typeof word === 'string',
  );
  return words === undefined ? [] : [`The platform said: ${words}`];
};

export const migrationDetails = (migration: Migration): string =>
  [
    summary(migration),
    ...section(
      'Steps',
      table(
        ['step', 'status', 'tries', 'since'],
        migration.steps.map(({ name, status, attempts, startedAt }) => [name, status, attempts, startedAt]),
        '',
      ),
    ),
    ...section('Plan', planSummary(migration.plan)),
    ...section(
      'What is wrong',
      blocks(
        migration.steps.flatMap(({ name, error }) =>
          error === null
            ? []
            : [{ facts: [name, error.code, error.party], say: [error.title, error.remedy, ...said(error)] }],
        ),
      ),
    ),
    ...section(
      'Open tasks',
      blocks(
        migration.tasks
          .filter(({ status }) => status === 'open')
          .map(({ id, party, title, dueAt, howTo }) => ({
            facts: [id, party, until(dueAt)],
            say: [title, howTo],
          })),
      ),
    ),
    ...section(
      'Findings',
      blocks(
        migration.findings.map(({ severity, requirement, code, party, message, remedy }) => ({
          facts: [severity, requirement, code, party],
          say: [message, remedy],
        })),
      ),
    ),
    ...section(
      'Left in place',
      blocks(
        migration.leftInPlace.map(({ kind, detail, removableBy }) => ({
          facts: [kind],
          say: [detail, `Who can remove it: ${removableBy}`],
        })),
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

const amount = (row: Ledger['items'][number]): string =>
  row.amount === null ? '' : `${row.amount} ${row.currency ?? ''}`.trim();

const sideText = ({ side, payer, from, to, messages, amounts }: Ledger['statement']['sides'][number]) => ({
  facts: [
    `${side}: ${payer}`,
    messages === null ? 'not seen' : `${String(messages)} messages`,
    amounts.map(({ amount: sum, currency }) => `${sum} ${currency}`).join(', '),
  ],
  say: from === null ? [] : [`${from} – ${to ?? '…'}`],
});

const statementText = ({ sides, inFlight, tasks, doubts }: Ledger['statement']): string =>
  blocks([
    ...sides.map(sideText),
    ...(inFlight === null
      ? []
      : [
          {
            facts: ['in flight', inFlight.payer, inFlight.messages === null ? '' : String(inFlight.messages)],
            say: [inFlight.note, ...(inFlight.stated === null ? [] : [`Stated: ${inFlight.stated}`])],
          },
        ]),
    ...tasks.map(({ kind, status, statement }) => ({
      facts: [kind, status],
      say: statement === null ? [] : [statement],
    })),
    ...(doubts.length === 0 ? [] : [{ facts: ['doubts'], say: doubts }]),
  ]);

export const ledgerText = ({ items, statement }: Ledger): string =>
  items.length === 0 ? 'The ledger is empty.' : `${statementText(statement)}\n\n${ledgerRows(items)}`;

const ledgerRows = (items: Ledger['items']): string =>
  blocks(
    items.map((row) => ({
      facts: [
        row.kind,
        `${row.side}: ${row.payer}`,
        row.quantity === null ? '' : `quantity ${String(row.quantity)}`,
        amount(row),
      ],
      say: [
        `${row.from ?? '…'} – ${row.to ?? '…'} (${row.precision})`,
        ...(row.note === null ? [] : [row.note]),
      ],
    })),
  );

export const credentialsTable = ({ items }: CredentialList): string =>
  table(
    ['name', 'kind', 'from', 'stored', 'replaced'],
    items.map(({ name, kind, origin, createdAt, updatedAt }) => [name, kind, origin, createdAt, updatedAt]),
    'No credentials are stored.',
  );
