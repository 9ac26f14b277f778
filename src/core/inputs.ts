import { UNIFORM_HALF_WIDTH, UNIFORM_SMOOTHING } from './score/productLaws.js';
import type { DescentKernels, Inputs, RandomKernels, StreamAddress } from './kernels/contract.js';

/**
 * Laws of the input x, all with independent coordinates or a common mean shift:
 * `gaussian` N(0, I); `laplace` the symmetric exponential density ½e^{−|x|} per coordinate (gao2018);
 * `mixture` ½N(1, I) + ½N(−1, I) with 1 the all-ones vector (gao2018);
 * `logistic` density ¼ sech²(x/2) per coordinate; `smooth-uniform` uniform on [−√3, √3] plus N(0, ¼) per coordinate.
 */
export const INPUT_LAWS = ['gaussian', 'laplace', 'mixture', 'logistic', 'smooth-uniform'] as const;
export type InputLaw = (typeof INPUT_LAWS)[number];

/** Which side of the mixture the samples are from: each drawn by itself, or exactly half of them (⌊n/2⌋) from the side −1. */
export const MIXTURE_SPLITS = ['random', 'exact'] as const;
export type MixtureSplit = (typeof MIXTURE_SPLITS)[number];

type Kernels = Pick<DescentKernels, 'allocateInputs'> & RandomKernels;

/** n inputs of dimension d drawn from a law: (n, d), row-major, ready for `prepare`. */
export function drawInputs(kernels: Kernels, law: InputLaw, samples: number, dimension: number, stream: StreamAddress, split: MixtureSplit = 'random'): Inputs {
  const inputs = kernels.allocateInputs(samples, dimension);
  const values = inputs.values.subarray(0, samples * dimension);
  LAWS[law](kernels, values, dimension, stream, split);
  return inputs;
}

type Fill = (kernels: RandomKernels, values: Float64Array, dimension: number, stream: StreamAddress, split: MixtureSplit) => void;

const LAWS: Readonly<Record<InputLaw, Fill>> = {
  gaussian: (kernels, values, _dimension, stream) => kernels.normals(stream, 0, values),
  laplace: (kernels, values, _dimension, stream) => {
    kernels.uniforms(stream, 0, values);
    for (let i = 0; i < values.length; i++) values[i] = laplaceQuantile(values[i]);
  },
  mixture: fillMixture,
  logistic: (kernels, values, _dimension, stream) => {
    kernels.uniforms(stream, 0, values);
    for (let i = 0; i < values.length; i++) values[i] = Math.log(values[i] / (1 - values[i]));
  },
  'smooth-uniform': (kernels, values, _dimension, stream) => {
    kernels.normals(stream, 0, values);
    const uniforms = new Float64Array(values.length);
    kernels.uniforms(stream, Math.ceil(values.length / 2), uniforms);
    uniforms.forEach((u, i) => (values[i] = UNIFORM_SMOOTHING * values[i] + UNIFORM_HALF_WIDTH * (2 * u - 1)));
  },
};

function fillMixture(kernels: RandomKernels, values: Float64Array, dimension: number, stream: StreamAddress, split: MixtureSplit): void {
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

function laplaceQuantile(u: number): number {
  return u < 0.5 ? Math.log(2 * u) : -Math.log(2 * (1 - u));
}
