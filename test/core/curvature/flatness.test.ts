import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { descentState, runDescent } from '../../../src/core/descent/descent.js';
import { flatStarts } from '../../../src/core/curvature/flatness.js';
import type { Points, Problem } from '../../../src/core/kernels/contract.js';
import { referenceKernels as kernels } from '../../../src/core/kernels/reference.js';
import { networkShape, outputWeights } from '../../../src/core/networks/networks.js';

const [n, d, K] = [40, 3, 2];

function draw(size: number, purpose: number): Float64Array {
  const out = new Float64Array(size);
  kernels.normals({ key: [7, 8], trial: 1, purpose }, 0, out);
  return out;
}

/** Which of two starts end flat, after so many steps of these sizes. */
function flat(
  activation: string,
  labels: Float64Array,
  steps: readonly number[],
  { iterations = 300, inputs: values = draw(n * d, 0) } = {},
): number[] {
  const inputs = kernels.prepare({ samples: n, dimension: d, values });
  const problem: Problem = {
    inputs,
    labels,
    shape: networkShape('fcn', K, d),
    activation: parseActivation(activation),
    loss: 'squared',
  };
  const points: Points = { starts: 2, weights: draw(2 * K * d, 3), outputWeights: outputWeights('mean', 2, K) };
  const state = descentState(points, Float64Array.from(steps), false);
  runDescent(kernels, problem, state, { iterations, tolerance: -1 });
  return flatStarts(kernels, problem, points, state);
}

const NOISE = draw(n, 1);

describe('a flat end', () => {
  it('is a saturated one, and of each start by itself', () => {
    expect(flat('tanh', NOISE, [1e9, 0.1])).toEqual([0]);
    expect(flat('sigmoid', NOISE, [1e9, 1e9])).toEqual([0, 1]);
  });

  it('is one whose neurons are dead', () => {
    // Through the origin one half of the inputs is always before a neuron, unless all lie on one side.
    const inputs = draw(n * d, 0).map(Math.abs);
    expect(
      flat(
        'relu',
        NOISE.map((y) => y - 50),
        [5, 1e-3],
        { inputs, iterations: 20 },
      ),
    ).toEqual([0]);
  });

  it('is no minimum, whatever its loss, and no end on the way', () => {
    expect(flat('tanh', NOISE, [0.5, 0.5], { iterations: 20_000 })).toEqual([]);
    expect(flat('linear', NOISE, [0.5, 0.5], { iterations: 2000 })).toEqual([]);
    expect(flat('tanh', NOISE, [0.1, 0.1], { iterations: 3 })).toEqual([]);
  });
});
