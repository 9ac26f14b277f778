/** What an error means that ends a command. */
import { InputError } from '../base/errors.js';
import { systemProblem } from '../base/fileError.js';
import { moduleProblem } from '../base/installation.js';
import { shortageOf } from '../base/shortage.js';
import { ExitCode, type ExitCodeValue } from './exit.js';

export interface Failure {
  readonly code: ExitCodeValue;
  readonly message: string;
}

export function failureOf(error: unknown): Failure {
  const problem = error instanceof InputError ? undefined : problemOf(error);
  const message = problem ?? (error instanceof Error ? error.message : String(error));
  return { message, code: error instanceof InputError || problem !== undefined ? ExitCode.usage : ExitCode.internal };
}

/** One line that says what the machine, its files or the installation lack; undefined for other errors. */
function problemOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const shortage = shortageOf(error);
  if (shortage !== undefined) return `${shortage}: ${error.message}`;
  return moduleProblem(error.message, 'code' in error ? String(error.code) : undefined) ?? systemProblem(error);
}
