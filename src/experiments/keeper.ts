/**
 * The arrays that a trial hands out on request, in addition to its measures: its problem, and where its descents began
 * and ended.
 */
import type { Inputs, NetworkShape, Points, Problem } from '../core/kernels/contract.js';
import type { LabelKind } from '../core/networks/labels.js';
import type { Architecture, TeacherOutput } from '../core/networks/networks.js';
import type { FileValue } from '../settings/types.js';
import type { RiskKind } from '../core/risk/risks.js';

/** The planted problem in words. */
export interface ProblemWords {
  readonly architecture: Architecture;
  readonly activation: string;
  /** the kind of v* */
  readonly output: TeacherOutput | FileValue;
  readonly loss: string;
  readonly labels: LabelKind;
  /** absent: empirical */
  readonly risk?: RiskKind;
}

/** Receives what a trial hands out. The trials of a study have no keeper. */
export interface Keeper {
  /** An array in C order. The keeper stores a copy. A second array under the same name replaces the first. */
  readonly array: (name: string, shape: readonly number[], values: Float64Array) => void;
  readonly problem: (words: ProblemWords) => void;
}

/** Undefined when nobody asks for the arrays, which is the usual case. */
type MaybeKeeper = Keeper | undefined;

/** The same keeper with `-suffix` appended to all names, for trials that descend from one start several times. */
export function suffixed(keep: MaybeKeeper, suffix: string): MaybeKeeper {
  return (
    keep && {
      ...keep,
      array: (name, shape, values) => {
        keep.array(`${name}-${suffix}`, shape, values);
      },
    }
  );
}

/** X (n, d), before the kernels convert it to their own layout. */
export function keepInputs(keep: MaybeKeeper, { samples, dimension, values }: Inputs): void {
  keep?.array('X', [samples, dimension], values.subarray(0, samples * dimension));
}

/** The teacher: W* (K, d), or (1, m) for a cnn, and v* (K). */
interface Teaching {
  readonly problem: Pick<Problem, 'labels' | 'shape' | 'activation' | 'loss'>;
  readonly teacher: Float64Array;
  readonly teacherOutput: Float64Array;
}

/**
 * The words that the problem does not contain. The loss is given when it differs from the loss that is descended on.
 */
type TeachingWords = Pick<ProblemWords, 'architecture' | 'output' | 'labels'> & Partial<Pick<ProblemWords, 'loss'>>;

/** y (n), the teacher, and the words of the problem. */
export function keepTeaching(
  keep: MaybeKeeper,
  { problem, teacher, teacherOutput }: Teaching,
  { loss = problem.loss, ...words }: TeachingWords,
): void {
  keep?.problem({ ...words, activation: problem.activation.name, loss });
  keep?.array('y', [problem.labels.length], problem.labels);
  keepTeacher(keep, problem.shape, teacher, teacherOutput);
}

/** W* (K, d), or (1, m) for a cnn, and v* (K). */
export function keepTeacher(
  keep: MaybeKeeper,
  { strides }: NetworkShape,
  teacher: Float64Array,
  teacherOutput: Float64Array,
): void {
  const units = teacherOutput.length;
  keep?.array('teacher', matrixShape(teacher, units / strides), teacher);
  keep?.array('teacher-v', [units], teacherOutput);
}

/** Where the descents begin: W (L, rows, m) and v (L, K). */
export function keepStarts(keep: MaybeKeeper, rows: number, points: Points): void {
  keepPoints(keep, ['start', 'start-v'], rows, points);
}

/** The step size of each descent before its first step: (L). */
export function keepSteps(keep: MaybeKeeper, steps: Float64Array): void {
  keep?.array('step-sizes', [steps.length], steps);
}

/** Where the descents end: W (L, rows, m) and v (L, K). */
export function keepEnds(keep: MaybeKeeper, rows: number, points: Points): void {
  keepPoints(keep, ['weights', 'v'], rows, points);
}

function keepPoints(
  keep: MaybeKeeper,
  [ofWeights, ofOutput]: readonly [string, string],
  rows: number,
  { starts, weights, outputWeights }: Points,
): void {
  keep?.array(ofWeights, [starts, ...matrixShape(weights, starts * rows, rows)], weights);
  keep?.array(ofOutput, [starts, outputWeights.length / starts], outputWeights);
}

/** The shape (rows, m) of a matrix, or of each of several matrices that have `allRows` rows together. */
function matrixShape({ length }: Float64Array, allRows: number, rows = allRows): [number, number] {
  return [rows, length / allRows];
}

/** Joins the points of several descents, each from one start, into the points of one batch. */
export function joined(points: readonly Points[]): Points {
  const all = (part: 'weights' | 'outputWeights'): Float64Array =>
    Float64Array.from(points.flatMap((point) => Array.from(point[part])));
  return { starts: points.length, weights: all('weights'), outputWeights: all('outputWeights') };
}
