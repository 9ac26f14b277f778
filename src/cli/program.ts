import { Command, type CommanderError } from 'commander';
import { InputError } from '../base/errors.js';
import { suggest } from '../base/suggest.js';
import { ExitCode, type SetExitCode } from './exit.js';
import { COMMAND_NAMES, commandsFor } from './groups.js';

/** Words with which commander prints on stdout. The message about a mistake needs neither stdout nor the version. */
const PRINTING = ['help', '--help', '-h', '--version', '-V'];

/**
 * The command line of DESIGN section 6, with the commands that these words may need. Every parse error throws, and
 * nothing here ends the process.
 */
export async function buildProgram(setExitCode: SetExitCode, words: readonly string[] = []): Promise<Command> {
  const [first] = words;
  if (first !== undefined && first !== 'help' && !first.startsWith('-') && !COMMAND_NAMES.includes(first))
    throw unknownCommand(first);
  const printing = first === undefined || words.some((word) => PRINTING.includes(word));
  const program = new Command('basin')
    .description('A Monte Carlo laboratory for one-hidden-layer neural networks.')
    .usage('COMMAND [options]')
    .addHelpText('after', '\nExample:\n  basin reproduce fu2018-fig3 --scale quick\n')
    .action(() => {
      program.outputHelp({ error: true });
      setExitCode(ExitCode.usage);
    });
  if (printing) program.version((await import('../base/package.js')).packageVersion());
  const writeOut = printing ? (await import('./raw.js')).printRaw : undefined;
  for (const { group, make } of await commandsFor(words))
    program.addCommand(quietly(make(setExitCode).helpGroup(group), writeOut));
  return quietly(program, writeOut);
}

function unknownCommand(name: string): InputError {
  return new InputError(
    `command must be one of ${COMMAND_NAMES.join(', ')}; got '${name}'${suggest(name, COMMAND_NAMES)}`,
  );
}

/** Suppresses commander's own error text: main prints one line instead. */
function quietly(command: Command, writeOut: ((text: string) => void) | undefined): Command {
  return command
    .showSuggestionAfterError(false)
    .exitOverride((error) => {
      throw unknownOption(error, command) ?? error;
    })
    .configureOutput({ outputError: () => undefined, ...(writeOut === undefined ? {} : { writeOut }) });
}

/** The error for an option that the command does not have, with a suggestion; undefined for another error. */
function unknownOption({ code, message }: CommanderError, { options }: Command): InputError | undefined {
  if (code !== 'commander.unknownOption') return undefined;
  const [, given = ''] = /'([^']*)'/.exec(message) ?? [];
  const known = options.flatMap(({ long }) => long ?? []);
  return new InputError(`unknown option '${given}'${suggest(given, known)}`);
}
