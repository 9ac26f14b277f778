/** Checks that the files of numbers that a cell names have the required sizes. */
import { isFileValue } from '../../settings/types.js';
import type { NetworkShape } from '../../core/kernels/contract.js';
import { plantedShape } from '../common/planted.js';
import type { StudyFile } from '../spec.js';
import { studentShape, studentUnits } from './student.js';
import type { CellProblem, StudySettings } from './declared.js';

type Named = 'teacher' | 'output' | 'inputs' | 'start';
type Check = (file: StudyFile, settings: StudySettings) => CellProblem | undefined;

const CHECKS: Readonly<Record<Named, Check>> = { teacher, output, inputs, start };

/** The problem with the files of a cell, or undefined. If n is missing, the checks that involve n are skipped. */
export function fileProblem(settings: StudySettings, files: readonly StudyFile[]): CellProblem | undefined {
  for (const name of ['teacher', 'output', 'inputs', 'start'] as const) {
    const value = settings[name];
    if (!isFileValue(value)) continue;
    const file = files.find((one) => one.value === value);
    const problem = file === undefined ? unknown(name, value) : CHECKS[name](file, settings);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function teacher({ path, shape }: StudyFile, settings: StudySettings): CellProblem | undefined {
  const needed = matrixOf(settings, plantedShape(settings));
  if (sameShape(shape, needed)) return undefined;
  return wrong('teacher', path, `have shape ${shown(needed)}, which is ${named(settings, settings.K)}`, shape);
}

function output({ path, shape }: StudyFile, { K }: StudySettings): CellProblem | undefined {
  if (sameShape(shape, [K]) || sameShape(shape, [1, K])) return undefined;
  return wrong('output', path, `have shape (K,) or (1, K) with K = ${K}`, shape);
}

function inputs({ path, shape }: StudyFile, { d, n = 0 }: StudySettings): CellProblem | undefined {
  const [rows, columns] = shape;
  if (shape.length !== 2 || columns !== d) return wrong('inputs', path, `have shape (N, d) with d = ${d}`, shape);
  return n > rows ? tooMany('n', path, rows, 'rows', n) : undefined;
}

function start({ path, shape }: StudyFile, settings: StudySettings): CellProblem | undefined {
  const needed = matrixOf(settings, studentShape(settings));
  const several = shape.length === needed.length ? [1, ...shape] : shape;
  const [count, ...each] = several;
  if (!sameShape(each, needed)) {
    const one = needed.join(', ');
    return wrong(
      'start',
      path,
      `have shape (L, ${one}) or (${one}), which is of ${named(settings, studentUnits(settings), settings.studentK === 'same' ? 'K' : 'studentK')}`,
      shape,
    );
  }
  return settings.starts > count ? tooMany('starts', path, count, 'starts', settings.starts) : undefined;
}

/** The shape of W. */
function matrixOf({ d }: StudySettings, { rows, strides }: NetworkShape): readonly number[] {
  return [rows, d / strides];
}

function named({ architecture, d }: StudySettings, K: number, symbol = 'K'): string {
  return `${architecture === 'cnn' ? `(1, d/${symbol})` : `(${symbol}, d)`} with ${symbol} = ${K} and d = ${d}`;
}

/** Of a text in a study file, where a file has to be named. */
function unknown(setting: Named, value: string): CellProblem {
  return { setting, message: `${setting} must be a file of the study, given as {file: PATH}, got '${value}'` };
}

function wrong(setting: Named, path: string, allowed: string, shape: readonly number[]): CellProblem {
  return { setting, message: `${setting}: ${path} must ${allowed}, got ${shown(shape)}` };
}

function tooMany(setting: 'n' | 'starts', path: string, most: number, of: string, got: number): CellProblem {
  return { setting, message: `${setting} must be at most ${most}, the ${of} of ${path}, got ${got}` };
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

function shown(shape: readonly number[]): string {
  return `(${shape.join(', ')})`;
}
