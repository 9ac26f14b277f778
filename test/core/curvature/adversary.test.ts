import { describe, expect, it } from 'vitest';
import { ballPoint, leastCurvature, smallestEigenvalueGradient } from '../../../src/core/curvature/adversary.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { drawStarts } from '../../../src/core/networks/starts.js';
import { frobeniusNorm } from '../../../src/core/networks/teachers.js';
import { BASE, pointsFor, problemFor, type Case } from '../kernels/cases.js';

const kernels = loadNativeKernels();

describe.each<[string, Partial<Case>]>([
  ['squared fcn', {}],
  ['cross-entropy fcn', { loss: 'cross-entropy' }],
  ['squared cnn', { shape: { strides: 3, rows: 1 } }],
])('%s', (_, more) => {
  const c: Case = { ...BASE, samples: 400, dimension: 6, shape: { strides: 1, rows: 3 }, starts: 1, ...more };
  const problem = problemFor(kernels, c);
  const centre = pointsFor(c);
  const atCentre = ballPoint(kernels, problem, centre);
  const radius = 0.3;
  const found = leastCurvature(kernels, problem, centre, radius, atCentre, { moves: 30 });

  it('∂λ_min/∂W is what central differences of λ_min give', () => {
    const gradient = smallestEigenvalueGradient(kernels, problem, centre, atCentre.vector);
    const h = 1e-4;
    const lambda = (j: number, step: number): number =>
      ballPoint(kernels, problem, { ...centre, weights: centre.weights.map((w, i) => (i === j ? w + step : w)) })
        .smallest;
    const scale = frobeniusNorm(gradient);
    gradient.forEach((value, j) =>
      expect(Math.abs(value - (lambda(j, h) - lambda(j, -h)) / (2 * h))).toBeLessThan(1e-4 * scale),
    );
  });

  it('the search stays in the ball and its λ_min is that of its point', () => {
    expect(frobeniusNorm(found.weights.map((w, j) => w - centre.weights[j]))).toBeLessThanOrEqual(radius * (1 + 1e-12));
    expect(ballPoint(kernels, problem, { ...centre, weights: found.weights }).smallest).toBe(found.smallest);
  });

  it('finds less curvature than the centre and than 300 random points of the ball', () => {
    const size = centre.weights.length;
    const random = drawStarts(kernels, 'ball', centre.weights, 300, radius / frobeniusNorm(centre.weights), {
      key: [3, 4],
      trial: 0,
      purpose: 0,
    });
    const sampled = Array.from(
      { length: 300 },
      (_, l) => ballPoint(kernels, problem, { ...centre, weights: random.slice(l * size, (l + 1) * size) }).smallest,
    );
    expect(found.smallest).toBeLessThan(Math.min(atCentre.smallest, ...sampled));
  });
});

it('a search without moves, or in a ball of no size, stays where it is', () => {
  const c: Case = { ...BASE, starts: 1 };
  const [problem, centre] = [problemFor(kernels, c), pointsFor(c)];
  const start = ballPoint(kernels, problem, centre);
  expect(leastCurvature(kernels, problem, centre, 0.1, start, { moves: 0 })).toBe(start);
  expect(leastCurvature(kernels, problem, centre, 0, start, { moves: 5 })).toBe(start);
});
