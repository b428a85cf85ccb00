import { writeSync } from 'node:fs';
import { Option } from '@commander-js/extra-typings';
import type { Migration } from '../../client';
import { CLOSED_STATES } from '../../shared/migration';
import type { StepName } from '../../shared/steps';
import { EXIT, type ExitCode } from '../exit-codes';
import type { OpenSession, Program } from '../program';
import type { Session } from '../session';

/** The step's line: what it does, or whom it waits for. */
const progressOf = ({ waitingFor }: Migration): string =>
  waitingFor === null
    ? ''
    : `waits for ${waitingFor.party}: ${waitingFor.kind}${waitingFor.dueAt === null ? '' : ` until ${waitingFor.dueAt}`}`;

const lineOf = (migration: Migration): string =>
  [migration.updatedAt, migration.state, migration.step ?? migration.outcome ?? '', progressOf(migration)]
    .filter((part) => part !== '')
    .join('  ');

const isOver = (migration: Migration, until: 'live' | 'closed'): boolean =>
  CLOSED_STATES.includes(migration.state) || (until === 'live' && migration.state === 'live');

/** One line a change, for programs and pipes. */
const watchPlainly = async (
  { client, terminal, isJson }: Session,
  id: string,
  until: 'live' | 'closed',
): Promise<Migration> => {
  let shown = '';
  return client.waitFor(id, (migration) => {
    const line = isJson ? JSON.stringify(migration) : lineOf(migration);
    if (line !== shown) terminal.output.write(`${line}\n`);
    shown = line;
    return isOver(migration, until);
  });
};

/** Follows one migration for the display's tasks, each of which waits for its own step. */
class Feed {
  private listeners: (() => void)[] = [];
  private hasEnded = false;
  last: Migration | undefined;

  constructor(
    private readonly migrations: AsyncIterable<Migration>,
    private readonly until: 'live' | 'closed',
  ) {}

  /** Ends with the migration, or with the failure that keeps it from being followed. */
  async follow(): Promise<void> {
    try {
      for await (const migration of this.migrations) {
        this.last = migration;
        if (isOver(migration, this.until)) return;
        this.wake();
      }
    } finally {
      this.hasEnded = true;
      this.wake();
    }
  }

  private wake(): void {
    for (const listener of this.listeners.splice(0)) listener();
  }

  /** Resolves when the step is done, or with false when the migration ended before it. */
  async finished(step: StepName, say: (progress: string) => void): Promise<boolean> {
    for (;;) {
      const migration = this.last;
      const status = migration?.steps.find(({ name }) => name === step)?.status;
      if (status === 'done' || status === 'skipped') return true;
      if (this.hasEnded) return false;
      if (migration?.step === step) say(progressOf(migration));
      await new Promise<void>((heard) => this.listeners.push(heard));
    }
  }
}

/** The display hides it, and keeps back what is written the usual way. */
const SHOW_CURSOR = '\u001B[?25h';

/**
 * Interrupted, Listr would mark the step as failed and exit with 127; instead the display stays as it is and the shell
 * sees what it sees of any interrupted program.
 */
const watchLively = async ({ client }: Session, id: string, until: 'live' | 'closed'): Promise<Migration> => {
  const { Listr } = await import('listr2');
  const first = await client.getMigration(id);
  const feed = new Feed(client.watch(id), until);
  const display = new Listr(
    first.steps.map(({ name }) => ({
      title: name,
      task: async (_context, task): Promise<void> => {
        const isFinished = await feed.finished(name, (progress) => {
          task.output = progress;
        });
        if (!isFinished) task.skip();
      },
    })),
    { concurrent: false, exitOnError: false, registerSignalListeners: false },
  );
  const interrupted = (): void => {
    writeSync(process.stdout.fd, SHOW_CURSOR);
    process.kill(process.pid, 'SIGINT');
  };
  process.once('SIGINT', interrupted);
  try {
    await Promise.all([feed.follow(), display.run()]);
  } finally {
    process.removeListener('SIGINT', interrupted);
  }
  return feed.last ?? first;
};

export const addWatchCommand = (
  program: Program,
  session: OpenSession,
  endWith: (code: ExitCode) => void,
): void => {
  program
    .command('watch')
    .description('follow a migration step by step until it is live at its destination, or over')
    .argument('<id>')
    .addOption(new Option('--until <end>').choices(['live', 'closed'] as const).default('live' as const))
    .action(async (id, { until }) => {
      const opened = session();
      const isLively = opened.terminal.output.isTTY === true && !opened.isJson;
      const migration = await (isLively ? watchLively(opened, id, until) : watchPlainly(opened, id, until));
      if (migration.state === 'failed' || migration.state === 'aborted') endWith(EXIT.refused);
      if (isLively) opened.terminal.output.write(`${lineOf(migration)}\n`);
    });
};
