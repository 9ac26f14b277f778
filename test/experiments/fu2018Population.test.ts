/** fu2018-population and fu2018-thm1-condition in process: against numbers computed apart from basin. */
import { describe, expect, it } from 'vitest';
import { sandwichBlocks } from '../../src/theory/asymptotics.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { parseActivation } from '../../src/core/networks/activations.js';
import { printedRadius } from '../../src/experiments/papers/fu2018/populationTrial.js';
import { printedBound } from '../../src/experiments/papers/fu2018/thm1Condition.js';
import { runInProcess, trialInProcess } from './inProcess.js';

describe('fu2018-population', () => {
  const { cells, claims, figures } = runInProcess('fu2018-population', { K: '2,3,4', starts: '2', moves: '2' });
  const [two, , four] = cells.map(({ measures }) => measures);

  it('has the Lipschitz quotients of Lemma 1', () => {
    expect(two['equalEntries'].value * 2 ** 1.5).toBeCloseTo(0.01964, 4);
    expect(four['equalEntries'].value * 4 ** 1.5).toBeCloseTo(0.02188, 4);
    for (const { lipschitz, equalEntries, limit } of [two, four]) {
      expect(lipschitz.value).toBeGreaterThan(equalEntries.value);
      expect(lipschitz.value / limit.value).toBeCloseTo(1, 1);
    }
  });

  it('stays in the ball between what the centre and the Lipschitz constant allow', () => {
    expect(printedRadius(3, 2)).toBeCloseTo(0.0284, 4);
    // λ_min(∇²f(W*)) at K = 2 and 4, from the closed form
    for (const [measures, K, centre] of [[two, 2, 3.4531e-3 / 4] as const, [four, 4, 3.2236e-3 / 16] as const]) {
      expect(measures['ballMin'].value).toBeLessThan(centre);
      expect(measures['ballMin'].value).toBeGreaterThan(centre - 1.05 * measures['limit'].value * printedRadius(K, 2));
    }
  });

  it('judges both lemmas', () => {
    expect(claims.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['lipschitz-exponent', 'holds'],
      ['lipschitz-constant', 'holds'],
      ['curvature-min', 'holds'],
      ['curvature-max', 'holds'],
    ]);
    expect(figures.map(({ rows }) => rows.length)).toEqual([9, 6]);
  });
});

describe('fu2018-thm1-condition', () => {
  // Computed apart from basin, K = 2, at the worst angle.
  it.each([
    [1, 1, 5.36e-4, 1],
    [2, 1, 5.1403e-4, 7.672],
    [4, 1, 1.54631e-4, 18.463],
    [8, 0.25, 4.6644e-5, 3528.3],
  ])('κ = %d, σ_K = %d: least λ_min %d, %d times the bound', (condition, teacherScale, lambdaMin, ratio) => {
    const { measures } = trialInProcess('fu2018-thm1-condition', {}, { K: 2, condition, teacherScale }, 0);
    expect(measures['lambdaMin'] / lambdaMin).toBeCloseTo(1, 3);
    expect(measures['ratio'] / ratio).toBeCloseTo(1, 3);
    expect(measures['drawnRatio']).toBeGreaterThanOrEqual(measures['ratio']);
  });

  it('has at the worst angle, 45°, the curvature of the other quadrature', () => {
    const mixing = Float64Array.of(4, -1, 4, 1).map((entry) => entry * Math.SQRT1_2);
    const { plane, across } = sandwichBlocks(
      {
        activation: parseActivation('sigmoid'),
        outputWeights: Float64Array.of(0.5, 0.5),
        mixing,
        isShared: false,
        loss: 'squared',
      },
      161,
    );
    const kernels = loadNativeKernels();
    const ends = [plane, across].map(({ hessian, size }) => kernels.symmetricEigen(hessian, size).values[0]);
    expect(Math.min(...ends) / printedBound({ K: 2, condition: 4, teacherScale: 1 })).toBeCloseTo(18.463, 2);
  });

  it('judges each K', () => {
    const { claims, figures } = runInProcess('fu2018-thm1-condition', { trials: '1' });
    expect(claims.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['condition-K=2', 'holds'],
      ['smallest-K=2', 'holds'],
      ['square-K=2', 'holds'],
    ]);
    expect(figures.map(({ rows }) => rows.length)).toEqual([3, 3]);
  });
});
