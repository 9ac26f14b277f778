import { describe, expect, it } from 'vitest';
import { drawInputs, INPUT_LAWS } from '../../src/core/inputs.js';
import { referenceKernels } from '../../src/core/kernels/reference.js';
import { drawLabels } from '../../src/core/labels.js';
import { drawGaussianStarts, drawOutputStarts, drawStarts } from '../../src/core/starts.js';
import { drawSigns, drawTeacher, frobeniusNorm, requireTeacher } from '../../src/core/teachers.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import type { StreamAddress } from '../../src/core/kernels/contract.js';

const stream: StreamAddress = { key: [1, 2], trial: 3, purpose: 4 };

function moments(values: Float64Array): { mean: number; variance: number; fourth: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const central = (power: number): number => values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
  return { mean, variance: central(2), fourth: central(4) };
}

describe.each([
  ['gaussian', 1, 3], ['laplace', 2, 24], ['mixture', 2, 10], ['logistic', Math.PI ** 2 / 3, (7 * Math.PI ** 4) / 15], ['smooth-uniform', 1.25, 9 / 5 + 6 / 4 + 3 / 16],
] as const)('inputs %s', (law, variance, fourth) => {
  it('has the moments of its law', () => {
    const values = drawInputs(referenceKernels, law, 20_000, 2, stream).values;
    const found = moments(values);
    expect(Math.abs(found.mean)).toBeLessThan(0.06);
    expect(found.variance / variance).toBeCloseTo(1, 1);
    expect(Math.abs(found.fourth / fourth - 1)).toBeLessThan(0.12);
  });
});

it('every law is tested', () => expect(INPUT_LAWS).toEqual(['gaussian', 'laplace', 'mixture', 'logistic', 'smooth-uniform']));

it('the mixture shifts all coordinates of a sample together', () => {
  const { values } = drawInputs(referenceKernels, 'mixture', 5000, 2, stream);
  let product = 0;
  for (let i = 0; i < 5000; i++) product += (values[2 * i] * values[2 * i + 1]) / 5000;
  expect(product).toBeCloseTo(1, 1);
});

describe('labels', () => {
  it('classification draws ones with the teacher’s probability', () => {
    const labels = drawLabels(referenceKernels, 'classification', new Float64Array(20_000).fill(0.3), stream);
    expect(new Set(labels)).toEqual(new Set([0, 1]));
    expect(moments(labels).mean).toBeCloseTo(0.3, 1);
  });

  it('sign-classification draws ±1 with the teacher’s mean', () => {
    const labels = drawLabels(referenceKernels, 'sign-classification', new Float64Array(20_000).fill(-0.4), stream);
    expect(new Set(labels)).toEqual(new Set([-1, 1]));
    expect(moments(labels).mean).toBeCloseTo(-0.4, 1);
  });

  it('random are N(0, 1) whatever the teacher says', () => {
    const labels = drawLabels(referenceKernels, 'random', new Float64Array(20_000).fill(7), stream);
    const { mean, variance, fourth } = moments(labels);
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(variance).toBeCloseTo(1, 1);
    expect(Math.abs(fourth / 3 - 1)).toBeLessThan(0.1);
    expect(drawLabels(referenceKernels, 'random', new Float64Array(20_000), stream)).toEqual(labels);
  });

  it('regression repeats the teacher', () => {
    expect([...drawLabels(referenceKernels, 'regression', Float64Array.of(0.2, 0.9), stream)]).toEqual([0.2, 0.9]);
  });
});

describe('starts without a centre', () => {
  it('have N(0, scale²) entries', () => {
    const { mean, variance } = moments(drawGaussianStarts(referenceKernels, 20_000, 0.5, stream));
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(variance / 0.25).toBeCloseTo(1, 1);
  });

  it('have v of ±1 with equal chance, or of ones', () => {
    const signs = drawOutputStarts(referenceKernels, 'rademacher', 20_000, stream);
    expect(new Set(signs)).toEqual(new Set([-1, 1]));
    expect(Math.abs(moments(signs).mean)).toBeLessThan(0.03);
    expect([...drawOutputStarts(referenceKernels, 'ones', 3, stream)]).toEqual([1, 1, 1]);
  });
});

describe('starts', () => {
  const centre = Float64Array.of(3, 0, 0, 4);
  const distances = (weights: Float64Array): number[] =>
    Array.from({ length: weights.length / 4 }, (_, l) => frobeniusNorm(centre.map((value, j) => weights[4 * l + j] - value)));

  it('on the sphere lie at radius·‖W*‖_F exactly', () => {
    for (const distance of distances(drawStarts(referenceKernels, 'sphere', centre, 50, 0.1, stream))) expect(distance).toBeCloseTo(0.5, 12);
  });

  it('in the ball are uniform: (distance/r)^D is uniform on (0, 1)', () => {
    const depths = distances(drawStarts(referenceKernels, 'ball', centre, 4000, 0.1, stream)).map((distance) => (distance / 0.5) ** 4);
    expect(Math.max(...depths)).toBeLessThanOrEqual(1 + 1e-12);
    expect(depths.reduce((sum, depth) => sum + depth, 0) / 4000).toBeCloseTo(0.5, 1);
  });
});

describe('the spectrum teacher', () => {
  const kernels = loadNativeKernels();

  it('has singular values evenly spaced from s to s·κ', () => {
    const W = drawTeacher(kernels, 'spectrum', 5, 12, 3, stream, 2);
    const { s } = kernels.svd(W, 5, 12);
    [6, 5.25, 4.5, 3.75, 3].forEach((value, i) => expect(s[i]).toBeCloseTo(value, 10));
  });

  it('mixes them: no neuron has the norm of a singular value, and draws differ', () => {
    const [one, other] = [1, 2].map((trial) => drawTeacher(kernels, 'spectrum', 3, 6, 1, { ...stream, trial }, 4));
    for (let k = 0; k < 3; k++) {
      const norm = frobeniusNorm(one.subarray(6 * k, 6 * (k + 1)));
      for (const value of [1, 2.5, 4]) expect(Math.abs(norm - value)).toBeGreaterThan(1e-6);
    }
    expect(one).not.toEqual(other);
  });

  it('with one neuron has norm s; with κ = 1 orthonormal rows; with K > d it is refused', () => {
    expect(frobeniusNorm(drawTeacher(kernels, 'spectrum', 1, 4, 2, stream, 5))).toBeCloseTo(2, 12);
    const W = drawTeacher(kernels, 'spectrum', 2, 4, 1, stream, 1);
    const gram = kernels.multiply(W, W, 2, 2, 4, false, true);
    [1, 0, 0, 1].forEach((value, i) => expect(gram[i]).toBeCloseTo(value, 12));
    expect(() => requireTeacher('spectrum', 5, 4)).toThrow('at most d = 4, got 5');
  });
});

it('signs are ±1 with equal chance', () => {
  const signs = drawSigns(referenceKernels, 20_000, stream);
  expect(new Set(signs)).toEqual(new Set([-1, 1]));
  expect(Math.abs(moments(signs).mean)).toBeLessThan(0.03);
});
