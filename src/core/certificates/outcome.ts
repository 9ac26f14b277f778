import type { LinearAlgebra } from '../kernels/contract.js';
import { levenbergMarquardt } from './levenberg.js';
import type { Network, TrainingRows } from './linearisation.js';
import { curvatureAt, newtonDescent, type Curvature } from './newton.js';

type Kernels = Pick<LinearAlgebra, 'multiply' | 'solve' | 'symmetricEigen'>;

/**
 * What a point is, to working precision: a `global` minimum (loss zero), a `spurious` local minimum (stationary, no
 * negative curvature, loss not zero), a `saddle` (stationary, negative curvature), or `unfinished` (not stationary).
 */
export const OUTCOMES = ['global', 'spurious', 'saddle', 'unfinished'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The scale-free thresholds behind an outcome. */
export const CERTIFICATE = {
  /** loss over the loss at the start */
  loss: 1e-12,
  /** ‖∇L‖/√(2Lλ_max) */
  gradient: 1e-7,
  /** −λ_min/λ_max: curvature that is negative beyond rounding and beyond what the gradient's own error allows */
  curvature: 1e-7,
} as const;

export interface PolishedOutcome {
  readonly outcome: Outcome;
  readonly network: Network;
  readonly loss: number;
  /** ‖∇L‖/√(2Lλ_max); NaN at a global minimum, where it was not needed */
  readonly relativeGradient: number;
  /** λ_min and λ_max of ∇²L; NaN at a global minimum */
  readonly lambdaMin: number;
  readonly lambdaMax: number;
  /** Levenberg–Marquardt and Newton steps */
  readonly steps: number;
}

const LEVENBERG_STEPS = 1000;
/**
 * Newton's method hands over to Levenberg–Marquardt again when the loss is below this share of the loss at its start.
 */
const WAY = 1 / 4;

export interface OutcomeOptions {
  /** the loss at the descent's own start */
  readonly firstLoss: number;
  /** how many Newton steps may be spent on a point that is no zero of the residuals; 0: it is judged where it is */
  readonly newtonSteps: number;
  readonly cancel?: Int32Array | undefined;
}

/**
 * The point to which a descent would converge: a zero of the residuals by Levenberg–Marquardt, else a stationary point
 * by Newton's method. The two alternate as long as Newton's method makes progress.
 */
export function polishedOutcome(
  kernels: Kernels,
  rows: TrainingRows,
  start: Network,
  { firstLoss, newtonSteps, cancel }: OutcomeOptions,
): PolishedOutcome {
  const lossTarget = CERTIFICATE.loss * firstLoss;
  let [network, steps, left]: [Network, number, number] = [start, 0, newtonSteps];
  for (;;) {
    const fitted = levenbergMarquardt(kernels, rows, network, { lossTarget, maxSteps: LEVENBERG_STEPS, cancel });
    steps += fitted.steps;
    if (fitted.loss <= lossTarget) return globalMinimum(fitted.network, fitted.loss, steps);
    const settled = newtonDescent(kernels, rows, fitted.network, {
      tolerance: CERTIFICATE.gradient,
      maxSteps: left,
      lossTarget: WAY * fitted.loss,
      cancel,
    });
    steps += settled.steps;
    left -= settled.steps;
    network = settled.network;
    if (settled.curvature.loss > WAY * fitted.loss || left <= 0)
      return classified(network, settled.curvature, firstLoss, steps);
  }
}

/** The outcome at a given point, without moving it. */
export function outcomeAt(kernels: Kernels, rows: TrainingRows, network: Network, firstLoss: number): PolishedOutcome {
  return classified(network, curvatureAt(kernels, rows, network), firstLoss, 0);
}

function globalMinimum(network: Network, loss: number, steps: number): PolishedOutcome {
  return {
    outcome: 'global',
    network,
    loss,
    relativeGradient: Number.NaN,
    lambdaMin: Number.NaN,
    lambdaMax: Number.NaN,
    steps,
  };
}

function classified(
  network: Network,
  { loss, relativeGradient, eigenvalues }: Curvature,
  firstLoss: number,
  steps: number,
): PolishedOutcome {
  const [lambdaMin, lambdaMax] = [eigenvalues[0], eigenvalues[eigenvalues.length - 1]];
  return { outcome: name(), network, loss, relativeGradient, lambdaMin, lambdaMax, steps };

  function name(): Outcome {
    if (loss <= CERTIFICATE.loss * firstLoss) return 'global';
    // A Hessian of zero, for example of units that have underflowed, certifies nothing.
    if (!(relativeGradient <= CERTIFICATE.gradient) || !(lambdaMax > 0)) return 'unfinished';
    return lambdaMin < -CERTIFICATE.curvature * lambdaMax ? 'saddle' : 'spurious';
  }
}
