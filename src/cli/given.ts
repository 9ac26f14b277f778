/** The command line of this process. */
import { quoted } from '../base/quoted.js';
import { withoutQueue } from './queueUrl.js';

/** The command line with all its options: the same command continues what it began. */
export function givenCommand(words: readonly string[] = process.argv.slice(2)): string {
  return ['basin', ...words.map(quoted)].join(' ');
}

/** The words of the command line that may be stored with results. */
export function keptCommandLine(): string[] {
  return withoutQueue(process.argv.slice(2));
}
