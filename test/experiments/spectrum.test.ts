/** soltanolkotabi2017-spectrum in process: against matrices written out, and the numbers of the activations. */
import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { parseActivation } from '../../src/core/networks/activations.js';
import { drawInputs } from '../../src/core/networks/inputs.js';
import { drawTeacher } from '../../src/core/networks/teachers.js';
import { Purpose } from '../../src/core/streams.js';
import { boundsOf } from '../../src/experiments/papers/soltanolkotabi2017/spectrumTrial.js';
import { findExperiment } from '../../src/experiments/registry.js';
import { cellKey } from '../../src/study/grid/streams.js';
import { trialInProcess } from './inProcess.js';

const kernels = loadNativeKernels();
const ID = 'soltanolkotabi2017-spectrum';
const [d, n] = [5, 8];

/** E f(g) by the trapezoidal rule, which is exact to rounding for these functions. */
function gaussianMean(f: (z: number) => number): number {
  let sum = 0;
  for (let i = -480; i <= 480; i++) sum += f(i / 40) * Math.exp(-((i / 40) ** 2) / 2);
  return sum / 40 / Math.sqrt(2 * Math.PI);
}

describe.each([
  // E σ(g) = 1/2 by symmetry
  [
    'softplus',
    { slope: 1, bend: 0.25, atZero: Math.LN2, mean: 0.5, curvature: gaussianMean((z) => z / (1 + Math.exp(-z))) },
  ],
  [
    'tanh',
    {
      slope: 1,
      bend: 4 / (3 * Math.sqrt(3)),
      atZero: 0,
      mean: gaussianMean((z) => 1 / Math.cosh(z) ** 2),
      curvature: 0,
    },
  ],
] as const)('%s', (name, expected) => {
  const activation = parseActivation(name);
  const cell = { activation: name, growth: 'double', d, n };
  const key = cellKey(findExperiment(ID), 1, cell);
  const stream = (purpose: number) => ({ key, trial: 0, purpose });
  const x = drawInputs(kernels, 'gaussian', n, d, stream(Purpose.data)).values;
  const w = drawTeacher(kernels, 'orthonormal', d, d, 1, stream(Purpose.teacher));
  const { measures } = trialInProcess(ID, {}, cell, 0);

  /** W x_i by plain loops. */
  const product = (weights: Float64Array, i: number, u: number): number => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += weights[u * d + j] * x[i * d + j];
    return sum;
  };
  const singularValues = (shift: number): Float64Array => {
    const matrix = new Float64Array(n * d * d);
    for (let i = 0; i < n; i++)
      for (let u = 0; u < d; u++)
        for (let j = 0; j < d; j++)
          matrix[i * d * d + u * d + j] = (activation.derivative(product(w, i, u)) - shift) * x[i * d + j];
    return kernels.svd(matrix, n, d * d).s;
  };

  it('has the numbers of the bounds in closed form or by quadrature', () => {
    const found = boundsOf(activation);
    for (const [key, value] of Object.entries(expected))
      expect(found, key).toHaveProperty(key, expect.closeTo(value, 9));
  });

  it('has the singular values of J and J̃ written out', () => {
    const [whole, centred] = [singularValues(0), singularValues(expected.mean)];
    expect(measures['centredSmallest']).toBeCloseTo(centred[n - 1] / d, 8);
    expect(measures['centredLargest'] * (d + Math.sqrt(n * d) * expected.curvature)).toBeCloseTo(centred[0], 8);
    expect(measures['smallestKept']).toBeCloseTo(whole[n - 1] / centred[n - 1], 7);
    expect(measures['largestHolds']).toBe(1);
  });

  it('has the loss of the near point over its bound (7.47)', () => {
    const [towards, shift] = [new Float64Array(d * d), new Float64Array(d)];
    kernels.normals(stream(Purpose.start), 0, towards);
    kernels.uniforms(stream(Purpose.startOutput), 0, shift);
    const factor = 0.1 / Math.hypot(...towards);
    const near = w.map((value, j) => value + factor * towards[j]);
    const change = shift.map((u) => ((2 * u - 1) * 0.1) / Math.sqrt(d));
    let loss = 0;
    for (let i = 0; i < n; i++) {
      let residual = 0;
      for (let u = 0; u < d; u++)
        residual += (1 + change[u]) * activation.value(product(near, i, u)) - activation.value(product(w, i, u));
      loss += residual ** 2 / (2 * n);
    }
    const bound = d * 0.01 + 2 * (expected.atZero ** 2 + 2) * d ** 2 * Math.max(...change.map(Math.abs)) ** 2;
    expect(measures['lossShare']).toBeCloseTo(loss / bound, 9);
  });
});
