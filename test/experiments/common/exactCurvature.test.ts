import { expect, it } from 'vitest';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { lossNamed } from '../../../src/core/networks/losses.js';
import { networkShape, outputWeights, type Architecture } from '../../../src/core/networks/networks.js';
import { exactExtremes } from '../../../src/experiments/common/exactCurvature.js';

const kernels = loadNativeKernels();

/** λ_min and λ_max of a teacher of the first unit vectors, times s. */
function ends(architecture: Architecture, K: number, s: number, loss: string): number[] {
  const d = architecture === 'cnn' ? K * 3 : K + 1;
  const shape = networkShape(architecture, K, d);
  const length = d / shape.strides;
  const teacher = Float64Array.from({ length: shape.rows * length }, (_, at) => (at % (length + 1) === 0 ? s : 0));
  const inputs = kernels.prepare(kernels.allocateInputs(1, d));
  const problem = {
    inputs,
    labels: new Float64Array(1),
    shape,
    activation: parseActivation('sigmoid'),
    loss: lossNamed(loss),
  };
  const { smallest, largest } = exactExtremes(kernels, {
    problem,
    teacher,
    teacherOutput: outputWeights('mean', 1, K),
  });
  return [smallest, largest];
}

// Computed apart from basin.
it.each<[Architecture, number, number, string, number, number]>([
  ['fcn', 2, 2, 'cross-entropy', 4.925e-3, 0.0627],
  ['fcn', 3, 2, 'cross-entropy', 1.796e-3, 0.038],
  ['cnn', 1, 1, 'cross-entropy', 0.1442, 0.2066],
  ['cnn', 3, 1, 'cross-entropy', 0.03756, 0.0633],
  ['fcn', 3, 2, 'squared', 3.286e-3 / 9, 8.3206e-3],
])('%s, K = %i, ‖w‖ = %d, %s: λ_min = %d, λ_max = %d', (architecture, K, s, loss, smallest, largest) => {
  const found = ends(architecture, K, s, loss);
  expect(Math.abs(found[0] / smallest - 1)).toBeLessThan(2e-3);
  expect(Math.abs(found[1] / largest - 1)).toBeLessThan(2e-3);
});

it('knows nothing of more than four neurons, or of other losses', () => {
  expect(ends('fcn', 5, 1, 'squared')).toEqual([Number.NaN, Number.NaN]);
  expect(ends('fcn', 2, 1, '(f - y)^4')).toEqual([Number.NaN, Number.NaN]);
});
