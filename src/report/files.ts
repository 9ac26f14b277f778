/** Where a report's files lie, and how they are written: aside and renamed, so that no reader meets half a file. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Figure } from '../experiments/spec.js';
import { fileError } from '../io/files.js';

export const REPORT_FILE = 'report.html';
const FIGURE_FOLDER = 'figures';
export const FIGURE_KINDS = ['svg', 'png', 'csv', 'vl.json'] as const;
export type FigureKind = (typeof FIGURE_KINDS)[number];

/** A figure's file, relative to the report and with forward slashes, as a link needs it. */
export function figureFile(figure: Pick<Figure, 'name'>, kind: FigureKind): string {
  return `${FIGURE_FOLDER}/${figure.name}.${kind}`;
}

/** The paths of all files of a figure in a study's folder. */
export function figurePaths(directory: string, figure: Pick<Figure, 'name'>): string[] {
  return FIGURE_KINDS.map((kind) => join(directory, figureFile(figure, kind)));
}

/** Writes a file whole or not at all; throws `InputError` when it cannot. The name aside carries the process, in case two draw one study at once. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const aside = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(aside, content);
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw fileError(path, 'written', error);
  }
}
