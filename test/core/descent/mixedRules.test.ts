import { expect, test } from 'vitest';
import { problemFor, BASE } from '../kernels/cases.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import { cameNear, noExtremes, stopRules } from '../../../src/core/descent/mixedRules.js';

const squared = problemFor(referenceKernels, BASE);
const entropy = problemFor(referenceKernels, { ...BASE, loss: 'cross-entropy' });
const passed = (leastNorm: number, largestLoss: number) => ({
  leastNorm: Float64Array.of(leastNorm),
  largestLoss: Float64Array.of(largestLoss),
});

test('the limit of the loss is that of the descent', () => {
  expect(stopRules(squared, 0, 2).lossLimit).toBe(2e6);
  expect(stopRules(squared, 0, 0).lossLimit).toBe(1e6 * 1e-24);
});

test('cross entropy, which float32 steps do not watch, is left to float64 where it may reach its limit', () => {
  expect(stopRules(entropy, 0, 1e-3).lossLimit).toBe(1e3);
  expect(stopRules(entropy, 0, 1e-5).lossLimit).toBe(0);
});

test('near is within a factor of two of a rule', () => {
  const rules = stopRules(squared, 0.1, 1);
  expect(cameNear(noExtremes(1), 0, rules)).toBe(false);
  expect(cameNear(passed(0.21, 4.9e5), 0, rules)).toBe(false);
  expect(cameNear(passed(0.19, 1), 0, rules)).toBe(true);
  expect(cameNear(passed(1, 5.1e5), 0, rules)).toBe(true);
  expect(cameNear(passed(0, 1), 0, stopRules(squared, -1, 1))).toBe(false);
});
