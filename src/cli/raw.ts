/** Standard output, as it is. */
import { standardOutputIsFile, STANDARD_OUTPUT } from '../base/target.js';
import { writeWhole } from '../base/whole.js';

/** Node does not look at how much a full disk takes of a write to a file. */
export function printRaw(text: string): void {
  if (standardOutputIsFile()) writeWhole(STANDARD_OUTPUT, text);
  else process.stdout.write(text);
}
