import { randomUUID } from 'node:crypto';
import { Option } from '@commander-js/extra-typings';
import type { CodeAnswer } from '../../client';
import { EXIT, type ExitCode } from '../exit-codes';
import type { OpenSession, Program } from '../program';
import { migrationDetails } from '../tables';
import { readSecret } from '../terminal';

/** Each try waits for up to 20 seconds at the server. */
const VERDICT_TRIES = 3;

const verdictText = (answer: CodeAnswer): string => {
  if (answer.outcome === 'pending')
    return 'Meta has not answered yet; run the same command again with the same --idempotency-key.';
  if (answer.outcome === 'verified') return 'Verified.';
  const left = `${String(answer.guessesLeft)} guesses left`;
  return `Not verified: ${answer.outcome}, ${left}${answer.retryAt === undefined ? '' : `, again at ${answer.retryAt}`}.`;
};

export const addCodeCommands = (
  program: Program,
  session: OpenSession,
  endWith: (code: ExitCode) => void,
): void => {
  program
    .command('code')
    .description('hand in the 6-digit verification code: typed in, from standard input, or from a file')
    .argument('<id>')
    .argument('[code]', 'the code itself; others on this machine can see it in the list of processes')
    .option('--code-file <path>', 'file that holds the code')
    .action(async (id, given, { codeFile }) => {
      const { client, terminal, mutation, show } = session();
      const code = given ?? (await readSecret(terminal, codeFile, 'Verification code: '));
      const idempotencyKey = mutation.idempotencyKey ?? randomUUID();
      let answer: CodeAnswer = { outcome: 'pending' };
      for (let tries = 0; answer.outcome === 'pending' && tries < VERDICT_TRIES; tries += 1) {
        answer = await client.submitVerificationCode(id, code, { idempotencyKey });
      }
      if (answer.outcome === 'pending') terminal.errors.write(`--idempotency-key ${idempotencyKey}\n`);
      if (answer.outcome !== 'verified') endWith(EXIT.refused);
      show(answer, verdictText);
    });

  program
    .command('request-code')
    .description('have a (new) verification code sent')
    .argument('<id>')
    .addOption(new Option('--method <method>').choices(['sms', 'voice'] as const))
    .option('--code-language <code>', 'of the message or call, such as pt_BR')
    .action(async (id, { method, codeLanguage: language }) => {
      const { client, mutation, show } = session();
      show(await client.requestVerificationCode(id, { method, language }, mutation), migrationDetails);
    });
};
