/** Polish and certificates on the population risk, and both risks against differences. */
import { describe, expect, it } from 'vitest';
import { settle } from '../../../src/core/outcomes/settle.js';
import { startClass } from '../../../src/core/outcomes/classify.js';
import { newtonPolish } from '../../../src/core/certificates/polish.js';
import type { Points } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { empiricalRisk, populationRisk, type Risk } from '../../../src/core/risk/risk.js';
import { BASE, gaussian, pointsFor, problemFor } from '../kernels/cases.js';

const kernels = loadNativeKernels();

/** Orthogonal rows of length 1 with v* = 1, and a student of as many rows. */
function planted(activation: string, K: number): { risk: Risk; teacher: Points } {
  const weights = Float64Array.from({ length: K * K }, (_, at) => (at % (K + 1) === 0 ? 1 : 0));
  const outputWeights = new Float64Array(K).fill(1);
  const problem = { activation: parseActivation(activation), dimension: K, teacher: { weights, outputWeights } };
  return { risk: populationRisk(kernels, problem), teacher: { starts: 1, weights, outputWeights } };
}

function moved(point: Points, distance: number): Points {
  const direction = gaussian(point.weights.length, 7, distance);
  return { ...point, weights: point.weights.map((w, j) => w + direction[j]) };
}

function largestError(risk: Risk, point: Points): number {
  const [h, size] = [1e-5, point.weights.length];
  const hessian = risk.hessian(point);
  const errors = Array.from({ length: size }, (_, i) => {
    const [up, down] = [h, -h].map((step) =>
      risk.evaluate({ ...point, weights: point.weights.map((w, j) => (j === i ? w + step : w)) }),
    );
    const column = up.gradient.map((value, j) => (value - down.gradient[j]) / (2 * h) - hessian[i * size + j]);
    const slope = (up.loss[0] - down.loss[0]) / (2 * h) - risk.evaluate(point).gradient[i];
    return Math.max(Math.abs(slope), ...column.map(Math.abs));
  });
  return Math.max(...errors);
}

describe('a risk has the derivatives of its differences', () => {
  it('on a training set', () => {
    const c = { ...BASE, starts: 1 };
    expect(largestError(empiricalRisk(kernels, problemFor(kernels, c)), pointsFor(c))).toBeLessThan(1e-7);
  });

  it.each(['relu', 'erf', 'tanh'])('in expectation, for %s', (name) => {
    const { risk, teacher } = planted(name, 2);
    expect(largestError(risk, moved(teacher, 0.4))).toBeLessThan(1e-7);
  });
});

describe('the polish on the population risk', () => {
  it.each(['relu', 'erf'])('comes from nearby to the teacher of %s, whose risk is zero', (name) => {
    const { risk, teacher } = planted(name, 4);
    const found = newtonPolish(kernels, risk, moved(teacher, 0.02), { radius: 2 });
    expect(found).toMatchObject({ status: 'converged', indefiniteSteps: 0 });
    expect(found.loss).toBeLessThan(1e-14);
    found.weights.forEach((w, j) => expect(w).toBeCloseTo(teacher.weights[j], 10));
  });

  it('of several starts finds their one minimum, the later ones without a Hessian of their own', () => {
    const { risk, teacher } = planted('relu', 4);
    const near = moved(teacher, 0.01).weights;
    const ends = {
      starts: 2,
      weights: Float64Array.from([...teacher.weights, ...near]),
      outputWeights: new Float64Array(8).fill(1),
    };
    const settled = settle(kernels, risk, ends, [2, 2], [false, false]);
    expect(settled.map((end) => end?.isStationary)).toEqual([true, true]);
    expect(settled[0]?.hessians).toBeGreaterThan(0);
    expect(settled[1]?.hessians).toBe(0);
    expect(settled[0]?.lambdaMin).toBeGreaterThan(1e-3);
  });

  it('of rows that are equal and stay equal ends at a saddle', () => {
    const { risk, teacher } = planted('erf', 2);
    const [end] = settle(kernels, risk, { ...teacher, weights: Float64Array.of(0.5, 0.5, 0.5, 0.5) }, [1], [false]);
    expect(end?.lambdaMin).toBeLessThan(-1e-3);
    expect(startClass({ diverged: false, growth: 1, isNear: false, isStationary: true, ...end })).toBe('saddle');
  });

  it('obeys a request to stop', () => {
    const { risk, teacher } = planted('relu', 3);
    expect(() => risk.hessian(teacher, Int32Array.of(1))).toThrow(/cancel/i);
  });
});

it('a loss near zero changes by rounding only, and not more than the risk says', () => {
  const { risk, teacher } = planted('relu', 6);
  const losses = [0, 1, 2, 3, 4, 5].map((i) => risk.evaluate(moved(teacher, i * 1e-10)).loss[0]);
  expect(Math.max(...losses)).toBeLessThan(risk.rounding);
  expect(risk.evaluate(moved(teacher, 1e-4)).loss[0]).toBeGreaterThan(risk.rounding);
});

it('the work of a Hessian grows with its size, and with the activation that needs quadrature', () => {
  const [closed, quadrature] = ['relu', 'tanh'].map((name) => planted(name, 4).risk);
  expect(closed.hessianWork(32)).toBeGreaterThan(2 * closed.hessianWork(16));
  expect(quadrature.hessianWork(16)).toBeGreaterThan(10 * closed.hessianWork(16));
});
