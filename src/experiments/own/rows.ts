/** The measures of gao2018 on the rows of the final W. */
import { COVERED, parameterErrors } from '../../core/landscape/parameterError.js';
import { ORTHONORMAL_TEACHERS } from '../../core/networks/teachers.js';
import type { TrialContext } from '../spec.js';
import { rowLength, type StudyProblem } from './problem.js';
import type { Runs } from './runs.js';
import { isLandscape, type StudySettings } from './declared.js';

/**
 * `covered` is the share of neurons of W* for which some row of W has almost the same direction, with a cosine of at
 * least 0.9 (up to sign if the loss does not depend on the sign). `parameterError` is e(A) of gao2018. It requires as
 * many neurons as inputs and orthogonal rows of W*; A is in units of the norm of these rows.
 */
export function endOfRows(
  { settings, kernels }: Pick<TrialContext<StudySettings>, 'settings' | 'kernels'>,
  drawn: StudyProblem,
  runs: Runs,
  best: number,
): Record<string, number> {
  const { activation, shape, teacher } = drawn;
  const { rows } = shape;
  const length = rowLength(drawn);
  const targets = teacher.length / length;
  const orthonormal: readonly string[] = ORTHONORMAL_TEACHERS;
  const orthogonal = orthonormal.includes(settings.teacher);
  const square = shape.strides === 1 && rows === length && targets === rows && orthogonal;
  if (runs.diverged[best]) return { covered: 0, ...(square ? { parameterError: Infinity } : {}) };
  const weights = runs.weights.subarray(best * rows * length, (best + 1) * rows * length);
  const signs = activation.parity === 'even' || isLandscape(settings);
  const found = Array.from({ length: targets }, (_, k) => {
    const target = teacher.subarray(k * length, (k + 1) * length);
    return Array.from({ length: rows }, (__, i) => cosine(target, weights.subarray(i * length, (i + 1) * length))).some(
      (value) => (signs ? Math.abs(value) : value) >= COVERED,
    );
  });
  const covered = found.filter(Boolean).length / targets;
  return { covered, ...(square ? { parameterError: parameterErrors(kernels, weights, teacher, rows).error } : {}) };
}

function cosine(a: Float64Array, b: Float64Array): number {
  let [product, aa, bb] = [0, 0, 0];
  for (let j = 0; j < a.length; j++) {
    product += a[j] * b[j];
    aa += a[j] * a[j];
    bb += b[j] * b[j];
  }
  return product / Math.sqrt(aa * bb);
}
