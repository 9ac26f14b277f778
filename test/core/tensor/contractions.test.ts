import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../../src/core/networks/activations.js';
import {
  coreTensor,
  matrixMoment,
  tracedFourthMoment,
  unfoldingGram,
  vectorMoment,
} from '../../../src/core/tensor/contractions.js';
import { dot, identity, norm, row, unit } from '../../../src/core/tensor/dense.js';
import {
  thirdMoment,
  withoutLinearPart,
  withoutQuadraticPart,
  centred,
  threeParts,
  type Samples,
} from '../../../src/core/tensor/samples.js';
import { projected } from '../../../src/core/tensor/symmetric.js';
import { quantities } from '../../../src/theory/quantities.js';
import {
  contractLast,
  exactSamples,
  kernels,
  largestDifference,
  normals,
  randomSamples,
  wholeMoment,
} from './fixtures.js';

const d = 4;
const samples = randomSamples(37, d);
const alpha = normals(d, 2);
const basis = kernels.svd(normals(3 * d, 3), 3, d).vt;

describe('contractions equal those of the whole tensors', () => {
  it.each([1, 2, 3, 4] as const)('M_%d(I, α, …)', (order) => {
    expect(
      largestDifference(
        vectorMoment(kernels, samples, order, alpha),
        contractLast(wholeMoment(samples, order), alpha, order - 1),
      ),
    ).toBeLessThan(1e-13);
  });

  it.each([2, 3, 4] as const)('M_%d(I, I, α, …)', (order) => {
    expect(
      largestDifference(
        matrixMoment(kernels, samples, order, alpha),
        contractLast(wholeMoment(samples, order), alpha, order - 2),
      ),
    ).toBeLessThan(1e-13);
  });

  it.each([3, 4] as const)('M_%d(V, V, V, α)', (order) => {
    const whole = projected(kernels, contractLast(wholeMoment(samples, order), alpha, order - 3), d, basis);
    expect(largestDifference(coreTensor(kernels, samples, basis, order, alpha), whole)).toBeLessThan(1e-13);
  });

  it('the unfolding of M_3 times its transpose', () => {
    const whole = wholeMoment(samples, 3);
    expect(
      largestDifference(unfoldingGram(kernels, samples), kernels.multiply(whole, whole, d, d, d * d, false, true)),
    ).toBeLessThan(1e-13);
  });

  it('Σ_j M_4(I, I, e_j, e_j)', () => {
    const whole = wholeMoment(samples, 4);
    const traced = Float64Array.from({ length: d * d }, (_, at) =>
      Array.from({ length: d }, (_unused, j) => whole[at * d * d + j * d + j]).reduce((a, b) => a + b),
    );
    expect(largestDifference(tracedFourthMoment(kernels, samples), traced)).toBeLessThan(1e-13);
  });

  it('and would not with the six terms of I ⊗̃ I as printed', () => {
    expect(
      largestDifference(matrixMoment(kernels, samples, 4, alpha), contractLast(wholeMoment(samples, 4, 6), alpha, 2)),
    ).toBeGreaterThan(0.01);
  });

  it('whatever the blocks of samples', () => {
    const many = randomSamples(7001, 3);
    const packed = thirdMoment(kernels, many, many.labels);
    let sum = 0;
    many.labels.forEach((y, i) => (sum += y * many.inputs[3 * i] * many.inputs[3 * i + 1] * many.inputs[3 * i + 2]));
    // Row 0, pair (1, 2) of the six pairs.
    expect(packed[4]).toBeCloseTo(sum / many.count, 12);
  });
});

describe('population moments are Σ_i v_i m_j(‖w_i‖) w̄_i^{⊗j}', () => {
  const W = [Float64Array.of(0.9, 0.3, -0.2), Float64Array.of(-0.4, 1.1, 0.5)];
  const v = [0.5, -1];

  it.each(['sigmoid', 'tanh', 'softplus:2', 'quadratic'])('%s', (name) => {
    const activation = parseActivation(name);
    const exact = exactSamples(3, 32, (x) => W.reduce((sum, w, i) => sum + v[i] * activation.value(dot(w, x)), 0));
    for (const order of [1, 2, 3, 4] as const) {
      const expected = new Float64Array(9);
      W.forEach((w, i) => {
        const direction = unit(w);
        const along = dot(direction, alpha.subarray(0, 3));
        const m = quantities(activation, norm(w)).m[order - 1];
        expected.forEach(
          (_, at) =>
            (expected[at] +=
              v[i] *
              m *
              (order === 1
                ? at < 3
                  ? direction[at]
                  : 0
                : along ** (order - 2) * direction[Math.floor(at / 3)] * direction[at % 3])),
        );
      });
      const found =
        order === 1
          ? vectorMoment(kernels, exact, 1, alpha.subarray(0, 3))
          : matrixMoment(kernels, exact, order, alpha.subarray(0, 3));
      expect(largestDifference(found, expected.subarray(0, found.length)), `M_${order}`).toBeLessThan(1e-6);
    }
  });
});

describe('labels', () => {
  /** V = (e_1, e_2, e_3) */
  const axes = identity(d).subarray(0, 3 * d);

  it('centred have mean 0', () => {
    expect(centred(samples).labels.reduce((a, b) => a + b)).toBeCloseTo(0, 12);
  });

  it('without their linear part are 0 for linear labels, and as they were for labels of order 3', () => {
    const slope = normals(d, 5);
    const linear = { ...samples, labels: samples.labels.map((_, i) => 3 + dot(slope, row(samples.inputs, i, d))) };
    expect(norm(withoutLinearPart(kernels, linear).labels)).toBeLessThan(1e-12);
    const cubic = exactSamples(2, 8, (x) => x[0] ** 3 - 3 * x[0]);
    expect(
      largestDifference(vectorMoment(kernels, cubic, 3, Float64Array.of(1, 0)), Float64Array.of(6, 0)),
    ).toBeLessThan(1e-11);
  });

  it('without their quadratic part are 0 for quadratic labels in the span of V, and only there', () => {
    const many = randomSamples(500, d);
    const form = (direction: Float64Array): Samples => ({
      ...many,
      labels: many.labels.map((_, i) => 3 + dot(direction, row(many.inputs, i, d)) ** 2),
    });
    expect(norm(withoutQuadraticPart(kernels, form(Float64Array.of(0.3, 0, -1, 0)), axes).labels)).toBeLessThan(1e-4);
    expect(norm(withoutQuadraticPart(kernels, form(Float64Array.of(0, 0, 0, 1)), axes).labels)).toBeGreaterThan(10);
  });

  it.each(['relu', 'softplus'])(
    'of %s without their quadratic part give M_4(V, V, V, α) with less than half the error',
    (name) => {
      const activation = parseActivation(name);
      const many = randomSamples(20_000, d, 1);
      const [W, v] = [
        [Float64Array.of(1, 2, 0, 0), Float64Array.of(-1.5, 1, 1, 0)],
        [1, -1],
      ];
      const bent = withoutLinearPart(kernels, {
        ...many,
        labels: many.labels.map((_, i) =>
          W.reduce((sum, w, k) => sum + v[k] * activation.value(dot(w, row(many.inputs, i, d))), 0),
        ),
      });
      const expected = new Float64Array(27);
      W.forEach((w, k) => {
        const u = unit(w);
        const factor = v[k] * quantities(activation, norm(w)).m[3] * dot(unit(w), alpha);
        expected.forEach(
          (_, at) => (expected[at] += factor * u[Math.floor(at / 9)] * u[Math.floor(at / 3) % 3] * u[at % 3]),
        );
      });
      const error = (given: Samples): number =>
        norm(coreTensor(kernels, given, axes, 4, alpha).map((value, at) => value - expected[at]));
      expect(error(withoutQuadraticPart(kernels, bent, axes))).toBeLessThan(0.5 * error(bent));
    },
  );

  it('fall into three parts that lose no sample', () => {
    const parts = threeParts(samples);
    expect(parts.map(({ count }) => count)).toEqual([12, 12, 13]);
    expect(parts.flatMap(({ labels }) => [...labels])).toEqual([...samples.labels]);
    expect(parts.flatMap(({ inputs }) => [...inputs])).toEqual([...samples.inputs]);
  });
});
