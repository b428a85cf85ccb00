/** What the demonstration ends with: templates, cut-over, ledger, what is left to do, addresses. */
import Table from 'cli-table3';
import type { Ledger, Migration, TemplatePage } from '../../client';
import type { Platform } from '../launch/platform';

const NOTHING = '–';
/** With the five rules between and the section's indent: 80 columns. */
const TABLE_WIDTHS = [28, 16, 12, 17];

export function summaryOf(
  migration: Migration,
  templates: TemplatePage['items'],
  ledger: Ledger['items'],
  addresses: Platform['addresses'],
): string {
  const { cutover, destination } = migration;
  const todo = migration.tasks.filter(({ status }) => status === 'open');
  return [
    section('Cut-over', [
      `announced  ${cutover.announcedAt ?? NOTHING}`,
      `registered ${cutover.registeredAt ?? NOTHING}`,
      `connected  ${cutover.connectedAt ?? NOTHING}`,
      `WABA ${destination.wabaId ?? NOTHING}, phone number id ${destination.phoneNumberId ?? NOTHING}`,
    ]),
    section('Templates', [
      tableOf(
        ['template', 'outcome', 'there', 'reason'],
        templates.map((row) => [
          `${row.name}/${row.language}`,
          row.outcome,
          row.destinationStatus ?? NOTHING,
          row.reason ?? '',
        ]),
      ),
    ]),
    section('Ledger', [
      ...ledger.flatMap((row) => [
        `${row.kind} at the ${row.side}, ${row.payer} ${paymentOf(row)}`,
        `  from ${row.from ?? NOTHING} to ${row.to ?? NOTHING}`,
      ]),
    ]),
    section(
      'Left for people',
      todo.length === 0 ? ['nothing'] : todo.map(({ party, title }) => `${party}: ${title}`),
    ),
    section('Addresses of this run (make up keeps them)', [
      `HTTP API      ${addresses.api}/v1/migrations/${migration.id}`,
      `Temporal UI   ${addresses.temporalUi}`,
      `Sandbox phone ${addresses.sandbox}/sandbox/phone`,
    ]),
  ].join('\n');
}

/** Money where Meta tells it, otherwise what was counted, otherwise in which currency Meta bills. */
function paymentOf({ amount, quantity, currency }: Ledger['items'][number]): string {
  if (amount !== null) return `pays ${amount} ${currency ?? ''}`.trimEnd();
  if (quantity !== null) return `pays for ${String(quantity)} messages`;
  return currency === null ? 'pays' : `pays in ${currency}`;
}

function section(title: string, lines: readonly string[]): string {
  return `\n${title}\n${lines.join('\n').replace(/^/gm, '  ')}`;
}

function tableOf(head: string[], rows: string[][]): string {
  const table = new Table({
    head,
    style: { head: [], border: [] },
    ...{ colWidths: TABLE_WIDTHS, wordWrap: true, wrapOnWordBoundary: false },
  });
  table.push(...rows);
  return table.toString();
}
