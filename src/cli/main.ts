import { CommanderError } from 'commander';
import { buildProgram } from './program.js';
import { ExitCode, type ExitCodeValue } from './exit.js';
import { failureOf } from './failure.js';
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
  const { code, message } = failureOf(error);
  warn(message);
  if (process.env['BASIN_DEBUG'] === '1' && error instanceof Error) sayLines(error.stack ?? '');
  return code;
}

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes('call stack size');
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
