/** The paths of a report's files. */
import { join } from 'node:path';
import type { Figure } from '../experiments/spec.js';

export const REPORT_FILE = 'report.html';
export const FIGURE_FOLDER = 'figures';
export const TABLE_FOLDER = 'tables';
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
