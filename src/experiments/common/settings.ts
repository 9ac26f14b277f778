/**
 * Settings that the papers' experiments share. Choices that a paper leaves open are settings, so that `--set` can
 * change them.
 */
import type { InputLaw } from '../../core/networks/inputs.js';
import type { LabelKind } from '../../core/networks/labels.js';
import type { LossName } from '../../core/networks/losses.js';
import type { StartLaw } from '../../core/networks/starts.js';
import type { TeacherLaw } from '../../core/networks/teachers.js';
import { choice, number } from '../../settings/declare.js';
import type { PerScale } from '../../settings/scale.js';
import type { List, Single } from '../../settings/types.js';

/** The values that fu2018 and fu2019 offer. They stay the same when the vocabulary grows. */
const TEACHERS = ['orthonormal', 'gaussian', 'gaussian-unit'] as const satisfies readonly TeacherLaw[];
const INPUTS = ['gaussian', 'laplace', 'mixture', 'logistic', 'smooth-uniform'] as const satisfies readonly InputLaw[];
const LABELS = ['classification', 'regression'] as const satisfies readonly LabelKind[];
const STARTS = ['sphere', 'ball'] as const satisfies readonly StartLaw[];
const LOSSES = ['squared', 'cross-entropy'] as const satisfies readonly LossName[];

/** A planted problem with classification or regression labels. The defaults are those of fu2018. */
export const planted = {
  K: number({ description: 'neurons of teacher and student', integer: true, min: 1, max: 64, default: 3 }),
  teacher: choice(TEACHERS, { description: 'law of W*', default: 'orthonormal' }),
  teacherScale: number({
    description: 'factor s on the law of W*; for orthonormal rows the norm of each w*',
    min: 1e-3,
    max: 1e3,
    default: 2,
  }),
  inputs: choice(INPUTS, { description: 'law of the inputs x', default: 'gaussian' }),
  labels: choice(LABELS, { description: 'labels y given f*(x)', default: 'classification' }),
};

/** Starts around the teacher. */
export const nearby = {
  startLaw: choice(STARTS, { description: 'where W0 lies around W*', default: 'sphere' }),
  radius: number({
    description: 'distance of W0 from W*, divided by the Frobenius norm of W*',
    min: 0,
    max: 10,
    default: 0.1,
  }),
};

/** Steps of a descent, and when it stops before its last iteration. */
export const descent = {
  stepSize: number({
    description: 'step size, or auto = stepFactor over the largest Hessian eigenvalue at W0',
    words: ['auto'],
    min: 1e-9,
    max: 1e9,
    default: 'auto',
  }),
  stepFactor: number({ description: 'c of the automatic step size c/λ_max', min: 1e-3, max: 2, default: 1 }),
  tolerance: number({
    description: 'a run stops early when its gradient norm is at most this',
    min: 0,
    max: 1,
    default: 1e-9,
  }),
};

/** The description of a setting, where it differs between experiments. */
interface Said {
  readonly description?: string;
  readonly min?: number;
  readonly max?: number;
}

/** Trials of each cell. */
export function trials(counts: PerScale<number>, description = 'training sets per cell'): Single<number> {
  return number({ description, integer: true, min: 1, max: 1e6, default: counts });
}

/** Starts on each training set. */
export function starts(
  counts: PerScale<number>,
  {
    least = 1,
    description = 'starts L on each training set',
  }: { readonly least?: number; readonly description?: string } = {},
): Single<number> {
  return number({ description, integer: true, min: least, max: 1000, default: counts });
}

/** The largest number of iterations of a descent. */
export function iterations(
  counts: PerScale<number>,
  { description = 'largest number of iterations', max = 1e7 }: Said = {},
): Single<number> {
  return number({ description, integer: true, min: 1, max, default: counts });
}

/** One input dimension. */
export function dimension(
  value: PerScale<number>,
  { description = 'input dimension', max = 1000 }: Said = {},
): Single<number> {
  return number({ description, integer: true, min: 1, max, default: value });
}

/** Input dimensions as an axis of the grid. */
export function dimensions(
  values: PerScale<readonly number[]>,
  { description = 'input dimensions', min = 1, max = 1000 }: Said = {},
): List<number> {
  return number({ description, integer: true, list: true, min, max, default: values });
}

/** Sample sizes as an axis of the grid. */
export function samples(
  values: PerScale<readonly number[]>,
  { description = 'sample sizes', max = 1e7 }: Said = {},
): List<number> {
  return number({ description, integer: true, list: true, min: 1, max, default: values });
}

/** Sample sizes, or `auto`: sample sizes proportional to each dimension, see `perDimension`. */
export function samplesOrAuto(
  values: PerScale<readonly (number | 'auto')[]>,
  description = 'sample sizes, or auto = perDimension × d',
): List<number | 'auto'> {
  return number({ description, integer: true, list: true, words: ['auto'], min: 1, max: 1e7, default: values });
}

/** Values of n/d for the sample size `auto`. */
export function perDimension(
  values: PerScale<readonly number[]>,
  {
    description = 'values of n/d when n is auto',
    least = 1,
  }: { readonly description?: string; readonly least?: number } = {},
): List<number> {
  return number({ description, list: true, min: least, max: 1e6, default: values });
}

/** The largest SD_n that counts as a success. */
export function threshold(value: PerScale<number>): Single<number> {
  return number({ description: 'success iff SD_n is at most this', min: 1e-15, max: 1e3, default: value });
}

/** The loss of a descent. */
export const loss = choice(LOSSES, { description: 'loss ℓ', default: 'squared' });
