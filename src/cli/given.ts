/** The command line as it was given. */
import { quoted } from '../base/quoted.js';
import { withoutQueue } from './queueUrl.js';

/** With all its options: what it began it continues. */
export function givenCommand(words: readonly string[] = process.argv.slice(2)): string {
  return ['basin', ...words.map(quoted)].join(' ');
}

/** Its words as they may be kept with results. */
export function keptCommandLine(): string[] {
  return withoutQueue(process.argv.slice(2));
}
