import { describe, expect, it } from 'vitest';
import { curvatureAt } from '../../../src/core/curvature/eigenvalues.js';
import type { Points, Problem } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { newtonPolish, type PolishOptions, type Polished } from '../../../src/core/certificates/polish.js';
import { empiricalRisk } from '../../../src/core/risk/risk.js';
import { BASE, gaussian, pointsFor, problemFor, type Case } from '../kernels/cases.js';

const kernels = loadNativeKernels();

/** Labels that a teacher gives and noise moves: the minimum is near the teacher, and its loss is not zero. */
function planted(samples: number, noise: number): { problem: Problem; teacher: Points } {
  const c: Case = { ...BASE, samples, dimension: 5, shape: { strides: 1, rows: 2 }, starts: 1 };
  const teacher = { starts: 1, weights: gaussian(10, 5), outputWeights: Float64Array.of(0.5, 0.5) };
  const problem = problemFor(kernels, c);
  const outputs = kernels.outputs(problem.inputs, problem.shape, problem.activation, teacher);
  const moves = gaussian(samples, 6, noise);
  return { problem: { ...problem, labels: outputs.map((f, i) => f + moves[i]) }, teacher };
}

function moved(point: Points, distance: number): Points {
  const direction = gaussian(point.weights.length, 7, distance);
  return { ...point, weights: point.weights.map((w, j) => w + direction[j]) };
}

function polish(start: Points, problem: Problem, options: PolishOptions = {}): Polished & { smallest: number } {
  const found = newtonPolish(kernels, empiricalRisk(kernels, problem), start, options);
  return { ...found, smallest: curvatureAt(kernels, problem, { ...start, weights: found.weights }).smallest };
}

describe('Newton polish', () => {
  const { problem, teacher } = planted(2000, 0.02);

  it('reaches gradient norm 1e-12 from nearby in a few undamped steps', () => {
    const found = polish(moved(teacher, 0.02), problem);
    expect(found).toMatchObject({ status: 'converged', indefiniteSteps: 0 });
    expect(found.steps).toBeLessThanOrEqual(6);
    expect(
      kernels.evaluate(problem, { ...teacher, weights: found.weights }).gradient.every((g) => Math.abs(g) <= 1e-12),
    ).toBe(true);
    expect(found.smallest).toBeGreaterThan(0);
  });

  it('converges quadratically: the norm after a step is about the square of the one before', () => {
    const norms = [0, 1, 2, 3].map(
      (maxSteps) =>
        newtonPolish(kernels, empiricalRisk(kernels, problem), moved(teacher, 0.02), { maxSteps }).gradientNorm,
    );
    const orders = [1, 2].map((i) => Math.log(norms[i + 1] / norms[i]) / Math.log(norms[i] / norms[i - 1]));
    expect(Math.max(...orders)).toBeGreaterThan(1.7);
  });

  it('finds the teacher of noiseless labels', () => {
    const exact = planted(500, 0);
    const found = polish(moved(exact.teacher, 0.05), exact.problem);
    expect(found.status).toBe('converged');
    found.weights.forEach((w, j) => expect(w).toBeCloseTo(exact.teacher.weights[j], 8));
  });

  it('goes downhill, not to a saddle, where the Hessian is not positive definite, and says so', () => {
    const far = moved(teacher, 1.5);
    expect(curvatureAt(kernels, problem, far).smallest).toBeLessThan(0);
    const found = polish(far, problem, { maxSteps: 300 });
    expect(found.indefiniteSteps).toBeGreaterThan(0);
    expect(found.loss).toBeLessThan(kernels.evaluate(problem, far).loss[0]);
    expect(found.status).toBe('converged');
    expect(found.smallest).toBeGreaterThan(0);
  });

  it('says when it was cut short, and when rounding stops it', () => {
    expect(polish(moved(teacher, 0.05), problem, { maxSteps: 1 })).toMatchObject({ status: 'steps', steps: 1 });
    expect(polish(teacher, problem, { tolerance: 0 }).status).toBe('stalled');
  });

  it('does nothing at a critical point', () => {
    const found = newtonPolish(kernels, empiricalRisk(kernels, problem), teacher);
    const again = newtonPolish(kernels, empiricalRisk(kernels, problem), { ...teacher, weights: found.weights });
    expect(again).toMatchObject({ steps: 0, status: 'converged' });
    expect(again.weights).toEqual(found.weights);
  });

  it('works for cross entropy and strides', () => {
    const c: Case = {
      ...BASE,
      samples: 500,
      dimension: 6,
      shape: { strides: 2, rows: 1 },
      starts: 1,
      loss: 'cross-entropy',
    };
    const found = polish(pointsFor(c), problemFor(kernels, c), { maxSteps: 300 });
    expect(found.gradientNorm).toBeLessThanOrEqual(1e-12);
    expect(found.smallest).toBeGreaterThan(0);
  });
});
