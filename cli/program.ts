/** The command line: what support does, over HTTP. */
import { Command } from '@commander-js/extra-typings';
import { VERSION } from '../shared/version';
import { addCodeCommands } from './commands/code';
import { addCredentialCommands } from './commands/credentials';
import { addDecisionCommands } from './commands/decisions';
import { addReadCommands } from './commands/read';
import { addSignupCommand } from './commands/signup';
import { addStartCommands } from './commands/start';
import { addWatchCommand } from './commands/watch';
import { completionScript, SHELLS } from './completion';
import { EXIT, EXIT_CODES_HELP, exitCodeOf, UsageError, type ExitCode } from './exit-codes';
import { problemText } from './problem-text';
import { openSession, type Session } from './session';
import type { Terminal } from './terminal';

/** A command's way to its session; opened when it runs, so that `--help` needs no key. */
export type OpenSession = () => Session;

/** Meta's `pt_BR` is a code's language, and would be taken for none here. */
const languageTag = (text: string): string => {
  if (/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(text)) return text;
  throw new UsageError(
    `--language ${text}: a tag such as pt-BR was expected (a verification code's language is --code-language)`,
  );
};

const createProgram = (terminal: Terminal) => {
  const program = new Command('carryover')
    .description('Moves WhatsApp Business numbers from one provider to another')
    .version(VERSION, '--version', 'print the version')
    .option('--url <url>', 'address of the server (or CARRYOVER_URL)')
    .option('--api-key-file <path>', 'file that holds the API key (or CARRYOVER_API_KEY)')
    .option(
      '--idempotency-key <key>',
      'of the change to make; repeat a command with it and nothing happens twice',
    )
    .option('--language <tag>', 'of tasks and findings: en, pt-BR or es', languageTag)
    .option('--json', 'answer for programs')
    .addHelpText('after', EXIT_CODES_HELP)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.output.write(text),
      writeErr: (text) => terminal.errors.write(text),
    });
  return program;
};

export type Program = ReturnType<typeof createProgram>;

/** Runs one command line and says how it ended; writes nothing but to the terminal it is given. */
export const run = async (args: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  const program = createProgram(terminal);
  let ending: ExitCode = EXIT.done;
  const session: OpenSession = () => openSession(terminal, program.opts());
  const endWith = (code: ExitCode): void => {
    ending = code;
  };
  addStartCommands(program, session);
  addReadCommands(program, session);
  addWatchCommand(program, session, endWith);
  addCodeCommands(program, session, endWith);
  addDecisionCommands(program, session);
  addCredentialCommands(program, session);
  addSignupCommand(program, session);
  program
    .command('completion')
    .description('print a script that completes commands: source <(carryover completion bash)')
    .argument('<shell>', SHELLS.join(' or '))
    .action((shell) => {
      terminal.output.write(completionScript(program, shell));
    });
  try {
    await program.parseAsync(args, { from: 'user' });
    return ending;
  } catch (error) {
    const text = problemText(error);
    if (text !== undefined) terminal.errors.write(`${text}\n`);
    return exitCodeOf(error);
  }
};
