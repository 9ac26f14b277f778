import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../src/core/networks/activations.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { sandwichBlocks, type PlantedNetwork, type SandwichBlock } from '../../src/theory/asymptotics.js';

const kernels = loadNativeKernels();

function network(K: number, s: number, loss: PlantedNetwork['loss'], isShared = false): PlantedNetwork {
  const mixing = Float64Array.from({ length: K * K }, (_, at) => (at % (K + 1) === 0 ? s : 0));
  return {
    activation: parseActivation('sigmoid'),
    outputWeights: new Float64Array(K).fill(1 / K),
    mixing,
    isShared,
    loss,
  };
}

/** tr(H⁻¹ΣH⁻¹) from the inverse itself. */
function trace({ size, hessian, covariance }: SandwichBlock): number {
  const identity = Float64Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0));
  const inverse = kernels.solve(hessian, identity, size, size);
  const product = kernels.multiply(kernels.multiply(inverse, covariance, size, size, size), inverse, size, size, size);
  return Array.from({ length: size }, (_, i) => product[i * (size + 1)]).reduce((sum, entry) => sum + entry, 0);
}

describe('the exact asymptotics of the minimiser', () => {
  // Computed apart from basin, with Gauss–Hermite rules of 40 nodes.
  it.each<[number, number, PlantedNetwork['loss'], boolean, number, number]>([
    [3, 1, 'squared', false, 5077.2, 1938.9],
    [3, 1, 'cross-entropy', false, 5014.6, 1917.2],
    [3, 2, 'squared', false, 2760.4, 659.83],
    [3, 2, 'cross-entropy', false, 2621.4, 628.41],
    [2, 2, 'squared', false, 488.61, 144.24],
    [2, 2, 'cross-entropy', false, 437.3, 134.35],
    [3, 1, 'squared', true, 27.107, 15.886],
    [3, 2, 'cross-entropy', true, 72.946, 22.377],
  ])('K = %i, s = %d, %s, shared: %s', (K, s, loss, isShared, plane, other) => {
    const blocks = sandwichBlocks(network(K, s, loss, isShared));
    expect(trace(blocks.plane) / plane).toBeCloseTo(1, 4);
    expect(trace(blocks.across) / other).toBeCloseTo(1, 4);
  });

  it('converges exponentially in the nodes', () => {
    const at = (nodes: number): number => trace(sandwichBlocks(network(2, 2, 'squared'), nodes).plane);
    const exact = at(91);
    expect(Math.abs(at(27) / exact - 1)).toBeLessThan(1e-3);
    expect(Math.abs(at(41) / exact - 1)).toBeLessThan(1e-5);
    expect(Math.abs(at(13) / exact - 1)).toBeGreaterThan(1e-2);
  });

  it('does not depend on the basis of the plane', () => {
    const [c, t] = [Math.cos(0.4), Math.sin(0.4)];
    const turned = { ...network(2, 2, 'squared'), mixing: Float64Array.of(2 * c, -2 * t, 2 * t, 2 * c) };
    const [straight, other] = [network(2, 2, 'squared'), turned].map((one) => sandwichBlocks(one, 61));
    expect(trace(other.plane) / trace(straight.plane)).toBeCloseTo(1, 6);
    expect(trace(other.across) / trace(straight.across)).toBeCloseTo(1, 6);
  });
});
