import { describe, expect, it } from 'vitest';
import { levenbergMarquardt } from '../../../src/core/certificates/levenberg.js';
import { linearise, outputsOf } from '../../../src/core/certificates/linearisation.js';
import { curvatureAt, newtonDescent } from '../../../src/core/certificates/newton.js';
import { CERTIFICATE, outcomeAt, polishedOutcome } from '../../../src/core/certificates/outcome.js';
import { Cancelled } from '../../../src/base/errors.js';
import { native, small } from './fixtures.js';

describe('Levenberg–Marquardt', () => {
  it('reaches a zero of the residuals with more weights than samples, and ends quadratically', () => {
    const { rows, network } = small({ n: 30, d: 6, K: 12, activation: 'softplus:10', planted: true });
    const first = outputsOf(native, rows, network).loss;
    const losses = [1e-2, 1e-4, 1e-8, 1e-16, 1e-26].map((target) =>
      levenbergMarquardt(native, rows, network, { lossTarget: target * first, maxSteps: 500 }),
    );
    losses.forEach(({ loss }, i) => expect(loss).toBeLessThanOrEqual([1e-2, 1e-4, 1e-8, 1e-16, 1e-26][i] * first));
    // From 1e-8 on, every step multiplies the digits.
    expect(losses[4].steps - losses[2].steps).toBeLessThanOrEqual(4);
  });

  it('never raises the loss, and reports that of its point', () => {
    const { rows, network } = small({ n: 40, d: 3, K: 2, activation: 'tanh' });
    let before = outputsOf(native, rows, network).loss;
    for (const maxSteps of [1, 2, 5, 20]) {
      const end = levenbergMarquardt(native, rows, network, { lossTarget: 0, maxSteps });
      expect(end.loss).toBeLessThanOrEqual(before);
      expect(end.loss).toBe(linearise(native, rows, end.network).loss);
      before = end.loss;
    }
  });

  it('stays where every unit has underflowed, and such a point is no certified minimum', () => {
    const { rows, network } = small({ n: 2, d: 1, K: 2, activation: 'softplus:10' });
    // Both units are exactly 0 on both samples when w·x is far below 0: then J = 0.
    const sign = Math.sign(rows.inputs[0]);
    const same = { ...rows, inputs: rows.inputs.map((x) => sign * Math.abs(x)) };
    const dead = { ...network, weights: network.weights.map(() => -sign * 1e5) };
    expect(levenbergMarquardt(native, same, dead, { lossTarget: 0, maxSteps: 20 })).toMatchObject({
      network: dead,
      steps: 0,
    });
    expect(outcomeAt(native, same, dead, 1).outcome).toBe('unfinished');
  });

  it('can be cancelled', () => {
    const { rows, network } = small({ n: 10, d: 3, K: 2, activation: 'tanh' });
    expect(() =>
      levenbergMarquardt(native, rows, network, { lossTarget: 0, maxSteps: 5, cancel: Int32Array.of(1) }),
    ).toThrow(Cancelled);
  });
});

describe('Newton', () => {
  it('reaches a stationary point without negative curvature where labels cannot be fitted', () => {
    const { rows, network } = small({ n: 60, d: 4, K: 2, activation: 'quadratic' });
    const { curvature, steps } = newtonDescent(native, rows, network, {
      tolerance: 1e-10,
      maxSteps: 100,
      lossTarget: 0,
    });
    expect(curvature.relativeGradient).toBeLessThan(1e-10);
    expect(curvature.eigenvalues[0]).toBeGreaterThan(-1e-10 * (curvature.eigenvalues.at(-1) ?? 0));
    expect(curvature.loss).toBeGreaterThan(0.01);
    expect(steps).toBeLessThan(60);
  });
});

describe('outcomes', () => {
  const options = { newtonSteps: 200 };

  it('global: an over-parameterized network', () => {
    const { rows, network } = small({ n: 20, d: 5, K: 10, activation: 'softplus:10' });
    const firstLoss = outputsOf(native, rows, network).loss;
    const found = polishedOutcome(native, rows, network, { ...options, firstLoss });
    expect(found.outcome).toBe('global');
    expect(found.loss).toBeLessThanOrEqual(CERTIFICATE.loss * firstLoss);
    expect(found.loss).toBe(outputsOf(native, rows, found.network).loss);
  });

  it('spurious: a minimum above zero, and its own class at that very point', () => {
    const { rows, network } = small({ n: 60, d: 4, K: 2, activation: 'quadratic' });
    const firstLoss = outputsOf(native, rows, network).loss;
    const found = polishedOutcome(native, rows, network, { ...options, firstLoss });
    expect(found.outcome).toBe('spurious');
    expect(found.relativeGradient).toBeLessThanOrEqual(CERTIFICATE.gradient);
    expect(outcomeAt(native, rows, found.network, firstLoss).outcome).toBe('spurious');
  });

  it('saddle: a dead unit whose curvature is negative', () => {
    // At W = 0 the gradient is zero and the Hessian is 2 D_v ⊗ mean r xxᵀ with r = −y: both signs of v make it
    // indefinite.
    const { rows, network } = small({ n: 20, d: 3, K: 2, activation: 'quadratic', trainOutput: false });
    const dead = { ...network, weights: new Float64Array(6) };
    const { relativeGradient, eigenvalues } = curvatureAt(native, rows, dead);
    expect(relativeGradient).toBe(0);
    expect(eigenvalues[0]).toBeLessThan(0);
    expect(outcomeAt(native, rows, dead, 1).outcome).toBe('saddle');
  });

  it('unfinished: a point of no kind, and one that got no Newton steps', () => {
    const { rows, network } = small({ n: 60, d: 4, K: 3, activation: 'softplus:10' });
    const firstLoss = outputsOf(native, rows, network).loss;
    expect(outcomeAt(native, rows, network, firstLoss).outcome).toBe('unfinished');
    const found = polishedOutcome(native, rows, network, { firstLoss, newtonSteps: 0 });
    expect(['unfinished', 'spurious']).toContain(found.outcome);
    expect(found.loss).toBeLessThan(firstLoss);
  });
});
