/** The figures in words that can be compared from run to run. */
import Table from 'cli-table3';
import type { ManyFigures } from './many-migrations';
import type { OneFigures } from './one-migration';

export interface Figures {
  one: OneFigures;
  many: ManyFigures;
  bare: ManyFigures;
  /** Latency the platform was given, for one migration alone. */
  callMs: number;
}

/** As plain as a log wants it. */
const style = { head: [], border: [] };
const UNKNOWN = 'not known here';
const figure = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
const ratio = (one: number, other: number): string => `${(one / other).toFixed(2)} ×`;

const rateOf = ({ count, seconds }: ManyFigures): number => count / seconds;
const cpuOf = ({ count, cpuSeconds }: ManyFigures): number | null =>
  cpuSeconds === null ? null : Object.values(cpuSeconds).reduce((sum, seconds) => sum + seconds, 0) / count;

const sharesOf = ({ count, cpuSeconds }: ManyFigures): string =>
  Object.entries(cpuSeconds ?? {})
    .map(([name, seconds]) => `${name} ${figure(seconds / count)}`)
    .join(', ');

export const report = ({ one, many, bare, callMs }: Figures): string => {
  const alone = new Table({ style, head: ['one migration', 'wall time', 'its platform calls', 'ratio'] });
  alone.push([
    `platform answers after ${callMs} ms`,
    `${figure(one.wallMs)} ms`,
    `${one.calls} calls, ${figure(one.callsMs)} ms`,
    ratio(one.wallMs, one.callsMs),
  ]);
  const [cpu, bareCpu] = [cpuOf(many), cpuOf(bare)];
  const together = new Table({
    style,
    head: [`${many.count} at once`, 'migrations', `bare, ${one.activities} activities`, 'ratio'],
  });
  together.push(
    ['per second', figure(rateOf(many)), figure(rateOf(bare)), ratio(rateOf(many), rateOf(bare))],
    [
      'CPU seconds each',
      cpu === null ? UNKNOWN : figure(cpu),
      bareCpu === null ? UNKNOWN : figure(bareCpu),
      cpu === null || bareCpu === null ? UNKNOWN : ratio(cpu, bareCpu),
    ],
  );
  const shares =
    cpu === null
      ? []
      : [
          `CPU seconds of a migration: ${sharesOf(many)}`,
          `CPU seconds of a bare workflow: ${sharesOf(bare)}`,
        ];
  return ['', alone.toString(), together.toString(), ...shares].join('\n');
};
