import type { Arbitrary } from 'fast-check';

export const studyFiles: Arbitrary<string>;
export const filesWithMistake: Arbitrary<{
  readonly text: string;
  readonly kind: string;
  readonly line: number;
  readonly column: number;
}>;
