/** One trial of zhong2017-thm42: curvature of the population at W*, and curvature of samples at W* and near it. */
import { denseExtremes } from '../../../core/curvature/eigenvalues.js';
import { denseHessian, denseHessianFlops } from '../../../core/curvature/hessian.js';
import { quantities } from '../../../theory/quantities.js';
import { populationHessian } from '../../../theory/populationHessian.js';
import { drawPlanted, type NearbySettings, type Planted, type TrainingSettings } from '../../common/planted.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';

/** The settings that the theorem fixes. `spectrum` teachers have singular values s · (1, …, κ). */
const FIXED = {
  output: 'signs',
  labels: 'regression',
  inputs: 'gaussian',
  loss: 'squared',
  teacher: 'spectrum',
  startLaw: 'sphere',
} as const;

/** The settings of a trial. */
export interface CurvatureSettings
  extends Pick<TrainingSettings, 'K' | 'd' | 'n' | 'teacherScale'>, Pick<NearbySettings, 'radius'> {
  readonly activation: string;
  readonly condition: number;
}

/** Rounding may violate an equality by this relative amount. */
const ROUNDING = 1e-9;

/** The planted problem of a trial. Its start is the point at distance δ from W*. */
export function curvatureProblem(context: TrialContext<CurvatureSettings>): Planted {
  return drawPlanted({ ...context, settings: { ...FIXED, ...context.settings } }, 1);
}

export function runTrial(context: TrialContext<CurvatureSettings>): TrialOutcome {
  const { settings, kernels, cancel } = context;
  const { problem, teacher: weights, teacherOutput: outputWeights, starts } = curvatureProblem(context);
  const size = weights.length;
  const population = populationHessian({ activation: problem.activation, weights, outputWeights });
  const exact = denseExtremes(kernels, population, size);
  const sample = denseHessian(kernels, problem, { starts: 1, weights, outputWeights }, cancel);
  const apart = denseExtremes(
    kernels,
    sample.map((entry, at) => entry - population[at]),
    size,
  );
  const near = denseExtremes(kernels, denseHessian(kernels, problem, starts, cancel), size);
  const bound = lowerBound(settings, quantities(problem.activation, settings.teacherScale).rho.zhong2017);
  return {
    status: 'ok',
    measures: {
      exactMin: exact.smallest,
      exactMax: exact.largest,
      boundRatio: exact.smallest / bound,
      boundHolds: exact.smallest >= bound * (1 - ROUNDING) ? 1 : 0,
      deviation: Math.max(-apart.smallest, apart.largest) / exact.largest,
      nearMin: near.smallest / exact.smallest,
      nearMax: near.largest / exact.largest,
    },
  };
}

/** ρ(σ_k)/(κ²λ) with λ = Π σ_i/σ_k^k, for v with entries ±1. */
function lowerBound({ K, condition }: CurvatureSettings, rho: number): number {
  const lambda = Array.from({ length: K }, (_, i) => (K === 1 ? 1 : 1 + ((condition - 1) * i) / (K - 1)));
  return rho / (condition ** 2 * lambda.reduce((product, ratio) => product * ratio, 1));
}

/** Floating point operations of a trial: two dense Hessians of the sample, quadrature of every pair, eigenvalues. */
export function trialCost({ K, d, n }: Pick<CurvatureSettings, 'K' | 'd' | 'n'>): number {
  return 2 * denseHessianFlops(n, d, K, K * d) + 5e6 * K * K + 30 * (K * d) ** 3 + 100 * n * d;
}
