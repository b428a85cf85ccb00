/** The bundle as a page to paste into a ticket. */
import type { SupportBundle } from '../../shared/support-bundle';

type Cell = string | number | boolean | null | undefined;

/** What people and platforms wrote must not become markup of ours. */
const cell = (value: Cell): string =>
  String(value ?? '–')
    .replace(/\s+/g, ' ')
    .replace(/[\\|<>`]/g, (mark) => `\\${mark}`);

const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string[] =>
  rows.length === 0
    ? ['None.']
    : [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))].map(
        (row) => `| ${row.join(' | ')} |`,
      );

const section = (title: string, lines: readonly string[]): string[] => ['', `## ${title}`, '', ...lines];

const quoted = (text: string): string[] => text.split('\n').map((line) => `> ${line}`.trimEnd());

const facts = (bundle: SupportBundle): string[] => {
  const { migration, source, destination, cutover } = bundle;
  return table(
    ['fact', 'value'],
    [
      ['number', bundle.phoneNumber],
      ['migration', `${migration.id}, attempt ${String(migration.attempt)}, route ${migration.route}`],
      ['state', `${migration.state}${migration.outcome === null ? '' : ` (${migration.outcome})`}`],
      ['step', migration.step],
      ['source provider', source.provider],
      ['source WABA / business', `${source.wabaId} / ${source.businessId}`],
      ['source phone number id', source.phoneNumberId],
      ['destination provider', destination.provider],
      ['destination WABA / business', `${destination.wabaId ?? '–'} / ${destination.businessId}`],
      ['destination phone number id', destination.phoneNumberId],
      ['window', `${cutover.notBefore ?? '–'} to ${cutover.notAfter ?? '–'}`],
      ['announced', cutover.announcedAt],
      ['registration first attempted', bundle.registerAttemptedAt],
      ['registered', cutover.registeredAt],
      ['connected', cutover.connectedAt],
      ['begun', migration.createdAt],
      ['as of', bundle.generatedAt],
      ['Carryover', bundle.versions.carryover],
    ],
  );
};

const escalation = ({ sourceRequests, letters }: SupportBundle): string[] =>
  sourceRequests === undefined || letters === undefined
    ? []
    : [
        ...section(
          'Asked of the source',
          table(
            ['what', 'asked', 'due', 'reminded', 'escalated', 'status', 'said'],
            sourceRequests.map((request) => [
              request.title,
              request.askedAt,
              request.dueAt,
              request.remindedAt.join(', '),
              request.escalatedAt,
              request.status,
              request.statements.map(({ at, by, statement }) => `${at} ${by}: ${statement}`).join('; '),
            ]),
          ),
        ),
        ...section('Words to the provider', quoted(letters.toProvider)),
        ...section('Words to Meta or 360dialog', quoted(letters.toPlatform)),
      ];

export const bundleMarkdown = (bundle: SupportBundle): string =>
  [
    `# ${bundle.purpose === 'escalation' ? 'A source that stalls' : 'Number migration'}: ${cell(bundle.phoneNumber)}`,
    '',
    'All times are UTC.',
    '',
    ...facts(bundle),
    ...escalation(bundle),
    ...section(
      'Missing before support is booked (R19 to R31)',
      bundle.missingForBooking.length === 0
        ? ['Nothing: all is green.']
        : bundle.missingForBooking.map((missing) => `- ${cell(missing)}`),
    ),
    ...section(
      'Problems',
      table(
        ['when', 'step', 'code', 'what', 'who must act', 'platform’s answer'],
        bundle.problems.map(({ at, step, code, title, party, platform }) => [
          ...[at, step, code, title, party],
          platform === null ? null : JSON.stringify(platform),
        ]),
      ),
    ),
    ...section(
      'Findings',
      table(
        ['row', 'code', 'severity', 'who must act', 'what', 'seen'],
        bundle.findings.map((one) => [
          ...[one.requirement, one.code, one.severity, one.party, one.message, one.checkedAt],
        ]),
      ),
    ),
    ...section(
      'Open tasks',
      table(
        ['what', 'who', 'row', 'holds it up', 'since', 'due', 'reminders'],
        bundle.tasks.map((one) => [
          ...[one.title, one.party, one.requirement, one.blocking ? 'yes' : 'no'],
          ...[one.since, one.dueAt, one.remindersSent],
        ]),
      ),
    ),
    ...section(
      'Templates',
      bundle.templates === null
        ? ['Not compared yet.']
        : [
            `Copied ${String(bundle.templates.copied)}, kept ${String(bundle.templates.kept)}, failed ${String(bundle.templates.failed)}.`,
          ],
    ),
    ...section('What happened', [
      ...(bundle.timelineShortened ? ['Older events are left out.', ''] : []),
      ...table(
        ['when', 'who', 'what', 'step', 'detail'],
        bundle.timeline.map(({ at, by, what, step, detail }) => [at, by, what, step, detail]),
      ),
    ]),
    '',
  ].join('\n');
