/** The points to which the descents of one training set converge: each end is polished, each minimum certified. */
import { denseHessian } from '../curvature/hessian.js';
import type { DescentKernels, LinearAlgebra, Points, Problem } from '../kernels/contract.js';
import { spectrumOf, type Spectrum } from '../certificates/newtonStep.js';
import { chord, newtonPolish, placeAt, type PolishStatus } from '../certificates/polish.js';
import { frobeniusNorm } from '../networks/teachers.js';
import { OUTCOME_RULES } from './classify.js';

type Kernels = DescentKernels & Pick<LinearAlgebra, 'symmetricEigen' | 'multiply'>;

/** The end of one start after the polish. */
export interface Settled {
  /** (rows, m) */
  readonly weights: Float64Array;
  /** ‖∇f_n‖ ≤ 1e-9 */
  readonly isStationary: boolean;
  /** smallest eigenvalue of ∇²f_n there */
  readonly lambdaMin: number;
  /** all steps were used and ‖W‖ was still growing */
  readonly isGrowing: boolean;
  /** number of Hessians computed */
  readonly hessians: number;
}

/** The largest problems that are polished: D entries of W, and n·D², which a Hessian costs in multiplications. */
export const POLISH_LIMITS = { variables: 1000, work: 1e10 } as const;

/** Whether ends on a training set of n samples in D variables are polished. */
export function canPolish(samples: number, variables: number): boolean {
  return variables <= POLISH_LIMITS.variables && samples * variables ** 2 <= POLISH_LIMITS.work;
}

/** A certified minimum, which other starts may end at. */
interface Minimum extends Settled {
  readonly spectrum: Spectrum;
}

/**
 * The ends of L descents (rows of `ends`; `startNorms` are ‖W_0‖_F), polished one by one by Newton's method in a trust
 * region; undefined for those marked in `skipped`. A start that comes to a minimum found before, by steps with the
 * curvature there, needs no Hessian of its own. v is held fixed.
 */
export function settle(
  kernels: Kernels,
  problem: Problem,
  ends: Points,
  startNorms: readonly number[],
  skipped: readonly boolean[],
  cancel?: Int32Array,
): (Settled | undefined)[] {
  const minima: Minimum[] = [];
  return startNorms.map((startNorm, l) => {
    if (skipped[l]) return undefined;
    const end = pointOf(ends, l);
    const known = minima.map((minimum) => arrival(kernels, problem, end, minimum)).find((found) => found !== undefined);
    if (known !== undefined) return known;
    const found = polished(kernels, problem, end, OUTCOME_RULES.growth * startNorm, cancel);
    if (found.isStationary && found.lambdaMin > OUTCOME_RULES.curvature) minima.push(found);
    return found;
  });
}

function pointOf({ starts, weights, outputWeights }: Points, l: number): Points {
  const part = (values: Float64Array): Float64Array => {
    const size = values.length / starts;
    return values.slice(l * size, (l + 1) * size);
  };
  return { starts: 1, weights: part(weights), outputWeights: part(outputWeights) };
}

/** How far apart, in units of the certified bound ‖∇f‖/λ_min, two ends at one minimum may lie. */
const SLACK = 10;

/** The end at a known minimum, or undefined where steps with its curvature do not lead there at once. */
function arrival(kernels: Kernels, problem: Problem, end: Points, minimum: Minimum): Settled | undefined {
  const { radius, tolerance } = OUTCOME_RULES.polish;
  const found = chord(kernels, problem, placeAt(kernels, problem, end), minimum.spectrum, { tolerance, radius });
  if (found === undefined) return undefined;
  const { weights } = found.point;
  const apart = frobeniusNorm(weights.map((w, j) => w - minimum.weights[j]));
  if (apart > (SLACK * tolerance) / minimum.lambdaMin) return undefined;
  return { weights, isStationary: true, lambdaMin: minimum.lambdaMin, isGrowing: false, hessians: 0 };
}

function polished(
  kernels: Kernels,
  problem: Problem,
  end: Points,
  farthest: number,
  cancel: Int32Array | undefined,
): Minimum {
  const { radius, steps: maxSteps, tolerance } = OUTCOME_RULES.polish;
  const stop = cancel === undefined ? {} : { cancel };
  const { weights, gradientNorm, status, norms } = newtonPolish(kernels, problem, end, {
    radius,
    maxSteps,
    tolerance,
    farthest,
    ...stop,
  });
  const spectrum = spectrumOf(kernels, denseHessian(kernels, problem, { ...end, weights }, cancel));
  return {
    weights,
    spectrum,
    lambdaMin: spectrum.values[0],
    isStationary: gradientNorm <= OUTCOME_RULES.gradient,
    isGrowing: isGrowing(status, norms),
    hessians: norms.length,
  };
}

/** Whether the steps ran out while every one of the second half of them made ‖W‖ larger. */
function isGrowing(status: PolishStatus, norms: readonly number[]): boolean {
  const late = norms.slice(Math.floor(norms.length / 2));
  return status === 'steps' && late.every((norm, i) => i === 0 || norm > late[i - 1]);
}
