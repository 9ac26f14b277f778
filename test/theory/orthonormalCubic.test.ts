import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../src/core/networks/activations.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { orthonormalCubic, steepestDirection } from '../../src/theory/orthonormalCubic.js';
import { populationHessian, populationHessianAt } from '../../src/theory/populationHessian.js';

const kernels = loadNativeKernels();
const sigmoid = parseActivation('sigmoid');

function normals(count: number, block = 0): Float64Array {
  const out = new Float64Array(count);
  kernels.normals({ key: [7, 11], trial: 0, purpose: 0 }, block, out);
  return out;
}

/** s times the first K unit vectors of dimension d. */
function rowsOf(K: number, d: number, s: number): Float64Array {
  return Float64Array.from({ length: K * d }, (_, at) => (at % (d + 1) === 0 ? s : 0));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, entry, at) => sum + entry * b[at], 0);
}

/** (H(W* + tD) − H(W* − tD))/2t, applied to D. */
function changeAlong(K: number, s: number, direction: Float64Array): Float64Array {
  const [d, t] = [direction.length / K, 1e-4];
  const weights = rowsOf(K, d, s);
  const teacher = { activation: sigmoid, weights, outputWeights: new Float64Array(K).fill(1 / K) };
  const [there, back] = [t, -t].map((step) =>
    populationHessianAt(
      teacher,
      weights.map((w, at) => w + step * direction[at]),
    ),
  );
  const change = there.map((entry, at) => (entry - back[at]) / (2 * t));
  return direction.map((_, i) => dot(change.subarray(i * direction.length, (i + 1) * direction.length), direction));
}

describe('the third derivative at an orthonormal W*', () => {
  it.each([
    [2, 3, 2],
    [3, 4, 1],
    [3, 3, 0.7],
  ])('is that of the population Hessian by quadrature: K = %i, d = %i, s = %d', (K, d, s) => {
    const direction = normals(K * d);
    const { value, gradient } = orthonormalCubic(sigmoid, s, K)(direction);
    const found = changeAlong(K, s, direction);
    expect(dot(found, direction) / value).toBeCloseTo(1, 6);
    // A third of the gradient is ∇³f[D, D, ·].
    gradient.forEach((entry, at) => {
      expect(entry / 3).toBeCloseTo(found[at], 7);
    });
  });

  it('is refused where φ′ is not even', () => {
    expect(() => orthonormalCubic(parseActivation('softplus'), 1, 2)).toThrow('φ′ must be even');
  });

  // ×K^(3/2), computed apart from basin: 0.0193, 0.0211, 0.0182 along equal entries.
  it.each([
    [2, 0.019309, 0.021942],
    [4, 0.021148, 0.022002],
    [8, 0.018221, 0.021574],
  ])('K = %i, s = 2: equal entries %d and steepest %d over K^(3/2)', (K, equal, steepest) => {
    const form = orthonormalCubic(sigmoid, 2, K);
    const along = form(new Float64Array(K * K).fill(1 / K)).value;
    expect(Math.abs(along) * K ** 1.5).toBeCloseTo(equal, 5);
    const found = [0, 100, 200].map((block) => steepestDirection(form, normals(K * (K + 1), block)).value);
    expect(Math.max(...found) * K ** 1.5).toBeCloseTo(steepest, 5);
  });

  it('is largest along itself: no eigenvalue of ∇³f[D] exceeds ∇³f[D, D, D] at the steepest D', () => {
    const [K, d] = [3, 4];
    const { direction, value } = steepestDirection(orthonormalCubic(sigmoid, 2, K), normals(K * d));
    const weights = rowsOf(K, d, 2);
    const teacher = { activation: sigmoid, weights, outputWeights: new Float64Array(K).fill(1 / K) };
    const centre = populationHessian(teacher);
    const moved = populationHessianAt(
      teacher,
      weights.map((w, at) => w + 1e-4 * direction[at]),
    );
    const { values } = kernels.symmetricEigen(
      moved.map((entry, at) => (entry - centre[at]) / 1e-4),
      K * d,
    );
    expect(Math.max(-values[0], values[K * d - 1]) / value).toBeCloseTo(1, 4);
  });
});
