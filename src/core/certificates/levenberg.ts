import { throwIfCancelled } from '../../base/errors.js';
import type { LinearAlgebra } from '../kernels/contract.js';
import {
  jacobianGram,
  linearise,
  moved,
  outputsOf,
  squaredNorm,
  transposedJacobian,
  type Linearisation,
  type Network,
  type TrainingRows,
} from './linearisation.js';

type Kernels = Pick<LinearAlgebra, 'multiply' | 'solve'>;

export interface LevenbergOptions {
  /** stop when the loss is at most this */
  readonly lossTarget: number;
  readonly maxSteps: number;
  /** polled between steps; not 0 throws `Cancelled` */
  readonly cancel?: Int32Array | undefined;
}

export interface Descended {
  readonly network: Network;
  readonly loss: number;
  readonly steps: number;
}

/** First damping over the mean eigenvalue of J Jᵀ, and its bounds: below, the system is singular to rounding. */
const DAMPING = { first: 1e-3, least: 1e-13, most: 1e8 } as const;
/**
 * A run is slow when this many steps together save less than this share of the loss: no zero of the residuals is near.
 */
const SLOW = { steps: 25, share: 0.05 } as const;

/**
 * Levenberg–Marquardt on the residuals: δ = −Jᵀ(J Jᵀ + μI)⁻¹r, an (n, n) system for any number of variables. Near a
 * zero of the residuals μ falls and convergence is quadratic. μ is updated by the gain ratio (Nielsen's rule), and the
 * loss never rises. The run stops at the target, when it is slow, or after `maxSteps` systems.
 */
export function levenbergMarquardt(
  kernels: Kernels,
  rows: TrainingRows,
  start: Network,
  options: LevenbergOptions,
): Descended {
  let network = start;
  let at = linearise(kernels, rows, network);
  let gram = jacobianGram(kernels, rows, network, at);
  let [damping, growth, steps]: [number, number, number] = [DAMPING.first, 2, 0];
  const losses = [at.loss];
  while (at.loss > options.lossTarget && steps < options.maxSteps && damping < DAMPING.most && !isSlow(losses)) {
    throwIfCancelled(options.cancel);
    const step = dampedStep(kernels, rows, network, at, gram, damping);
    // With a Jacobian of zero, for example of units that have underflowed, there is no step.
    if (step === undefined) break;
    const { direction, promise } = step;
    const candidate = moved(network, direction);
    const outputs = outputsOf(kernels, rows, candidate);
    const gain = (at.loss - outputs.loss) / promise;
    steps += 1;
    if (gain > 0) {
      network = candidate;
      at = linearise(kernels, rows, network, outputs);
      gram = jacobianGram(kernels, rows, network, at);
      damping = Math.max(damping * Math.max(1 / 3, 1 - (2 * gain - 1) ** 3), DAMPING.least);
      growth = 2;
      losses.push(at.loss);
    } else {
      damping *= growth;
      growth *= 2;
    }
  }
  return { network, loss: at.loss, steps };
}

function isSlow(losses: readonly number[]): boolean {
  const last = losses.length - 1;
  return last >= SLOW.steps && losses[last] > (1 - SLOW.share) * losses[last - SLOW.steps];
}

/**
 * The step, and the decrease of the loss that the linear model predicts: with u = (J Jᵀ + μI)⁻¹r its residual after the
 * step is μu.
 */
function dampedStep(
  kernels: Kernels,
  rows: TrainingRows,
  network: Network,
  at: Linearisation,
  gram: Float64Array,
  damping: number,
): { direction: Float64Array; promise: number } | undefined {
  const n = rows.samples;
  const damped = gram.slice();
  let trace = 0;
  for (let i = 0; i < n; i++) trace += gram[i * n + i];
  const mu = damping * (trace / n);
  if (!(mu > 0)) return undefined;
  for (let i = 0; i < n; i++) damped[i * n + i] += mu;
  const u = kernels.solve(damped, at.residuals, n, 1);
  return {
    direction: transposedJacobian(kernels, rows, network, at, u).map((x) => -x),
    promise: (squaredNorm(at.residuals) - mu * mu * squaredNorm(u)) / (2 * n),
  };
}
