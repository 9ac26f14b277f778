/** The promise of `basin check`, by chance; `npm run torture` goes on with other files. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../study/toy.js';
import { isValid, mistakeProblem, runProblem } from '../torture/promise.mjs';
import { filesWithMistake, studyFiles } from './anyStudy.mjs';

it('a file that is passed runs, and each of its figures is drawn or named', async () => {
  const folder = temporaryFolder();
  await fc.assert(
    fc.asyncProperty(studyFiles.filter(isValid), async (text) => {
      expect(await runProblem(text, folder), text).toBeUndefined();
    }),
    { numRuns: 6, seed: 1, endOnFailure: true },
  );
});

it('a mistake in any place of a file is found at its line and column', () => {
  fc.assert(
    fc.property(filesWithMistake, (file) => {
      expect(mistakeProblem(file), file.text).toBeUndefined();
    }),
    { numRuns: 200, seed: 1 },
  );
});
