import { Option } from '@commander-js/extra-typings';
import { MIGRATION_STATES } from '../../shared/migration';
import { PARTIES, STEP_NAMES } from '../../shared/steps';
import { TEMPLATE_OUTCOMES, TEMPLATE_PLANS } from '../../shared/template-report';
import { UsageError } from '../exit-codes';
import { planMarkdown, planText } from '../plan-text';
import type { OpenSession, Program } from '../program';
import { eventsTable, ledgerText, migrationDetails, migrationsTable } from '../tables';
import { collisionsText, templatesTable } from '../templates-text';

const limitOf = (text: string): number => {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 200)
    throw new UsageError('--limit: 1 to 200 was expected');
  return limit;
};

export const addReadCommands = (program: Program, session: OpenSession): void => {
  program
    .command('list')
    .description('list migrations, newest first')
    .addOption(new Option('--state <state>').choices(MIGRATION_STATES))
    .addOption(new Option('--step <step>').choices(STEP_NAMES))
    .addOption(new Option('--party <party>', 'who is waited for').choices(PARTIES))
    .option('--source-provider <name>')
    .option('--limit <n>', '1 to 200', limitOf)
    .option('--cursor <cursor>')
    .action(async (filter) => {
      const { client, show } = session();
      show(await client.listMigrations(filter), migrationsTable);
    });

  program
    .command('search')
    .description('find migrations by number, or by words of their name, provider or metadata')
    .argument('[text]')
    .option(
      '--phone-number <number>',
      'as + and digits, such as +5531991110000; found however its country writes it',
    )
    .option('--limit <n>', '1 to 200', limitOf)
    .option('--cursor <cursor>')
    .action(async (text, { phoneNumber, ...page }) => {
      const { client, show } = session();
      show(await client.searchMigrations({ text, phoneNumber }, page), migrationsTable);
    });

  program
    .command('show')
    .description('show a migration: steps, tasks, findings')
    .argument('<id>')
    .option('--attempt <n>', 'an earlier attempt', Number)
    .action(async (id, { attempt }) => {
      const { client, show } = session();
      show(await client.getMigration(id, { attempt }), migrationDetails);
    });

  program
    .command('plan')
    .description('what a migration will do: calls, times, tasks, and what nobody can take back')
    .argument('<id>')
    .option('--markdown', 'for a ticket')
    .action(async (id, { markdown }) => {
      const { client, show } = session();
      show(await client.getMigration(id), markdown === true ? planMarkdown : planText);
    });

  program
    .command('events')
    .description('the audit trail of a migration, newest first')
    .argument('<id>')
    .option('--limit <n>', '1 to 200', limitOf)
    .option('--cursor <cursor>')
    .action(async (id, page) => {
      const { client, show } = session();
      show(await client.listEvents(id, page), eventsTable);
    });

  program
    .command('templates')
    .description('what became of every template, why, and what to do')
    .argument('<id>')
    .option('--csv', 'as CSV: all rows, or all that --outcome, --plan and --required leave')
    .option('--collisions', 'both contents of those that the destination has with another content')
    .addOption(new Option('--outcome <outcome>').choices(TEMPLATE_OUTCOMES))
    .addOption(new Option('--plan <plan>').choices(TEMPLATE_PLANS))
    .option('--required', 'only those that the number is not accepted without')
    .option('--limit <n>', '1 to 200', limitOf)
    .option('--cursor <cursor>')
    .action(async (id, { csv, collisions, limit, cursor, ...filter }) => {
      const { client, terminal, show } = session();
      if (csv === true) terminal.output.write(await client.getTemplatesCsv(id, filter));
      else
        show(
          await client.getTemplates(id, { ...filter, limit, cursor }),
          collisions === true ? collisionsText : templatesTable,
        );
    });

  program
    .command('bundle')
    .description('the facts a ticket needs, as Markdown (--json: as data)')
    .argument('<id>')
    .option('--escalation', 'those with which a source that stalls is escalated, with words to send')
    .action(async (id, { escalation }) => {
      const { client, terminal, isJson, show } = session();
      const purpose = escalation === true ? 'escalation' : 'support';
      if (isJson) show(await client.getSupportBundle(id, { purpose }), () => '');
      else terminal.output.write(await client.getSupportBundleMarkdown(id, { purpose }));
    });

  program
    .command('billing')
    .description('the billing ledger: which side pays what')
    .argument('<id>')
    .option('--csv', 'as CSV')
    .action(async (id, { csv }) => {
      const { client, terminal, show } = session();
      if (csv === true) terminal.output.write(await client.getBillingCsv(id));
      else show(await client.getBilling(id), ledgerText);
    });
};
