import { describe, expect, test } from 'vitest';
import type { Points, Problem } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import { BASE, distance, pointsFor, problemFor, type Case } from './cases.js';

const native = loadNativeKernels();

const SMOOTH: readonly Case[] = ['sigmoid', 'tanh', 'softplus:2', 'squared-relu', 'quadratic', 'linear', 'erf'].flatMap(
  (activation) => [
    { ...BASE, activation, starts: 1 },
    // Only the sigmoid keeps the outputs inside (0, 1), where the cross entropy is not clipped.
    {
      ...BASE,
      activation,
      starts: 1,
      shape: { strides: 3, rows: 1 },
      loss: activation === 'sigmoid' ? ('cross-entropy' as const) : ('squared' as const),
    },
  ],
);

function moved(points: Points, directions: Points, t: number): Points {
  return {
    starts: points.starts,
    weights: points.weights.map((w, i) => w + t * directions.weights[i]),
    outputWeights: points.outputWeights.map((v, i) => v + t * directions.outputWeights[i]),
  };
}

function inner(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + x * b[i], 0);
}

/** (g(t) − g(−t)) / 2t with one step of Richardson extrapolation: error O(t⁴). */
function derivative(g: (t: number) => number, t: number): number {
  const central = (h: number): number => (g(h) - g(-h)) / (2 * h);
  return (4 * central(t / 2) - central(t)) / 3;
}

function slopeByDifferences(problem: Problem, points: Points, directions: Points): number {
  return derivative((t) => native.evaluate(problem, moved(points, directions, t)).loss[0], 1e-3);
}

describe('derivatives by differences', () => {
  test.each(SMOOTH)('gradient of $activation, $loss, strides $shape.strides', (c) => {
    const problem = problemFor(native, c);
    const [points, directions] = [pointsFor(c), pointsFor(c, 9)];
    const { gradient, outputGradient } = native.evaluate(problem, points);
    const slope = inner(gradient, directions.weights) + inner(outputGradient, directions.outputWeights);
    expect(
      Math.abs(slope - slopeByDifferences(problem, points, directions)) / Math.max(Math.abs(slope), 1e-2),
    ).toBeLessThan(1e-8);
  });

  test.each(SMOOTH)('Hessian product of $activation, $loss, strides $shape.strides', (c) => {
    const problem = problemFor(native, c);
    const [points, directions] = [pointsFor(c), pointsFor(c, 9)];
    const product = native.hessianVector(problem, points, directions, true);
    const gradientAt = (t: number): ReturnType<typeof native.evaluate> =>
      native.evaluate(problem, moved(points, directions, t));
    const byDifferences = product.weights.map((_, i) => derivative((t) => gradientAt(t).gradient[i], 1e-3));
    const byOutputDifferences = product.outputWeights.map((_, i) =>
      derivative((t) => gradientAt(t).outputGradient[i], 1e-3),
    );
    // Squared ReLU has kinks in its slope: a difference across one is off by the step.
    const tolerance = c.activation === 'squared-relu' ? 1e-2 : 1e-7;
    expect(distance(product.weights, byDifferences, 1e-1)).toBeLessThan(tolerance);
    expect(distance(product.outputWeights, byOutputDifferences, 1e-1)).toBeLessThan(tolerance);
  });

  test('the Hessian is symmetric', () => {
    const problem = problemFor(native, BASE);
    const [points, p, q] = [pointsFor(BASE), pointsFor(BASE, 9), pointsFor(BASE, 12)];
    const [hp, hq] = [native.hessianVector(problem, points, p, true), native.hessianVector(problem, points, q, true)];
    const left = inner(hp.weights, q.weights) + inner(hp.outputWeights, q.outputWeights);
    const right = inner(hq.weights, p.weights) + inner(hq.outputWeights, p.outputWeights);
    expect(Math.abs(left - right)).toBeLessThan(1e-13 * Math.max(1, Math.abs(left)));
  });

  // Such directions take shortcuts: of a dense Hessian they are the unit vectors, all at one point.
  test.each([BASE, { ...BASE, samples: 700, shape: { strides: 3, rows: 1 } }, { ...BASE, activation: 'z/(1+abs(z))' }])(
    'Hessian products at repeated points along few variables: $activation, strides $shape.strides',
    (c) => {
      const { points, directions } = sparseDirections(c);
      for (const trainOutput of [false, true]) {
        const product = native.hessianVector(problemFor(native, c), points, directions, trainOutput);
        const plain = referenceKernels.hessianVector(problemFor(referenceKernels, c), points, directions, trainOutput);
        expect(distance(product.weights, plain.weights, 1e-3)).toBeLessThan(1e-12);
        expect(distance(product.outputWeights, plain.outputWeights, 1e-3)).toBeLessThan(1e-12);
        const alone = Array.from({ length: points.starts }, (_, l) =>
          native.hessianVector(problemFor(native, c), partOf(points, l), partOf(directions, l), trainOutput),
        );
        expect(product.weights).toEqual(joined(alone.map(({ weights }) => weights)));
        expect(product.outputWeights).toEqual(joined(alone.map(({ outputWeights }) => outputWeights)));
      }
    },
  );
});

/** Seven points of which some are the same, and directions with all entries, one in one row, or none. */
function sparseDirections(c: Case): { points: Points; directions: Points } {
  const [some, full] = [pointsFor(c), pointsFor({ ...c, starts: 7 }, 9)];
  const points = joinedPoints([0, 0, 0, 1, 1, 2, 0].map((l) => partOf(some, l)));
  const size = full.weights.length / 7;
  const single = (at: number, value: number): Float64Array => new Float64Array(size).fill(value, at, at + 1);
  const rows: readonly Float64Array[] = [
    full.weights.slice(0, size),
    single(0, 1),
    single(size - 1, -2.5),
    new Float64Array(size),
    full.weights.slice(size, 2 * size),
    single(Math.floor(size / 2), 1),
    full.weights.slice(0, size).fill(0, size / c.shape.rows),
  ];
  return { points, directions: { ...full, weights: joined(rows) } };
}

function partOf({ starts, weights, outputWeights }: Points, l: number): Points {
  const part = (values: Float64Array): Float64Array =>
    values.slice((l * values.length) / starts, ((l + 1) * values.length) / starts);
  return { starts: 1, weights: part(weights), outputWeights: part(outputWeights) };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}

function joinedPoints(parts: readonly Points[]): Points {
  return {
    starts: parts.length,
    weights: joined(parts.map(({ weights }) => weights)),
    outputWeights: joined(parts.map(({ outputWeights }) => outputWeights)),
  };
}
