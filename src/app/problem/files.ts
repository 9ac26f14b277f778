/** A drawn problem as files. */
import { join } from 'node:path';
import type { DrawnTrial } from './draw.js';
import { fitCommand } from './fitCommand.js';
import type { KeptArray } from './collector.js';

export const PROBLEM_FILE = 'problem.json';

/** The content of problem.json. */
export function problemDocument(drawn: DrawnTrial): Readonly<Record<string, unknown>> {
  const { of, words, arrays } = drawn;
  const shapes = Object.fromEntries(arrays.map(({ name, shape }) => [name, shape]));
  if (words === undefined) return { ...of, shapes };
  return { ...of, ...words, shapes, fit: fitCommand({ of, words }, '') };
}

/** The file name of an array. */
export function arrayFile({ name }: Pick<KeptArray, 'name'>): string {
  return `${name}.npy`;
}

/** The paths of a folder's arrays by their names. */
export function arrayPaths(arrays: readonly KeptArray[], folder: string): Record<string, string> {
  return Object.fromEntries(arrays.map((array) => [array.name, join(folder, arrayFile(array))]));
}
