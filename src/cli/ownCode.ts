/** What `basin check` says of code that is not basin's. */
import type { OwnCode } from '../experiments/spec.js';

/** For JSON; nothing where there is no code. */
export function codeOf(code: OwnCode | undefined): Partial<Pick<OwnCode, 'digest' | 'files'>> {
  return code === undefined ? {} : { digest: code.digest, files: code.files };
}

export function codeLines({ digest, files }: Pick<OwnCode, 'digest' | 'files'>): string[] {
  return [`SHA-256 ${digest}, made of`, ...files.map(({ path }) => `  ${path}`)];
}
