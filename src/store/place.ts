/** Checks whether a file is still where it was opened, by its inode number, which an open file keeps. */
import { statSync } from 'node:fs';

export class Place {
  readonly path: string;
  readonly #file: string | undefined;

  /** Remembers the file that is at the path now. */
  constructor(path: string) {
    this.path = path;
    this.#file = fileAt(path);
  }

  /** False when the file, or a folder above it, was removed, moved or replaced. */
  get stands(): boolean {
    return fileAt(this.path) === this.#file;
  }
}

function fileAt(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev} ${ino}`;
  } catch {
    return undefined;
  }
}
