export interface Mutant {
  /** of the file, from the root */
  readonly path: string;
  /** what is replaced: characters from start to end */
  readonly start: number;
  readonly end: number;
  /** from 1 */
  readonly line: number;
  readonly kind: string;
  readonly original: string;
  readonly replacement: string;
  /** which function of the file, as in `functionsOf` */
  readonly inFunction: number;
}

export function mutantsOf(path: string, code: string): Mutant[];
export function applied(code: string, mutant: Mutant): string;
