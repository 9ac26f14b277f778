import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOSS_NAMES, lossOf, type Loss } from '../../../src/core/networks/losses.js';

/** Away from the residuals where ℓ″ jumps. */
function isSmooth({ kinks = [] }: Loss, f: number, y: number): boolean {
  return kinks.every((kink) => Math.abs(f - y - kink) > 1e-3);
}

function expectReferenceValues(loss: Loss): void {
  expect((loss.examples ?? []).length).toBeGreaterThan(0);
  for (const [f, y, ...expected] of loss.examples ?? []) {
    [loss.value, loss.derivative, loss.secondDerivative].forEach((part, order) => {
      const size = Math.max(Math.abs(expected[order]), 1e-300);
      expect(Math.abs(part(f, y) - expected[order]) / size, `derivative ${order} at f = ${f}, y = ${y}`).toBeLessThan(
        2e-14,
      );
    });
  }
}

function expectDerivatives(loss: Loss): void {
  const output =
    loss.takes === 'numbers'
      ? fc.double({ min: -4, max: 4, noNaN: true })
      : fc.double({ min: 0.05, max: 0.95, noNaN: true });
  const label = loss.takes === 'numbers' ? output : fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(output, label, (f, y) => {
      fc.pre(isSmooth(loss, f, y));
      const h = 1e-6;
      expect(loss.derivative(f, y)).toBeCloseTo((loss.value(f + h, y) - loss.value(f - h, y)) / (2 * h), 5);
      expect(loss.secondDerivative(f, y)).toBeCloseTo(
        (loss.derivative(f + h, y) - loss.derivative(f - h, y)) / (2 * h),
        3,
      );
      expect(loss.value(f, y)).toBeGreaterThanOrEqual(loss.value(y, y) - 1e-15);
    }),
  );
}

/** Probabilities are clipped, and the bound holds and is not far off; other losses have none. */
function expectBound({ takes, largest, value, derivative }: Loss): void {
  expect(largest === undefined).toBe(takes === 'numbers');
  if (largest === undefined) return;
  const values = [-3, 0, 1, 4].flatMap((f) => [0, 0.5, 1].map((y) => value(f, y)));
  expect(Math.max(...values)).toBeLessThanOrEqual(largest);
  expect(Math.max(...values)).toBeGreaterThan(largest - 1);
  for (const f of [-3, 0, 1, 4]) expect(Number.isFinite(derivative(f, 1))).toBe(true);
}

it.each(LOSS_NAMES)('loss %s is what its entry says', (name) => {
  const loss = lossOf(name);
  expectReferenceValues(loss);
  expectDerivatives(loss);
  expectBound(loss);
});

describe('the check finds what is wrong', () => {
  const loss = lossOf('squared');
  it.each([
    [
      'a reference value',
      () => {
        expectReferenceValues({ ...loss, examples: [[1, 0, 1, 1, 1]] });
      },
    ],
    [
      'ℓ′',
      () => {
        expectDerivatives({ ...loss, derivative: (f, y) => 2 * (f - y) });
      },
    ],
    [
      'ℓ″',
      () => {
        expectDerivatives({ ...loss, secondDerivative: () => 2 });
      },
    ],
    [
      'a minimum elsewhere',
      () => {
        expectDerivatives({ ...loss, value: (f) => f, derivative: () => 1, secondDerivative: () => 0 });
      },
    ],
    [
      'a bound',
      () => {
        expectBound({ ...lossOf('cross-entropy'), largest: 30 });
      },
    ],
  ])('%s', (_, check) => {
    expect(check).toThrow();
  });
});

it('cross entropy is clipped at 1e-15 on both sides', () => {
  const { value } = lossOf('cross-entropy');
  expect(value(0, 1)).toBeCloseTo(-Math.log(1e-15), 10);
  expect(value(1, 0)).toBeCloseTo(-Math.log(1e-15), 0);
});

it('a name that no loss has is refused', () => {
  expect(() => lossOf('sqared')).toThrow(
    `loss must be one of ${LOSS_NAMES.join(', ')}, got 'sqared' (did you mean 'squared'?)`,
  );
  expect(() => lossOf('toString')).toThrow('loss must be one of');
});
