import { Option } from '@commander-js/extra-typings';
import { z } from 'zod';
import type { Migration } from '../../client';
import type { AmendPatch } from '../../shared/requests';
import { SKIPPABLE_STEPS, STEP_NAMES } from '../../shared/steps';
import { UsageError } from '../exit-codes';
import { windowFlags } from '../local-window';
import type { OpenSession, Program } from '../program';
import { replayPlanText } from '../plan-text';
import { migrationDetails } from '../tables';
import { readJson } from '../terminal';

/** The server checks the patch. */
const patchSchema = z.custom<AmendPatch>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

const readRevision = (text: string): Pick<Migration, 'attempt' | 'revision'> => {
  const [, attempt, revision] = /^"?(\d+)-(\d+)"?$/.exec(text) ?? [];
  if (attempt === undefined || revision === undefined)
    throw new UsageError('--if-match: attempt-revision such as 1-7 was expected');
  return { attempt: Number(attempt), revision: Number(revision) };
};

export const addDecisionCommands = (program: Program, session: OpenSession): void => {
  const reason = ['--reason <text>', 'why; stands in the audit trail'] as const;
  const ifMatch = [
    '--if-match <revision>',
    'attempt-revision that was read; refused when it has changed since',
    readRevision,
  ] as const;

  program
    .command('task')
    .description('tasks of a migration')
    .command('done')
    .description('say that a party has done its task')
    .argument('<id>')
    .argument('<task>')
    .requiredOption('--statement <text>', 'what was done, and by whom')
    .option('--evidence-url <url>')
    .action(async (id, task, body) => {
      const { client, mutation, show } = session();
      show(await client.completeTask(id, task, body, mutation), migrationDetails);
    });

  program
    .command('recheck')
    .description('gather facts and findings again now')
    .argument('<id>')
    .action(async (id) => {
      const { client, mutation, show } = session();
      show(await client.recheck(id, mutation), migrationDetails);
    });

  program
    .command('retry')
    .description('try a parked step again')
    .argument('<id>')
    .addOption(new Option('--step <step>', 'the one that is parked, unless named').choices(STEP_NAMES))
    .requiredOption(...reason)
    .action(async (id, body) => {
      const { client, mutation, show } = session();
      show(await client.retryStep(id, body, mutation), migrationDetails);
    });

  program
    .command('skip')
    .description('leave a step out')
    .argument('<id>')
    .addOption(new Option('--step <step>').choices(SKIPPABLE_STEPS).makeOptionMandatory())
    .requiredOption(...reason)
    .action(async (id, body) => {
      const { client, mutation, show } = session();
      show(await client.skipStep(id, body, mutation), migrationDetails);
    });

  program
    .command('amend')
    .description(
      'correct the request of a running migration by a JSON merge patch (a file, or - for standard input)',
    )
    .argument('<id>')
    .argument('<file>')
    .option(...ifMatch)
    .action(async (id, file, { ifMatch: read }) => {
      const { client, terminal, mutation, show } = session();
      const patch = patchSchema.safeParse(await readJson(terminal, file));
      if (!patch.success) throw new UsageError(`${file} does not hold a JSON object`);
      show(await client.amendMigration(id, patch.data, { ...mutation, ifMatch: read }), (amended) => {
        const again =
          amended.staleSteps.length === 0
            ? 'No step is done again.'
            : `Done again: ${amended.staleSteps.join(', ')}`;
        return `${migrationDetails(amended)}\n\n${again}`;
      });
    });

  program
    .command('approve')
    .description('let the cut-over begin; the approval holds for the plan as it is')
    .argument('<id>')
    .requiredOption(...reason)
    .option('--plan <hash>', 'that was looked at (carryover plan <id>); refused when it has changed since')
    .option(...ifMatch)
    .action(async (id, { reason: why, plan: planHash, ifMatch: read }) => {
      const { client, mutation, show } = session();
      const options = { ...mutation, planHash, ifMatch: read };
      show(await client.approveCutover(id, why, options), migrationDetails);
    });

  program
    .command('reschedule')
    .description('move the cut-over window')
    .argument('<id>')
    .option('--not-before <instant>')
    .option('--not-after <instant>')
    .option('--window <times>', 'in local times, such as "2026-10-25 01:30/04:00", with --zone')
    .option('--zone <name>', 'IANA time zone in which --window is given, such as America/Sao_Paulo')
    .requiredOption(...reason)
    .action(async (id, { reason: why, ...flags }) => {
      const { client, mutation, show } = session();
      const { notBefore, notAfter } = windowFlags(flags);
      if (notBefore === undefined || notAfter === undefined)
        throw new UsageError('--window with --zone, or --not-before and --not-after, were expected');
      show(await client.reschedule(id, { notBefore, notAfter, reason: why }, mutation), migrationDetails);
    });

  program
    .command('abort')
    .description('stop a migration before the point of no return')
    .argument('<id>')
    .requiredOption(...reason)
    .action(async (id, options) => {
      const { client, mutation, show } = session();
      show(await client.abort(id, options.reason, mutation), migrationDetails);
    });

  program
    .command('settle-number')
    .description('say what became of a number that an ended migration has left announced and not registered')
    .argument('<id>')
    .requiredOption(...reason)
    .action(async (id, options) => {
      const { client, mutation, show } = session();
      show(await client.settleLeftNumber(id, options.reason, mutation), migrationDetails);
    });

  program
    .command('replay')
    .description('run a failed or aborted migration again, as a new attempt')
    .argument('<id>')
    .addOption(
      new Option('--from-step <step>', 'the first unfinished one, unless an earlier one is named').choices(
        STEP_NAMES,
      ),
    )
    .requiredOption(...reason)
    .option('--dry-run', 'only say what that would do')
    .action(async (id, body) => {
      const { client, mutation, show } = session();
      show(await client.replay(id, body, mutation), (answer) =>
        'dryRun' in answer ? replayPlanText(answer) : migrationDetails(answer),
      );
    });
};
