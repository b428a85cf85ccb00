/** A plan as text: tables for a terminal, Markdown for a ticket. */
import type { Migration, ReplayAnswer } from '../client';
import { table, prose, section } from './layout';

type Plan = Migration['plan'];
type Span = Plan['expected']['whole'];

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS: readonly (readonly [number, string])[] = [
  [DAY, 'd'],
  [HOUR, 'h'],
  [MINUTE, 'min'],
];

/** In the largest unit that loses little: `45 s`, `12 min`, `3 d`. */
export const spanText = (ms: number): string => {
  const [size, unit] = UNITS.find(([least]) => ms >= 2 * least) ?? [SECOND, 's'];
  return `${String(Math.round(ms / size))} ${unit}`;
};

const range = ({ fromMs, toMs }: Span): string =>
  fromMs === toMs ? spanText(toMs) : `${spanText(fromMs)} to ${spanText(toMs)}`;

const instant = (at: string | null, local: string | null | undefined, none: string): string =>
  at === null ? none : local == null ? at : `${at} (${local})`;

const callLine = (call: Plan['steps'][number]['calls'][number]): string => {
  const undo = call.effect === null ? '' : ` Undone by: ${call.undo ?? 'nobody'}.`;
  const effect = call.effect === null ? '' : ` Changes: ${call.effect}.`;
  const condition = call.condition === null ? '' : ` (${call.condition})`;
  return `${call.purpose}${condition}. At most: ${call.atMost}.${effect}${undo}`;
};

const head = (plan: Plan): [string, string][] => {
  const { when, verdict, expected, templates, templatesUnseen } = plan;
  return [
    ['plan', plan.planHash],
    [
      'made from',
      plan.stage === 'checked' ? 'facts that were read' : 'the request alone, nobody has looked yet',
    ],
    ['verdict', `${verdict.ready ? 'ready' : 'not ready'}: ${verdict.because}; ends as ${verdict.endsAs}`],
    ['warnings', verdict.warnings.join(', ') || 'none'],
    ['window opens', instant(when.notBefore, when.local?.notBefore, 'at once')],
    ['window ends', instant(when.notAfter, when.local?.notAfter, 'never')],
    ...(when.local?.note == null ? [] : [['clocks', when.local.note] as [string, string]]),
    ['approval', when.approval],
    ['takes', `${range(expected.whole)}, of it inside the window ${range(expected.insideWindow)}`],
    [
      'templates',
      templates === null
        ? (templatesUnseen ?? 'not looked at')
        : `${String(templates.predicted)} of ${String(templates.source)} will arrive, ${String(templates.collisions)} collide, ` +
          `${String(templates.ineligible)} cannot be copied; room for ${templates.capacityLeft === null ? 'an unknown number' : String(templates.capacityLeft)}`,
    ],
    ['no return', plan.pointOfNoReturn === null ? 'nothing to return from' : plan.pointOfNoReturn.call],
  ];
};

/** For `show`: what a person must know of it at a glance. */
export const planSummary = (plan: Plan): string =>
  table(
    [],
    head(plan).filter(([name]) => !['made from', 'templates'].includes(name)),
    '',
  );

const stepsTable = (steps: Plan['steps']): string =>
  table(
    ['step', 'takes', 'reads', 'writes', 'waits for'],
    steps.map(({ step, expected, calls, waitsFor, leftOut }) => [
      step,
      leftOut === null ? range(expected) : 'left out',
      calls.filter(({ method }) => method === 'GET').length,
      calls.filter(({ method }) => method !== 'GET').length,
      waitsFor.map(({ party }) => party).join(', '),
    ]),
    '',
  );

type ReplayPlan = Extract<ReplayAnswer, { dryRun: true }>;

export const replayPlanText = ({ attempt, fromStep, notBefore, steps }: ReplayPlan): string =>
  `Attempt ${String(attempt)} would begin with ${fromStep}, not before ${notBefore}.\n\n${stepsTable(steps)}`;

export const planText = ({ plan }: Migration): string =>
  [
    table([], head(plan), ''),
    ...section('Steps', stepsTable(plan.steps)),
    ...section(
      'Calls',
      plan.steps
        .flatMap(({ step, calls }) =>
          calls.map((call) => `${step}  ${call.method} ${call.path}\n${prose(callLine(call))}`),
        )
        .join('\n'),
    ),
    ...section(
      'Who must do what',
      plan.tasks
        .map(
          (task) =>
            `${task.party}  ${task.step}  ${task.blocking ? 'waited for' : 'not waited for'}\n${prose(task.title)}\n${prose(task.howTo)}`,
        )
        .join('\n'),
    ),
    ...section(
      'By when',
      table(
        ['what', 'at', 'local'],
        plan.when.latest.map(({ what, at, local }) => [what, at, local]),
        '',
      ),
    ),
    ...section(
      'Cannot be undone',
      plan.cannotBeUndone
        .map(({ step, what, undo }) => `${step}\n${prose(what)}\n${prose(`Undone by: ${undo}`)}`)
        .join('\n'),
    ),
    ...section(
      'Point of no return',
      plan.pointOfNoReturn === null ? '' : prose(plan.pointOfNoReturn.meaning),
    ),
  ].join('\n');

/** A cell of a Markdown table: a pipe would end it, a line break the row. */
const cell = (text: string | number | null): string =>
  String(text ?? '–')
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replace(/\s+/g, ' ');

const markdownTable = (
  titles: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string =>
  [titles, titles.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

export const planMarkdown = ({ id, plan }: Migration): string =>
  [
    `# Plan of ${id}`,
    markdownTable(['', ''], head(plan)),
    '## Steps and calls',
    markdownTable(
      ['step', 'takes', 'call', 'what'],
      plan.steps.flatMap(({ step, what, expected, calls, leftOut }) => [
        [step, leftOut === null ? range(expected) : 'left out', '', leftOut ?? what],
        ...calls.map((call) => ['', '', `\`${call.method} ${call.path}\``, callLine(call)]),
      ]),
    ),
    '## Who must do what',
    markdownTable(
      ['party', 'step', 'waited for', 'what', 'how'],
      plan.tasks.map(({ party, step, blocking, title, howTo }) => [
        party,
        step,
        blocking ? 'yes' : 'no',
        title,
        howTo,
      ]),
    ),
    '## By when',
    markdownTable(
      ['what', 'at', 'local'],
      plan.when.latest.map(({ what, at, local }) => [what, at, local]),
    ),
    '## Cannot be undone',
    markdownTable(
      ['step', 'what', 'undone by'],
      plan.cannotBeUndone.map(({ step, what, undo }) => [step, what, undo]),
    ),
    ...(plan.pointOfNoReturn === null
      ? []
      : [`**Point of no return: \`${plan.pointOfNoReturn.call}\`.** ${plan.pointOfNoReturn.meaning}`]),
  ].join('\n\n');
