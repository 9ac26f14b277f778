import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import { landscapeProblem } from '../../../src/core/landscape/problem.js';
import { logisticDerivatives, smoothUniformDerivatives } from '../../../src/core/score/productLaws.js';
import { distance } from '../kernels/cases.js';
import { tensorLoss } from './bruteForce.js';
import {
  CASE,
  labelsFor,
  landscapeFor,
  logisticRatios,
  rowsFor,
  SCORES,
  smoothUniformRatios,
  tensorFor,
  termsFor,
  type LandscapeCase,
} from './cases.js';

const native = loadNativeKernels();

describe.each(SCORES)('the loss of %s', (score) => {
  const cases: LandscapeCase[] = [1, 2, 3].flatMap((dimension) =>
    [1, 2, 4].map((rows) => ({ ...CASE, score, dimension, rows })),
  );

  it.each(cases)('is that of the whole tensor, d = $dimension, k = $rows', (c) => {
    const exact = tensorLoss(tensorFor(c), rowsFor(c), c.dimension, c);
    for (const kernels of [referenceKernels, native]) {
      const { loss, gradient } = kernels.evaluateLandscape(landscapeFor(kernels, c), rowsFor(c));
      const scale = Math.max(1, ...exact.gradient.map(Math.abs));
      expect(Math.abs(loss - exact.loss) / scale).toBeLessThan(2e-11);
      expect(distance(gradient, exact.gradient)).toBeLessThan(2e-11);
    }
  });

  it('has the gradient of its differences', () => {
    const c: LandscapeCase = { ...CASE, score, dimension: 4, rows: 3 };
    const problem = landscapeFor(native, c);
    const at = rowsFor(c);
    const { gradient } = native.evaluateLandscape(problem, at);
    const moved = (j: number, by: number): number =>
      native.evaluateLandscape(
        problem,
        at.map((a, i) => (i === j ? a + by : a)),
      ).loss;
    // Fourth-order differences of a polynomial of degree 4 have rounding as their only error.
    const differences = at.map(
      (_, j) => (8 * (moved(j, 0.1) - moved(j, -0.1)) - (moved(j, 0.2) - moved(j, -0.2))) / 1.2,
    );
    expect(distance(gradient, differences)).toBeLessThan(1e-10);
  });
});

describe('derivatives of log-densities', () => {
  /** From f^{(m)}/f to derivatives of log f. */
  const cumulants = ([, r1, r2, r3, r4]: readonly number[]): number[] => [
    r1,
    r2 - r1 ** 2,
    r3 - 3 * r1 * r2 + 2 * r1 ** 3,
    r4 - 4 * r1 * r3 - 3 * r2 ** 2 + 12 * r1 ** 2 * r2 - 6 * r1 ** 4,
  ];

  it.each([-6, -1.3, 0, 0.4, 2, 7])('logistic at %d', (x) => {
    cumulants(logisticRatios(x)).forEach((value, m) => expect(logisticDerivatives(x)[m]).toBeCloseTo(value, 10));
  });

  it.each([-3.1, -1.7, 0, 0.2, 1.8, 2.9])('smoothed uniform at %d', (x) => {
    cumulants(smoothUniformRatios(x)).forEach((value, m) =>
      expect(smoothUniformDerivatives(x)[m]).toBeCloseTo(value, 7),
    );
  });

  it('of the smoothed uniform keep their digits far out: −u, −1, 0, 0 of a Gaussian tail, with the correction of its edge', () => {
    const [first, second] = smoothUniformDerivatives(8);
    const u = (8 - Math.sqrt(3)) / 0.5;
    // d/dx log Q(u) with Q(u) ≈ φ(u)/u (1 − 1/u²): −(u + 1/u − 2/u³)/½
    expect(first).toBeCloseTo(-(u + 1 / u - 2 / u ** 3) / 0.5, 3);
    expect(second).toBeLessThan(-3.8);
    expect(smoothUniformDerivatives(-8)[0]).toBe(-first);
  });
});

describe('bad input', () => {
  it('labels of another number and no samples are refused', () => {
    const terms = termsFor(CASE);
    expect(() => landscapeProblem(native, terms, new Float64Array(3), CASE)).toThrow(
      'labels must be one for each of 40 samples, got 3',
    );
    expect(() => landscapeProblem(native, { ...terms, samples: 0 }, new Float64Array(0), CASE)).toThrow(
      'the number of samples must be at least 1, got 0',
    );
  });

  it('inputs of the other layout and two kinds of curvature are refused', () => {
    expect(() => native.evaluateLandscape(landscapeFor(referenceKernels, CASE), rowsFor(CASE))).toThrow(
      "prepared by the native kernels, got layout 'rows'",
    );
    const problem = landscapeFor(native, { ...CASE, score: 'logistic' });
    expect(() => native.evaluateLandscape({ ...problem, isotropic: -1 }, rowsFor(CASE))).toThrow(
      'either isotropic or varying curvatures',
    );
    expect(labelsFor(CASE)).toHaveLength(40);
  });
});
