/** One trial of fu2018-population: how fast the population Hessian changes around W*, and its ends in a ball. */
import { denseExtremes } from '../../../core/curvature/eigenvalues.js';
import type { LinearAlgebra } from '../../../core/kernels/contract.js';
import { parseActivation } from '../../../core/networks/activations.js';
import { drawTeacher } from '../../../core/networks/teachers.js';
import { normalSource } from '../../../core/tensor/normals.js';
import { Purpose } from '../../../core/streams.js';
import { orthonormalCubic, steepestDirection, type CubicPoint } from '../../../theory/orthonormalCubic.js';
import { populationHessian, populationHessianAt } from '../../../theory/populationHessian.js';
import { quantities } from '../../../theory/quantities.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';

export interface PopulationSettings {
  readonly K: number;
  /** ‖w*_k‖ */
  readonly teacherScale: number;
  /** distance t of the difference quotient */
  readonly distance: number;
  /** random starts of the search for the steepest direction */
  readonly starts: number;
  /** largest number of moves of the search for the least curvature in the ball */
  readonly moves: number;
}

/** max{‖φ′‖_∞, ‖φ″‖_∞, ‖φ‴‖_∞} of the sigmoid: φ′(0). */
export const SIGMOID_BOUND = 0.25;

/** ρ(σ) of fu2018 for the sigmoid. */
export function sigmoidRho(sigma: number): number {
  return quantities(parseActivation('sigmoid'), sigma).rho.fu2018;
}

/** r of Lemma 2 with c = 1, for orthonormal rows of norm s: ρ(s)/(√K L_φ²). */
export function printedRadius(K: number, teacherScale: number): number {
  return sigmoidRho(teacherScale) / (Math.sqrt(K) * SIGMOID_BOUND ** 2);
}

type Kernels = Pick<LinearAlgebra, 'symmetricEigen'>;
type Form = ReturnType<typeof orthonormalCubic>;

/** The population around W*, at W* + D. */
interface Population {
  readonly kernels: Kernels;
  readonly centre: Float64Array;
  readonly at: (change: Float64Array) => Float64Array;
}

export function populationTrial({ settings, stream, kernels }: TrialContext<PopulationSettings>): TrialOutcome {
  const { K, teacherScale, distance, starts, moves } = settings;
  const activation = parseActivation('sigmoid');
  // One coordinate outside of the span of the rows stands for all of them.
  const d = K + 1;
  const weights = drawTeacher(kernels, 'identity', K, d, teacherScale, stream(Purpose.teacher));
  const teacher = { activation, weights, outputWeights: new Float64Array(K).fill(1 / K) };
  const population: Population = {
    kernels,
    centre: populationHessian(teacher),
    at: (change) =>
      populationHessianAt(
        teacher,
        weights.map((w, at) => w + change[at]),
      ),
  };
  const form = orthonormalCubic(activation, teacherScale, K);
  const next = normalSource(kernels, stream(Purpose.start));
  const steepest = Array.from({ length: starts }, () => steepestDirection(form, next(K * d))).reduce((best, point) =>
    point.value > best.value ? point : best,
  );
  const equal = Float64Array.from({ length: K * d }, (_, at) => (at % d < K ? 1 / K : 0));
  const equalQuotient = quotient(population, equal, distance);
  const ball = ballEnds(population, form, steepest, printedRadius(K, teacherScale), moves);
  return {
    status: 'ok',
    measures: {
      lipschitz: Math.max(equalQuotient, quotient(population, steepest.direction, distance)),
      equalEntries: equalQuotient,
      limit: steepest.value,
      ballMin: ball.smallest,
      ballMax: ball.largest,
    },
  };
}

/** The larger of ‖∇²f(W* ± tD) − ∇²f(W*)‖/t. */
function quotient({ kernels, centre, at }: Population, direction: Float64Array, t: number): number {
  const sides = [t, -t].map((step) => {
    const moved = at(direction.map((entry) => step * entry));
    const difference = moved.map((entry, i) => entry - centre[i]);
    const { smallest, largest } = denseExtremes(kernels, difference, direction.length);
    return Math.max(-smallest, largest) / t;
  });
  return Math.max(...sides);
}

/**
 * The least λ_min and the largest λ_max of ∇²f seen on the sphere of radius r around W*. Searches start along ± the
 * steepest direction; a move goes to W* − r∇λ_min/‖∇λ_min‖, the gradient being ∇³f(W*)[u, u] of the eigenvector u.
 */
function ballEnds(
  { kernels, at }: Population,
  form: Form,
  { direction }: CubicPoint,
  radius: number,
  moves: number,
): { readonly smallest: number; readonly largest: number } {
  let [smallest, largest] = [Infinity, -Infinity];
  for (const side of [radius, -radius]) {
    let change = direction.map((entry) => side * entry);
    for (let move = 0; move <= moves; move++) {
      const ends = denseExtremes(kernels, at(change), change.length);
      const isLower = ends.smallest < smallest;
      smallest = Math.min(smallest, ends.smallest);
      largest = Math.max(largest, ends.largest);
      if (move > 0 && !isLower) break;
      const { gradient } = form(ends.smallestVector);
      const factor = radius / Math.hypot(...gradient);
      change = gradient.map((entry) => -factor * entry);
    }
  }
  return { smallest, largest };
}

/** Floating point operations of a trial: quadrature of 2.5K² pairs of rows for each Hessian. */
export function populationCost({ K, moves }: Pick<PopulationSettings, 'K' | 'moves'>): number {
  return (6 + 2 * moves) * 2.5e7 * K * K + 1e7 * K ** 3;
}
