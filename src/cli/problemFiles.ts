/** Writes a drawn problem as files. */
import { join } from 'node:path';
import { arrayFile, arrayPaths, problemDocument, PROBLEM_FILE } from '../app/problem/files.js';
import type { DrawnTrial } from '../app/problem/draw.js';
import { writeWhole } from '../base/whole.js';
import { replacing, writeResult } from './resultFiles.js';

/** Writes every array and then problem.json into an existing folder. Returns the paths by name. */
export function writeProblem(folder: string, drawn: DrawnTrial): Record<string, string> {
  const { arrays } = drawn;
  for (const array of arrays) writeResult(join(folder, arrayFile(array)), array.values, array.shape);
  const document = join(folder, PROBLEM_FILE);
  replacing(document, () => {
    writeWhole(document, `${JSON.stringify(problemDocument(drawn), null, 2)}\n`);
  });
  return { ...arrayPaths(arrays, folder), problem: document };
}
