/** The command line of this process. */
import { quoted } from '../base/quoted.js';

/** The command line with all its options: the same command continues what it began. */
export function givenCommand(words: readonly string[] = process.argv.slice(2)): string {
  return ['basin', ...words.map(quoted)].join(' ');
}

/** Options whose values may hold passwords. */
const SECRET: readonly string[] = ['--queue', '--on-done'];
const HIDDEN = '***';

/** The command line of this process as it may be stored with results. */
export function keptCommandLine(): string[] {
  return withoutSecrets(process.argv.slice(2));
}

/** The command line without what may hold a password: the URL of a queue, and the command of `--on-done`. */
export function withoutSecrets(commandLine: readonly string[]): string[] {
  return commandLine.map((word, index) => {
    if (SECRET.includes(commandLine[index - 1] ?? '')) return HIDDEN;
    const option = SECRET.find((name) => word.startsWith(`${name}=`));
    return option === undefined ? word : `${option}=${HIDDEN}`;
  });
}
