import type { OpenSession, Program } from '../program';
import { credentialsTable } from '../tables';
import { readSecret } from '../terminal';

export const addCredentialCommands = (program: Program, session: OpenSession): void => {
  const credentials = program
    .command('credentials')
    .description('tokens the migrations work with; written, never read');

  credentials
    .command('put')
    .description('store a token: typed in, from standard input, or from a file')
    .argument('<name>')
    .option('--token-file <path>', 'file that holds the token')
    .action(async (name, { tokenFile }) => {
      const { client, terminal, mutation, show } = session();
      const token = await readSecret(terminal, tokenFile, 'Access token: ');
      await client.putCredential(name, token, mutation);
      show({ name }, () => `Stored ${name}.`);
    });

  credentials
    .command('list')
    .description('names of the stored tokens')
    .action(async () => {
      const { client, show } = session();
      show(await client.listCredentials(), credentialsTable);
    });

  credentials
    .command('delete')
    .description('forget a token')
    .argument('<name>')
    .action(async (name) => {
      const { client, mutation, show } = session();
      await client.deleteCredential(name, mutation);
      show({ name }, () => `Deleted ${name}.`);
    });

  program
    .command('reveal')
    .description('show the two-step PIN of a registration; who asked and why is recorded')
    .argument('<id>')
    .requiredOption('--reason <text>', 'why; stands in the audit trail')
    .action(async (id, { reason }) => {
      const { client, mutation, show } = session();
      show({ value: await client.revealTwoStepPin(id, reason, mutation) }, ({ value }) => value);
    });
};
