/** The template report for people: what became of each, both sides, why, and what to do; contents of collisions on demand. */
import { templateKey } from '../shared/template-report';
import type { TemplatePage } from '../client';
import { blocks, section, table } from './layout';

type Row = TemplatePage['items'][number];

const more = (nextCursor: string | null): string =>
  nextCursor === null ? '' : `\n\nMore: --cursor ${nextCursor}`;

/** Status, category and quality of one side; only what is known. */
const side = (...facts: (string | null)[]): string => facts.filter((fact) => fact !== null).join(' ');

/** The destination's category only where it is another. */
const destination = (row: Row): string =>
  side(
    row.destinationStatus,
    row.destinationCategory === row.category ? null : row.destinationCategory,
    row.destinationQuality,
  );

/** What a reason is about stands once, with the templates it holds for. */
const reasons = (items: readonly Row[]): string => {
  const byReason = new Map<string, Row[]>();
  for (const row of items) {
    if (row.reason === null && row.remedy === null) continue;
    const key = `${row.code ?? ''}\n${row.reason ?? ''}`;
    byReason.set(key, [...(byReason.get(key) ?? []), row]);
  }
  return blocks(
    [...byReason.values()].map((rows) => ({
      facts: [rows[0]?.code ?? '', rows.map(templateKey).join(', ')],
      say: [rows[0]?.reason ?? '', rows[0]?.remedy ?? ''].filter((text) => text !== ''),
    })),
  );
};

export const templatesTable = ({ items, nextCursor }: TemplatePage): string =>
  [
    table(
      ['template', 'language', 'plan', 'outcome', 'at the source', 'at the destination'],
      items.map((row) => [
        row.required ? `${row.name} (required)` : row.name,
        row.language,
        row.plan,
        row.createAs === null ? row.outcome : `${row.outcome} as ${row.createAs}`,
        side(row.sourceStatus, row.category, row.sourceQuality),
        destination(row),
      ]),
      'No templates.',
    ),
    ...section('Why, and what to do', reasons(items)),
  ].join('\n') + more(nextCursor);

/** Both contents of every collision of the page, one below the other. */
export const collisionsText = ({ items, nextCursor }: TemplatePage): string => {
  const differing = items.filter(({ contentDiffers }) => contentDiffers === true);
  if (differing.length === 0) return `No template collides with another content.${more(nextCursor)}`;
  return (
    blocks(
      differing.map((row) => ({
        facts: [templateKey(row), row.outcome, row.createAs === null ? '' : `as ${row.createAs}`],
        say: [`source:      ${row.sourceContent ?? '–'}`, `destination: ${row.destinationContent ?? '–'}`],
      })),
    ) + more(nextCursor)
  );
};
