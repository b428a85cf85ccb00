/** Completion scripts made from the tree of commands; Commander has none of its own. */
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { UsageError } from './exit-codes';

export const SHELLS = ['bash', 'zsh'] as const;

interface Place {
  /** The words that lead here, such as `task done`. */
  path: string;
  words: string[];
}

const placesOf = (command: CommandUnknownOpts, path: readonly string[] = []): Place[] => {
  const commands = command.commands.map((one) => one.name());
  const options = command.options.flatMap(({ long, argChoices }) => [long ?? [], argChoices ?? []].flat());
  return [
    { path: path.join(' '), words: [...commands, ...options, '--help'] },
    ...command.commands.flatMap((one) => placesOf(one, [...path, one.name()])),
  ];
};

/** Options and ids are skipped when looking where one is: only words that name a command lead on. */
const bashScript = (places: readonly Place[]): string => `_carryover() {
  local current="\${COMP_WORDS[COMP_CWORD]}" place="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${place:+$place }$word" in
${places
  .filter(({ path }) => path !== '')
  .map(({ path }) => `      "${path}") place="${path}" ;;`)
  .join('\n')}
    esac
  done
  case "$place" in
${places.map(({ path, words }) => `    "${path}") COMPREPLY=($(compgen -W "${words.join(' ')}" -- "$current")) ;;`).join('\n')}
  esac
}
complete -o default -F _carryover carryover
`;

export const completionScript = (program: CommandUnknownOpts, shell: string): string => {
  const script = bashScript(placesOf(program));
  if (shell === 'bash') return script;
  if (shell === 'zsh') return `autoload -U +X bashcompinit && bashcompinit\n${script}`;
  throw new UsageError(`there is no completion for ${shell}; there is for ${SHELLS.join(' and ')}`);
};
