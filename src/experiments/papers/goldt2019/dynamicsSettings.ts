/** Settings of the course of online SGD, and the times at which it is recorded. */
import { choice, number } from '../../../settings/declare.js';
import type { PerScale } from '../../../settings/scale.js';
import type { List, TrialSettings, Values } from '../../../settings/types.js';
import * as common from '../../common/settings.js';

/** Most rows of the student, and of the teacher. */
const MOST_ROWS = 8;
/** The rows of every student and teacher are orthogonal to each other in this dimension. */
export const LEAST_DIMENSION = 2 * MOST_ROWS;
export const MOST_DIMENSION = 10000;

/** Rows of the student, as an axis of the grid. */
export function rowsOfStudents(sizes: PerScale<number[]>): List<number> {
  return number({
    description: 'rows K of the student',
    integer: true,
    list: true,
    min: 1,
    max: MOST_ROWS,
    default: sizes,
  });
}

/** The teacher and the noise of its labels. */
export const teacher = {
  teacherRows: number({
    description: 'rows M of the teacher, which are orthonormal',
    integer: true,
    min: 1,
    max: MOST_ROWS,
    default: 2,
  }),
  noise: number({ description: 'σ of the noise of the labels', min: 0, max: 10, default: 0.1 }),
};

/** Times α = steps/d at which runs are compared with the equations. */
export const TIMES = [1, 2, 5, 10, 20, 50, 75, 100, 150, 200, 300] as const;

/** Times at which runs are recorded: those, and more for the figure. */
export const RECORDED = [
  ...[0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 40, 50, 62, 75, 87],
  ...[100, 112, 125, 137, 150, 162, 175, 187, 200, 225, 250, 275, 300],
];

/** `overlap`: rows with given products with the teacher's, the same for every d; `random`: entries N(0, 1/d). */
export const STARTS = ['overlap', 'random'] as const;
export type Start = (typeof STARTS)[number];

export const SETTINGS = {
  K: rowsOfStudents({ smoke: [2], quick: [2, 4], paper: [2, 4] }),
  ...teacher,
  d: common.dimensions(
    { smoke: [16, 32], quick: [100, 200, 400], paper: [125, 250, 500, 1000] },
    { min: LEAST_DIMENSION, max: MOST_DIMENSION },
  ),
  start: choice(STARTS, {
    description: 'first rows of the student: given products with the teacher, or entries N(0, 1/d)',
    list: true,
    default: STARTS,
  }),
  overlap: number({
    description:
      'product of row i of the student with its row of the teacher, i mod M; halved, divided by three … for i ≥ M, 2M …',
    min: 0,
    max: 1,
    default: 0.2,
  }),
  stepSize: number({ description: 'η: the step size is η/d', min: 1e-3, max: 10, default: 0.8 }),
  trials: common.trials({ smoke: 3, quick: 40, paper: 100 }, 'runs per cell, each with its own samples'),
};

export type DynamicsValues = Values<typeof SETTINGS>;

export interface DynamicsPlace {
  readonly K: number;
  readonly d: number;
  readonly start: Start;
}

export type DynamicsSettings = TrialSettings<typeof SETTINGS, DynamicsPlace>;
