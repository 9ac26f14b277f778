/** Writing a long text file piece by piece. */
import { closeSync, openSync, writeSync } from 'node:fs';

const BUFFERED_CHARACTERS = 2 ** 20;

export function writeTextFile(file: string, pieces: Iterable<string>): void {
  const handle = openSync(file, 'w');
  try {
    let buffered = '';
    for (const piece of pieces) {
      buffered += piece;
      if (buffered.length < BUFFERED_CHARACTERS) continue;
      writeSync(handle, buffered);
      buffered = '';
    }
    writeSync(handle, buffered);
  } finally {
    closeSync(handle);
  }
}
