/** Writes to standard output without changes. */
import { standardOutputIsFile, STANDARD_OUTPUT } from '../base/target.js';
import { writeWhole } from '../base/whole.js';

/** Node does not check how many bytes of a write to a file fit on a full disk. */
export function printRaw(text: string): void {
  if (standardOutputIsFile()) writeWhole(STANDARD_OUTPUT, text);
  else process.stdout.write(text);
}
