/** Means of draws against what they are drawn from, with honest tolerance. */
import { expect } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import type { StreamAddress } from '../../../src/core/kernels/contract.js';

export const kernels = loadNativeKernels();

export function streamOf(purpose: number, trial = 3): StreamAddress {
  return { key: [1, 2], trial, purpose };
}

/**
 * The mean of numbers lies within five of its own standard errors of what is expected; exactly, where they do not vary.
 */
export function expectMean(values: ArrayLike<number>, expected: number, what: string): void {
  const list = Array.from(values);
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
  const variance = list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / list.length;
  expect(Math.abs(mean - expected), `${what}: mean ${mean}, expected ${expected}`).toBeLessThanOrEqual(
    5 * Math.sqrt(variance / list.length) + 1e-12 * Math.max(1, Math.abs(expected)),
  );
}
