import { CommanderError } from 'commander';
import { systemProblem } from '../base/fileError.js';
import { shortageOf } from '../base/shortage.js';
import { InputError } from '../base/errors.js';
import { buildProgram } from './program.js';
import { moduleProblem } from '../base/installation.js';
import { ExitCode, type ExitCodeValue } from './exit.js';
import { joinedLists } from './joinedLists.js';
import { sayLines, warn } from './say.js';

/** Runs one command line (without `node basin`) and returns its exit code. */
export async function main(given: readonly string[]): Promise<number> {
  const argv = joinedLists(withoutHelp(given));
  let exitCode: ExitCodeValue = ExitCode.done;
  watchOutput();
  try {
    const program = await buildProgram((code) => (exitCode = code), argv);
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(error);
  }
}

/**
 * A reader that ends early (`| head`) does not end the program: the study must continue. Other output failures are
 * reported once.
 */
function watchOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    warn(`stdout must be writable, got ${error.code ?? error.message}`);
    process.exit(ExitCode.usage);
  });
  process.stderr.on('error', () => undefined);
}

/** Prints one line on stderr, and the stack only with BASIN_DEBUG=1. Returns the exit code of the error. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return reportUsage(error);
  // bin/basin.js needs the remaining stack to print its error line.
  if (isStackOverflow(error)) throw error;
  const problem = error instanceof InputError ? undefined : problemOf(error);
  warn(problem ?? (error instanceof Error ? error.message : String(error)));
  if (process.env['BASIN_DEBUG'] === '1' && error instanceof Error) sayLines(error.stack ?? '');
  return error instanceof InputError || problem !== undefined ? ExitCode.usage : ExitCode.internal;
}

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes('call stack size');
}

/** One line that says what the machine, its files or the installation lack; undefined for other errors. */
function problemOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const shortage = shortageOf(error);
  if (shortage !== undefined) return `${shortage}: ${error.message}`;
  return moduleProblem(error.message, 'code' in error ? String(error.code) : undefined) ?? systemProblem(error);
}

/** Help and version also end with this exception, with exit code 0. */
function reportUsage(error: CommanderError): number {
  if (error.exitCode === 0) return ExitCode.done;
  if (error.code === 'commander.help') return ExitCode.usage;
  warn(error.message.replace(/^error: /, ''));
  return ExitCode.usage;
}

/** Replaces `help COMMAND` by `COMMAND --help`. */
function withoutHelp([first, ...rest]: readonly string[]): readonly string[] {
  if (first === undefined) return rest;
  return first === 'help' ? [...rest.slice(0, 1), '--help'] : [first, ...rest];
}
