/** One trial of gao2018's Figures 1 and 2: the error of an estimated score at one fresh point. */
import { wordsOf } from '../../../base/vocabulary.js';
import { drawInputs, type InputLaw, type MixtureSplit } from '../../../core/networks/inputs.js';
import type { NativeKernels } from '../../../core/kernels/contract.js';
import { exactDerivatives } from '../../../core/score/densities.js';
import { estimateDerivatives, localFitFlops } from '../../../core/score/estimate.js';
import { scoresFromDerivatives } from '../../../core/score/scores.js';
import { Purpose } from '../../../core/streams.js';
import { frobeniusNorm } from '../../../core/networks/teachers.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';

/** The names of the scores in the figures, with the orders of the scores. */
export const SCORES = { S2: 2, S4: 4 } as const;
export type ScoreName = keyof typeof SCORES;
export const SCORE_NAMES = wordsOf(SCORES);

/** The settings of a trial. */
export interface ScoreSettings {
  readonly score: ScoreName;
  readonly n: number;
  readonly d: number;
  readonly bandwidthS2: number;
  readonly bandwidthS4: number;
  readonly skipRadius: number;
  /** for a mixture: how the samples are split; absent: at random */
  readonly split?: MixtureSplit;
}

/** h = c n^{−1/(d+6)}, with the factor c of the score. */
export function bandwidthOf({ score, n, d, ...factors }: ScoreSettings): number {
  return factors[`bandwidth${score}` as const] * n ** (-1 / (d + 6));
}

const SKIPPED: TrialOutcome = {
  status: 'ok',
  measures: { error: Number.NaN, limit: Number.NaN, kept: 0, singular: Number.NaN },
};

/**
 * A point x₀ from the law, n fresh samples, and ‖Ŝ_m(x₀) − S_m(x₀)‖. The norm is spectral for S₂ and Frobenius for S₄.
 * A point that is too far out is skipped: kept = 0, and its error is NaN. A singular local covariance gives an infinite
 * error. The trial also records the limit of the error for n → ∞ and h → 0 at this x₀. The limit is the part of S₄ that
 * the fit of degree two omits, ‖4 sym(𝒢₃⊗g₁) + 𝒢₄‖.
 */
export function scoreTrial(context: TrialContext<ScoreSettings>, law: InputLaw): TrialOutcome {
  const { settings, stream, kernels, cancel } = context;
  const { n, d, score, split = 'random' } = settings;
  const point = drawInputs(kernels, law, 1, d, stream(Purpose.freshData)).values.subarray(0, d);
  if (!isKept(law, point, settings.skipRadius)) return SKIPPED;
  const samples = kernels.prepare(drawInputs(kernels, law, n, d, stream(Purpose.data), split));
  const fit = estimateDerivatives(
    kernels,
    samples,
    { points: point, leaveOneOut: false },
    bandwidthOf(settings),
    cancel,
  );
  const order = SCORES[score];
  const derivatives = exactDerivatives(law, point, d, order);
  const { first, second } = derivatives;
  const exact = scoresFromDerivatives(order, derivatives);
  const distance = (scores: Float64Array): number => {
    const difference = scores.map((value, i) => value - exact[i]);
    return order === 2 ? spectralNorm(kernels, difference, d) : frobeniusNorm(difference);
  };
  const isSingular = fit.singular.length > 0;
  const error = isSingular ? Infinity : distance(scoresFromDerivatives(order, fit));
  const limit = distance(scoresFromDerivatives(order, { points: 1, dimension: d, first, second }));
  return { status: 'ok', measures: { error, limit, kept: 1, singular: isSingular ? 1 : 0 } };
}

/** Whether the point is within the radius around the law's mean, or for the mixture around one of its two means. */
function isKept(law: InputLaw, point: Float64Array, radius: number): boolean {
  const means = law === 'mixture' ? [-1, 1] : [0];
  return means.some((mean) => Math.hypot(...point.map((x) => x - mean)) <= radius);
}

/** Largest absolute eigenvalue of a symmetric matrix. */
function spectralNorm(kernels: NativeKernels, matrix: Float64Array, d: number): number {
  const { values } = kernels.symmetricEigen(matrix, d);
  return Math.max(-values[0], values[d - 1]);
}

/** Operations of a trial: its fit, about 40 for each number drawn, and a constant. */
export function scoreTrialCost({ n, d, score }: ScoreSettings): number {
  return localFitFlops(n, d) + 40 * n * d + 2e4 + 30 * d ** SCORES[score];
}
