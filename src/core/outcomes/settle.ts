/** The points to which the descents of one training set converge: each end is polished, each minimum certified. */
import type { LinearAlgebra, Points } from '../kernels/contract.js';
import { spectrumOf, type Spectrum } from '../certificates/newtonStep.js';
import { chord, newtonPolish, placeAt, type PolishStatus } from '../certificates/polish.js';
import { frobeniusNorm } from '../networks/teachers.js';
import type { Risk } from '../risk/risk.js';
import { OUTCOME_RULES } from './classify.js';

type Kernels = Pick<LinearAlgebra, 'symmetricEigen' | 'multiply'>;

/** The end of one start after the polish. */
export interface Settled {
  /** (rows, m) */
  readonly weights: Float64Array;
  /** the gradient norm is at most 1e-9 */
  readonly isStationary: boolean;
  /** smallest eigenvalue of the risk's Hessian there */
  readonly lambdaMin: number;
  /** all steps were used and ‖W‖ was still growing */
  readonly isGrowing: boolean;
  /** number of Hessians computed */
  readonly hessians: number;
}

/** The largest problems that are polished: D entries of W, and the multiplications of a Hessian, n·D² of f_n. */
export const POLISH_LIMITS = { variables: 1000, work: 1e10 } as const;

/** Whether ends in D variables are polished, where a Hessian takes so many multiplications. */
export function canPolish(variables: number, hessianWork: number): boolean {
  return variables <= POLISH_LIMITS.variables && hessianWork <= POLISH_LIMITS.work;
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
  risk: Risk,
  ends: Points,
  startNorms: readonly number[],
  skipped: readonly boolean[],
  cancel?: Int32Array,
): (Settled | undefined)[] {
  const minima: Minimum[] = [];
  return startNorms.map((startNorm, l) => {
    if (skipped[l]) return undefined;
    const end = pointOf(ends, l);
    const known = minima.map((minimum) => arrival(kernels, risk, end, minimum)).find((found) => found !== undefined);
    if (known !== undefined) return known;
    const found = polished(kernels, risk, end, OUTCOME_RULES.growth * startNorm, cancel);
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
function arrival(kernels: Kernels, risk: Risk, end: Points, minimum: Minimum): Settled | undefined {
  const { radius, tolerance } = OUTCOME_RULES.polish;
  const found = chord(kernels, risk, placeAt(risk, end), minimum.spectrum, { tolerance, radius });
  if (found === undefined) return undefined;
  const { weights } = found.point;
  const apart = frobeniusNorm(weights.map((w, j) => w - minimum.weights[j]));
  if (apart > (SLACK * tolerance) / minimum.lambdaMin) return undefined;
  return { weights, isStationary: true, lambdaMin: minimum.lambdaMin, isGrowing: false, hessians: 0 };
}

function polished(
  kernels: Kernels,
  risk: Risk,
  end: Points,
  farthest: number,
  cancel: Int32Array | undefined,
): Minimum {
  const { radius, steps: maxSteps, tolerance } = OUTCOME_RULES.polish;
  const stop = cancel === undefined ? {} : { cancel };
  const { weights, gradientNorm, status, norms } = newtonPolish(kernels, risk, end, {
    radius,
    maxSteps,
    tolerance,
    farthest,
    ...stop,
  });
  const spectrum = spectrumOf(kernels, risk.hessian({ ...end, weights }, cancel));
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
