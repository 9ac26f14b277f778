/** Which samples the mini-batches of stochastic gradient descent see. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampledBatches } from '../../../src/core/descent/batches.js';
import { referenceKernels as kernels } from '../../../src/core/kernels/reference.js';

const stream = { key: [3, 5], trial: 7, purpose: 10 } as const;
const batches = (size: number, samples: number, replacement = false): ReturnType<typeof sampledBatches> =>
  sampledBatches(kernels, { size, replacement, stream }, samples);

describe('without replacement', () => {
  it('every epoch takes each sample once, whatever the size of a batch', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (samples, size) => {
        fc.pre(size <= samples);
        const all = batches(size, samples).rows(0, samples);
        for (let epoch = 0; epoch < size; epoch++) {
          const own = all.slice(epoch * samples, (epoch + 1) * samples).sort();
          expect([...own]).toEqual(Array.from({ length: samples }, (_, i) => i));
        }
      }),
    );
  });

  it('orders are fresh in every epoch, and each sample is equally likely in each place', () => {
    const [samples, epochs] = [5, 4000];
    const all = batches(1, samples).rows(0, samples * epochs);
    const counts = new Float64Array(samples * samples);
    all.forEach((row, at) => counts[(at % samples) * samples + row]++);
    const expected = epochs / samples;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // (5 − 1)² degrees of freedom: above 40 with probability 8e-4.
    expect(chiSquare).toBeLessThan(40);
  });
});

it('with replacement, samples are uniform and repeat within an epoch', () => {
  const [samples, draws] = [10, 20_000];
  const rows = batches(4, samples, true).rows(0, draws / 4);
  const counts = new Float64Array(samples);
  rows.forEach((row) => counts[row]++);
  const expected = draws / samples;
  // 9 degrees of freedom: above 28 with probability 1e-3.
  expect(counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(28);
  expect(new Set(rows.slice(0, samples)).size).toBeLessThan(samples);
});

it('the batches of an update do not depend on how a descent is cut into calls', () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 30 }),
      (replacement, from, count) => {
        const [whole, part] = [batches(3, 7, replacement).rows(0, 90), batches(3, 7, replacement).rows(from, count)];
        expect(part).toEqual(whole.slice(3 * from, 3 * (from + count)));
      },
    ),
  );
});
