/**
 * One trial of gao2018-thm1: the bias of the second-degree LLSFE for infinitely many samples, or one estimate at the
 * origin.
 */
import { exactDerivatives } from '../../../core/score/densities.js';
import { estimateDerivatives, localFitFlops } from '../../../core/score/estimate.js';
import { scoresFromDerivatives } from '../../../core/score/scores.js';
import { drawInputs } from '../../../core/networks/inputs.js';
import { frobeniusNorm } from '../../../core/networks/teachers.js';
import { Purpose } from '../../../core/streams.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';
import { gaussianVariances, mixtureFit } from './thm1Theory.js';

/**
 * The points at which the bias is computed, in two dimensions: between the means, off the line through the means, and
 * at one of the means.
 */
export const POINTS = { origin: [0, 0], side: [0.5, 0.3], mean: [1, 1] } as const;
export type PointName = keyof typeof POINTS;

/** The settings of a trial. */
export interface Thm1Settings {
  /** number of samples of N(0, I), or the population of the mixture */
  readonly n: number | 'population';
  readonly d: number;
  readonly h: number;
  readonly point: PointName;
}

export function runTrial(context: TrialContext<Thm1Settings>): TrialOutcome {
  const { n } = context.settings;
  const measures = n === 'population' ? biasOf(context) : scatterOf(context, n);
  return { status: 'ok', measures: { ...NOTHING, ...measures } };
}

const NOTHING = {
  biasFirst: Number.NaN,
  biasSecond: Number.NaN,
  firstRatio: Number.NaN,
  secondRatio: Number.NaN,
  secondSquare: Number.NaN,
};

/** ‖Ŝ₁ − S₁‖ and the spectral norm of Ŝ₂ − S₂ on the mixture, for n → ∞. */
function biasOf({ settings, kernels }: TrialContext<Thm1Settings>): Record<string, number> {
  const x = Float64Array.from(POINTS[settings.point]);
  const d = x.length;
  const exact = exactDerivatives('mixture', x, d, 2);
  const fit = { points: 1, dimension: d, ...mixtureFit(x, settings.h) };
  const [found, wanted] = [fit, exact].map((derivatives) => scoresFromDerivatives(2, derivatives));
  const { values } = kernels.symmetricEigen(
    found.map((value, at) => value - wanted[at]),
    d,
  );
  return {
    biasFirst: frobeniusNorm(fit.first.map((value, j) => value - exact.first[j])),
    biasSecond: Math.max(-values[0], values[d - 1]),
  };
}

/** Squared errors at x = 0, where ∇log f = 0 and ∇²log f = −I, divided by their exact variances. */
function scatterOf(
  { settings, stream, kernels, cancel }: TrialContext<Thm1Settings>,
  n: number,
): Record<string, number> {
  const { d, h } = settings;
  const samples = kernels.prepare(drawInputs(kernels, 'gaussian', n, d, stream(Purpose.data)));
  const at = { points: new Float64Array(d), leaveOneOut: false };
  const { first, second, singular } = estimateDerivatives(kernels, samples, at, h, cancel);
  if (singular.length > 0) return { firstRatio: Infinity, secondRatio: Infinity, secondSquare: Infinity };
  const variances = gaussianVariances(d, h);
  const ratios: number[] = [];
  let squares = 0;
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      const square = (second[i * d + j] + (i === j ? 1 : 0)) ** 2;
      squares += square;
      ratios.push((n * square) / (i === j ? variances.diagonal : variances.off));
    }
  }
  const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    firstRatio: average(Array.from(first, (a) => (n * a * a) / variances.first)),
    secondRatio: average(ratios),
    secondSquare: squares / ratios.length,
  };
}

/** Flops: the fit, and 40 for each number drawn. A closed form costs almost nothing. */
export function trialCost({ n, d }: Thm1Settings): number {
  return n === 'population' ? 1e4 : localFitFlops(n, d) + 40 * n * d + 2e4;
}
