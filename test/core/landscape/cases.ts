/** Landscape problems over all kinds of score, with their tensors beside. */
import { drawInputs, type InputLaw } from '../../../src/core/networks/inputs.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import type { DescentKernels } from '../../../src/core/kernels/contract.js';
import type { LandscapeProblem } from '../../../src/core/kernels/landscapeContract.js';
import { landscapeProblem, type LandscapeOptions } from '../../../src/core/landscape/problem.js';
import { exactTerms, gaussianTerms, secondDegreeTerms, type ScoreTerms } from '../../../src/core/landscape/terms.js';
import { gaussian } from '../kernels/cases.js';
import { hermiteScore, productScore, secondDegreeScore, type Ratios } from './bruteForce.js';

export const SCORES = ['G', 'gaussian', 'laplace', 'mixture', 'logistic', 'smooth-uniform', 'second-degree'] as const;
export type Score = (typeof SCORES)[number];

export interface LandscapeCase extends LandscapeOptions {
  readonly score: Score;
  readonly samples: number;
  readonly dimension: number;
  readonly rows: number;
}

export const CASE: LandscapeCase = {
  score: 'laplace',
  samples: 40,
  dimension: 3,
  rows: 3,
  sign: -1,
  mu: 2.5,
  penalty: 0.7,
};

/** Inputs of the law of a score; G meets inputs that are not Gaussian. */
export function inputsFor({ score, samples, dimension }: LandscapeCase): Float64Array {
  const law: InputLaw = score === 'G' ? 'laplace' : score === 'second-degree' ? 'gaussian' : score;
  return drawInputs(referenceKernels, law, samples, dimension, { key: [3, 1], trial: 4, purpose: 1 }).values;
}

/** A_2 of each sample: symmetric, of no definite sign. */
export function curvaturesFor({ samples, dimension: d }: LandscapeCase): Float64Array {
  const values = gaussian(samples * d * d, 7);
  return values.map((value, at) => {
    const [i, a, b] = [Math.floor(at / (d * d)), Math.floor(at / d) % d, at % d];
    return value + values[(i * d + b) * d + a];
  });
}

export function termsFor(c: LandscapeCase): ScoreTerms {
  const inputs = inputsFor(c);
  if (c.score === 'G') return gaussianTerms(inputs, c.samples, c.dimension);
  if (c.score === 'second-degree')
    return secondDegreeTerms({ points: c.samples, dimension: c.dimension, first: inputs, second: curvaturesFor(c) });
  return exactTerms(c.score, inputs, c.samples, c.dimension);
}

export const labelsFor = ({ samples }: LandscapeCase): Float64Array => gaussian(samples, 5).map((y) => 0.4 + y);
export const rowsFor = ({ rows, dimension }: LandscapeCase): Float64Array => gaussian(rows * dimension, 6, 0.8);

export function landscapeFor(kernels: DescentKernels, c: LandscapeCase): LandscapeProblem {
  const { sign, mu, penalty } = c;
  return landscapeProblem(kernels, termsFor(c), labelsFor(c), { sign, mu, penalty });
}

/** E[y S_4] by tensors of the definition. */
export function tensorFor(c: LandscapeCase): Float64Array {
  const { samples, dimension: d } = c;
  const [inputs, labels] = [inputsFor(c), labelsFor(c)];
  const sum = new Float64Array(d ** 4);
  for (let i = 0; i < samples; i++) {
    const score = scoreAt(c, i, [...inputs.subarray(i * d, (i + 1) * d)]);
    score.forEach((value, at) => (sum[at] += (labels[i] * value) / samples));
  }
  return sum;
}

function scoreAt(c: LandscapeCase, i: number, x: readonly number[]): Float64Array {
  const d = c.dimension;
  switch (c.score) {
    case 'G':
    case 'gaussian':
      return hermiteScore(x);
    case 'laplace':
      return productScore(x.map((z): Ratios => [1, -Math.sign(z), 1, -Math.sign(z), 1]));
    case 'logistic':
      return productScore(x.map(logisticRatios));
    case 'smooth-uniform':
      return productScore(x.map(smoothUniformRatios));
    case 'mixture':
      return mixtureScore(x);
    case 'second-degree':
      return secondDegreeScore(
        inputsFor(c).subarray(i * d, (i + 1) * d),
        curvaturesFor(c).subarray(i * d * d, (i + 1) * d * d),
      );
  }
}

/** Example 2 of gao2018 with the densities themselves. */
function mixtureScore(x: readonly number[]): Float64Array {
  const density = (mean: number): number => Math.exp(-x.reduce((sum, z) => sum + (z - mean) ** 2, 0) / 2);
  const share = density(1) / (density(1) + density(-1));
  const [plus, minus] = [1, -1].map((mean) => hermiteScore(x.map((z) => z - mean)));
  return plus.map((value, at) => share * value + (1 - share) * minus[at]);
}

/** The logistic density is σ′ for the logistic function σ, whose derivatives are polynomials in σ. */
export function logisticRatios(x: number): Ratios {
  const s = 1 / (1 + Math.exp(-x));
  const polynomials = [
    [1, -1],
    [1, -3, 2],
    [1, -7, 12, -6],
    [1, -15, 50, -60, 24],
    [1, -31, 180, -390, 360, -120],
  ];
  const values = polynomials.map((coefficients) =>
    coefficients.reduce((sum, coefficient, power) => sum + coefficient * s ** (power + 1), 0),
  );
  return values.map((value) => value / values[0]) as unknown as Ratios;
}

/**
 * The smoothed uniform density and its derivatives as integrals of the normal density over the uniform law, by
 * Simpson's rule.
 */
export function smoothUniformRatios(x: number): Ratios {
  const [width, noise, intervals] = [Math.sqrt(3), 0.5, 4000];
  const sums = [0, 0, 0, 0, 0];
  for (let i = 0; i <= intervals; i++) {
    const u = (x - (-width + (2 * width * i) / intervals)) / noise;
    const weight = (i === 0 || i === intervals ? 1 : i % 2 === 1 ? 4 : 2) * Math.exp((-u * u) / 2);
    [1, -u, u ** 2 - 1, -(u ** 3) + 3 * u, u ** 4 - 6 * u ** 2 + 3].forEach(
      (polynomial, m) => (sums[m] += (weight * polynomial) / noise ** m),
    );
  }
  return sums.map((sum) => sum / sums[0]) as unknown as Ratios;
}
