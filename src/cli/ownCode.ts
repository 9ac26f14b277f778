/** The output of `basin check` about a user's own code. */
import type { OwnCode } from '../experiments/spec.js';

/** The part for JSON; empty if there is no code. */
export function codeOf(code: OwnCode | undefined): Partial<Pick<OwnCode, 'digest' | 'files'>> {
  return code === undefined ? {} : { digest: code.digest, files: code.files };
}

export function codeLines({ digest, files }: Pick<OwnCode, 'digest' | 'files'>): string[] {
  return [`SHA-256 ${digest}, made of`, ...files.map(({ path }) => `  ${path}`)];
}
