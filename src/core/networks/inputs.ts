import { wordsOf, type Word } from '../../base/vocabulary.js';
import type { DescentKernels, Inputs, RandomKernels, StreamAddress } from '../kernels/contract.js';
import { gaussianDerivatives, laplaceDerivatives, logCoshDerivatives, type LogDensity } from '../score/logDensity.js';
import { ownEntry } from './ownWords.js';
import {
  logisticDerivatives,
  smoothUniformDensity,
  smoothUniformDerivatives,
  UNIFORM_HALF_WIDTH,
  UNIFORM_SMOOTHING,
} from '../score/productLaws.js';

/**
 * The component of the mixture of each sample: drawn independently, or with exactly half of the samples (⌊n/2⌋) from
 * the side −1.
 */
export type MixtureSplit = 'random' | 'exact';

/** Fills values (n, d), row-major, with samples. */
type Draw = (
  kernels: RandomKernels,
  values: Float64Array,
  dimension: number,
  stream: StreamAddress,
  split: MixtureSplit,
) => void;

interface Law {
  readonly description: string;
  readonly draw: Draw;
  /** The log-density; the score functions follow from it. */
  readonly logDensity: LogDensity;
  /** f(x) up to a factor, written as it is defined; tests compare the log-density with it. */
  readonly density: (x: readonly number[]) => number;
  /** Moments that tests compare samples with: central moments of one coordinate, and the covariance of two. */
  readonly moments: {
    readonly mean: number;
    readonly variance: number;
    readonly fourth: number;
    readonly covariance: number;
  };
}

/** The table of laws of the input x. */
export const INPUTS = {
  gaussian: {
    description: 'N(0, I)',
    draw: (kernels, values, _dimension, stream) => kernels.normals(stream, 0, values),
    logDensity: { coordinate: gaussianDerivatives },
    density: (x) => Math.exp(-sum(x, (xj) => xj ** 2) / 2),
    moments: { mean: 0, variance: 1, fourth: 3, covariance: 0 },
  },
  laplace: {
    description: 'the symmetric exponential density ½e^{−|x|} per coordinate (gao2018)',
    draw: byQuantile((u) => (u < 0.5 ? Math.log(2 * u) : -Math.log(2 * (1 - u)))),
    logDensity: { coordinate: laplaceDerivatives },
    density: (x) => Math.exp(-sum(x, Math.abs)),
    moments: { mean: 0, variance: 2, fourth: 24, covariance: 0 },
  },
  mixture: {
    description: '½N(1, I) + ½N(−1, I) with 1 the all-ones vector (gao2018)',
    draw: fillMixture,
    // ½N(1, I) + ½N(−1, I) ∝ exp(−‖x‖²/2) cosh(Σ_j x_j).
    logDensity: { coordinate: gaussianDerivatives, sum: logCoshDerivatives },
    density: (x) => [-1, 1].reduce((total, mean) => total + Math.exp(-sum(x, (xj) => (xj - mean) ** 2) / 2), 0),
    moments: { mean: 0, variance: 2, fourth: 10, covariance: 1 },
  },
  logistic: {
    description: 'density ¼ sech²(x/2) per coordinate',
    draw: byQuantile((u) => Math.log(u / (1 - u))),
    logDensity: { coordinate: logisticDerivatives },
    density: (x) => Math.exp(-2 * sum(x, (xj) => Math.log(Math.cosh(xj / 2)))),
    moments: { mean: 0, variance: Math.PI ** 2 / 3, fourth: (7 * Math.PI ** 4) / 15, covariance: 0 },
  },
  'smooth-uniform': {
    description: 'uniform on [−√3, √3] plus N(0, ¼) per coordinate',
    draw: (kernels, values, _dimension, stream) => {
      kernels.normals(stream, 0, values);
      const uniforms = new Float64Array(values.length);
      kernels.uniforms(stream, Math.ceil(values.length / 2), uniforms);
      uniforms.forEach((u, i) => (values[i] = UNIFORM_SMOOTHING * values[i] + UNIFORM_HALF_WIDTH * (2 * u - 1)));
    },
    logDensity: { coordinate: smoothUniformDerivatives },
    density: (x) => Math.exp(sum(x, (xj) => Math.log(smoothUniformDensity(xj)))),
    moments: { mean: 0, variance: 1.25, fourth: 9 / 5 + 6 / 4 + 3 / 16, covariance: 0 },
  },
} as const satisfies Readonly<Record<string, Law>>;

export type InputLaw = Word<typeof INPUTS>;

export const INPUT_LAWS = wordsOf(INPUTS);

export function inputLaw(name: InputLaw): Law {
  return INPUTS[name];
}

type Kernels = Pick<DescentKernels, 'allocateInputs'> & RandomKernels;

/** n inputs of dimension d drawn from a law: (n, d), row-major, ready for `prepare`. */
export function drawInputs(
  kernels: Kernels,
  law: InputLaw,
  samples: number,
  dimension: number,
  stream: StreamAddress,
  split: MixtureSplit = 'random',
): Inputs {
  const inputs = kernels.allocateInputs(samples, dimension);
  const { draw }: { readonly draw: Draw } = ownEntry('inputs', law) ?? inputLaw(law);
  draw(kernels, inputs.values.subarray(0, samples * dimension), dimension, stream, split);
  return inputs;
}

function sum(x: readonly number[], part: (xj: number) => number): number {
  return x.reduce((total, xj) => total + part(xj), 0);
}

/** Independent coordinates F⁻¹(u), u uniform on (0, 1). */
function byQuantile(quantile: (u: number) => number): Draw {
  return (kernels, values, _dimension, stream) => {
    kernels.uniforms(stream, 0, values);
    for (let i = 0; i < values.length; i++) values[i] = quantile(values[i]);
  };
}

function fillMixture(
  kernels: RandomKernels,
  values: Float64Array,
  dimension: number,
  stream: StreamAddress,
  split: MixtureSplit,
): void {
  kernels.normals(stream, 0, values);
  const samples = values.length / dimension;
  const shift = (i: number, mean: number): void => {
    for (let j = 0; j < dimension; j++) values[i * dimension + j] += mean;
  };
  if (split === 'exact') {
    for (let i = 0; i < samples; i++) shift(i, i < Math.floor(samples / 2) ? -1 : 1);
    return;
  }
  const sides = new Float64Array(samples);
  kernels.uniforms(stream, Math.ceil(values.length / 2), sides);
  sides.forEach((side, i) => shift(i, side < 0.5 ? -1 : 1));
}
