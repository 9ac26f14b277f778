import { describe, expect, it } from 'vitest';
import { curvatureAt } from '../../../src/core/curvature/eigenvalues.js';
import { Cancelled } from '../../../src/base/errors.js';
import { denseHessian } from '../../../src/core/curvature/hessian.js';
import type { DescentKernels, Points, Problem } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import { lossOf, type LossName } from '../../../src/core/networks/losses.js';
import { BASE, pointsFor, problemFor, type Case } from '../kernels/cases.js';

const native = loadNativeKernels();

const SHAPES: [string, Pick<Case, 'dimension' | 'shape'>][] = [
  ['fcn', { dimension: 6, shape: { strides: 1, rows: 4 } }],
  ['one neuron', { dimension: 7, shape: { strides: 1, rows: 1 } }],
  ['cnn', { dimension: 12, shape: { strides: 4, rows: 1 } }],
];
/** Outside (0, 1) the cross entropy is clipped and has no derivative: it goes with sigmoids only. */
const LOSS_CASES: [LossName, string][] = [
  ['squared', 'sigmoid:2'],
  ['squared', 'tanh'],
  ['squared', 'softplus'],
  ['cross-entropy', 'sigmoid'],
  ['cross-entropy', 'sigmoid:2'],
];
const CASES = SHAPES.flatMap(([name, shape]) =>
  LOSS_CASES.map(([loss, activation]): [string, LossName, string, Case] => [
    name,
    loss,
    activation,
    { ...BASE, ...shape, samples: 131, starts: 1, activation, loss },
  ]),
);

/** Formula (13) and its twin for any loss, block by block, for strides too: written as it is printed. */
function hessianByBlocks(problem: Problem, point: Points): Float64Array {
  const { inputs, shape, activation: phi, labels } = problem;
  const [length, units, size] = [inputs.dimension / shape.strides, shape.strides * shape.rows, point.weights.length];
  const hessian = new Float64Array(size * size);
  const loss = lossOf(problem.loss);
  for (let i = 0; i < inputs.samples; i++) {
    const part = (u: number): Float64Array =>
      inputs.values.subarray(i * inputs.dimension + Math.floor(u / shape.rows) * length).subarray(0, length);
    const a = Array.from({ length: units }, (_, u) =>
      part(u).reduce((sum, x, p) => sum + x * point.weights[(u % shape.rows) * length + p], 0),
    );
    const v = point.outputWeights;
    const f = a.reduce((sum, value, u) => sum + v[u] * phi.value(value), 0);
    for (let j = 0; j < units; j++) {
      for (let l = 0; l < units; l++) {
        const bend = j === l ? loss.derivative(f, labels[i]) * v[j] * phi.secondDerivative(a[j]) : 0;
        const beta =
          loss.secondDerivative(f, labels[i]) * v[j] * v[l] * phi.derivative(a[j]) * phi.derivative(a[l]) + bend;
        addOuter(
          hessian,
          size,
          (j % shape.rows) * length,
          (l % shape.rows) * length,
          part(j),
          part(l),
          beta / inputs.samples,
        );
      }
    }
  }
  return hessian;
}

function addOuter(
  hessian: Float64Array,
  size: number,
  row: number,
  column: number,
  x: Float64Array,
  z: Float64Array,
  factor: number,
): void {
  x.forEach((left, p) => z.forEach((right, q) => (hessian[(row + p) * size + column + q] += factor * left * right)));
}

function expectClose(found: Float64Array, expected: Float64Array, tolerance: number): void {
  const scale = Math.max(...expected.map(Math.abs));
  expect(found.length).toBe(expected.length);
  expect(Math.max(...found.map((value, i) => Math.abs(value - expected[i])))).toBeLessThan(tolerance * scale);
}

describe.each(CASES)('the dense Hessian: %s, %s, %s', (_name, _loss, _activation, c) => {
  const point = pointsFor(c);
  const size = point.weights.length;
  const hessian = denseHessian(native, problemFor(native, c), point);

  it('is formula (13), block by block', () => {
    expectClose(hessian, hessianByBlocks(problemFor(referenceKernels, c), point), 1e-12);
  });

  it('is symmetric to the bit', () => {
    hessian.forEach((value, at) => expect(value).toBe(hessian[(at % size) * size + Math.floor(at / size)]));
  });

  it('has the reference’s products with unit vectors as rows', () => {
    const problem = problemFor(referenceKernels, c);
    const rows = Array.from({ length: size }, (_, i) => {
      const weights = new Float64Array(size);
      weights[i] = 1;
      return [
        ...referenceKernels.hessianVector(
          problem,
          point,
          { starts: 1, weights, outputWeights: new Float64Array(point.outputWeights.length) },
          false,
        ).weights,
      ];
    });
    expectClose(hessian, Float64Array.from(rows.flat()), 1e-12);
  });

  it('is the derivative of the gradient, by central differences', () => {
    const problem = problemFor(native, c);
    const h = 1e-5;
    const gradient = (i: number, step: number): Float64Array =>
      native.evaluate(problem, { ...point, weights: point.weights.map((w, j) => (i === j ? w + step : w)) }).gradient;
    const rows = Array.from({ length: size }, (_, i) => {
      const [above, below] = [gradient(i, h), gradient(i, -h)];
      return [...above.map((value, j) => (value - below[j]) / (2 * h))];
    });
    expectClose(hessian, Float64Array.from(rows.flat()), 1e-7);
  });

  it('has the same ends by LAPACK and by Lanczos', () => {
    const problem = problemFor(native, c);
    const [dense, iterated] = [curvatureAt(native, problem, point), curvatureAt(native, problem, point, undefined, 0)];
    expect(dense.hessian).toEqual(hessian);
    expect(iterated.hessian).toBeNull();
    expect(iterated.smallest).toBeCloseTo(dense.smallest, 10);
    expect(iterated.largest).toBeCloseTo(dense.largest, 10);
    const alignment = iterated.smallestVector.reduce((sum, value, j) => sum + value * dense.smallestVector[j], 0);
    expect(Math.abs(alignment)).toBeCloseTo(1, 8);
  });
});

it('a Hessian cut into calls is the one product by product', () => {
  const [samples, dimension, size] = [100_000, 40, 80];
  const small = problemFor(native, { ...BASE, dimension, shape: { strides: 1, rows: 2 } });
  const inputs = native.allocateInputs(samples, dimension);
  native.normals({ key: [1, 2], trial: 0, purpose: 0 }, 0, inputs.values);
  const problem: Problem = { ...small, inputs: native.prepare(inputs), labels: new Float64Array(samples).fill(0.5) };
  const point: Points = {
    starts: 1,
    weights: Float64Array.from({ length: size }, (_, j) => Math.sin(j)),
    outputWeights: Float64Array.of(0.5, 0.5),
  };
  const hessian = denseHessian(counting(native), problem, point);
  expect(calls).toBeGreaterThan(1);
  for (const i of [0, 5, size - 1]) {
    const direction = {
      starts: 1,
      weights: Float64Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)),
      outputWeights: new Float64Array(2),
    };
    expectClose(
      hessian.slice(i * size, (i + 1) * size),
      native.hessianVector(problem, point, direction, false).weights,
      1e-14,
    );
  }
});

let calls = 0;
function counting(kernels: DescentKernels): DescentKernels {
  return {
    ...kernels,
    hessianVector: (...args) => {
      calls += 1;
      return kernels.hessianVector(...args);
    },
  };
}

it('a raised flag stops it', () => {
  const c: Case = { ...BASE, starts: 1 };
  expect(() => denseHessian(native, problemFor(native, c), pointsFor(c), Int32Array.of(1))).toThrow(Cancelled);
});

it('the comparison rejects a Hessian without its curvature term', () => {
  const c: Case = { ...BASE, starts: 1, dimension: 6, shape: { strides: 1, rows: 2 } };
  const straight = {
    ...problemFor(referenceKernels, c),
    activation: { ...problemFor(referenceKernels, c).activation, secondDerivative: () => 0 },
  };
  const hessian = denseHessian(native, problemFor(native, c), pointsFor(c));
  expect(() => expectClose(hessian, hessianByBlocks(straight, pointsFor(c)), 1e-12)).toThrow();
});
