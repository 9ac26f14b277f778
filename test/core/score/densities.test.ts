import { describe, expect, it } from 'vitest';
import { INPUT_LAWS, inputLaw } from '../../../src/core/networks/inputs.js';
import { exactDerivatives } from '../../../src/core/score/densities.js';
import { scoresFromDerivatives } from '../../../src/core/score/scores.js';
import { gaussian } from '../kernels/cases.js';

/** ∂f along the axes of a list, by Richardson-extrapolated central differences, one axis after the other. */
function derivative(f: (x: readonly number[]) => number, axes: readonly number[]): (x: readonly number[]) => number {
  const [axis, ...rest] = axes;
  if (axes.length === 0) return f;
  const inner = derivative(f, rest);
  const central = (x: readonly number[], h: number): number => {
    const moved = (by: number): number[] => x.map((value, j) => (j === axis ? value + by : value));
    return (inner(moved(h)) - inner(moved(-h))) / (2 * h);
  };
  const h = 0.06;
  return (x) => (64 * central(x, h / 4) - 20 * central(x, h / 2) + central(x, h)) / 45;
}

function allAxes(order: number, d: number): number[][] {
  return Array.from({ length: d ** order }, (_, at) =>
    Array.from({ length: order }, (_unused, axis) => Math.floor(at / d ** (order - 1 - axis)) % d),
  );
}

describe.each(INPUT_LAWS)('scores of %s', (law) => {
  // Away from the axes, where the Laplace density has a kink.
  const points = gaussian(8, 3).map((x) => x + Math.sign(x) * 0.3);

  it.each([1, 2, 4] as const)('order %i is (−1)^m ∇^m f / f, by finite differences', (order) => {
    const scores = scoresFromDerivatives(order, exactDerivatives(law, points, 2, 4));
    const { density: f } = inputLaw(law);
    for (let p = 0; p < 4; p++) {
      const x = [...points.slice(2 * p, 2 * p + 2)];
      allAxes(order, 2).forEach((axes, at) => {
        const expected = ((-1) ** order * derivative(f, axes)(x)) / f(x);
        expect(scores[p * 2 ** order + at]).toBeCloseTo(expected, order === 4 ? 4 : 7);
      });
    }
  });
});

describe('closed forms', () => {
  const x = Float64Array.of(0.7, -1.2, 0.4);
  const delta = (i: number, j: number): number => Number(i === j);

  it('Gaussian: S₄ = x⁴ − 6 sym(x x I) + 3 sym(I I)', () => {
    const scores = scoresFromDerivatives(4, exactDerivatives('gaussian', x, 3, 4));
    allAxes(4, 3).forEach(([i, j, k, l], at) => {
      const pairs = [
        [i, j, k, l],
        [i, k, j, l],
        [i, l, j, k],
      ];
      const mixed = pairs.reduce((sum, [a, b, c, e]) => sum + delta(a, b) * x[c] * x[e] + delta(c, e) * x[a] * x[b], 0);
      const identities = pairs.reduce((sum, [a, b, c, e]) => sum + delta(a, b) * delta(c, e), 0);
      expect(scores[at]).toBeCloseTo(x[i] * x[j] * x[k] * x[l] - mixed + identities, 12);
    });
  });

  it('Laplace: S₄ = sgn(x)^{⊗4}', () => {
    const scores = scoresFromDerivatives(4, exactDerivatives('laplace', x, 3, 4));
    allAxes(4, 3).forEach((axes, at) => {
      expect(scores[at]).toBe(axes.reduce((product, j) => product * Math.sign(x[j]), 1));
    });
  });

  it('the tails of the mixture keep their digits', () => {
    const second = inputLaw('mixture').logDensity.sum?.(30)[1] ?? Number.NaN;
    expect(second / (4 * Math.exp(-60))).toBeCloseTo(1, 12);
  });

  it('one dimension', () => {
    expect([...scoresFromDerivatives(4, exactDerivatives('gaussian', Float64Array.of(2), 1, 4))]).toEqual([
      2 ** 4 - 6 * 2 ** 2 + 3,
    ]);
  });
});

it('without sym, 3 G₂⊗G₂ of (7) is another tensor', () => {
  const derivatives = exactDerivatives('gaussian', Float64Array.of(0, 0), 2, 2);
  const scores = scoresFromDerivatives(4, derivatives);
  // At x = 0 only the G₂G₂ term is left: entry (0, 1, 0, 1) is δ₀₀δ₁₁ = 1 where the printed 3 δ₀₁δ₀₁ = 0.
  expect(scores[0b0101]).toBe(1);
  expect(scores[0b0011]).toBe(1);
  expect(scores[0]).toBe(3);
});
