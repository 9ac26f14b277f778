import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOSSES, LOSS_NAMES } from '../../src/core/losses.js';

describe.each(LOSS_NAMES)('loss %s', (name) => {
  const loss = LOSSES[name];
  const probability = fc.double({ min: 0.05, max: 0.95, noNaN: true });

  it('has the derivatives in f that it says', () => {
    fc.assert(fc.property(probability, fc.double({ min: 0, max: 1, noNaN: true }), (f, y) => {
      const h = 1e-6;
      expect(loss.derivative(f, y)).toBeCloseTo((loss.value(f + h, y) - loss.value(f - h, y)) / (2 * h), 5);
      expect(loss.secondDerivative(f, y)).toBeCloseTo((loss.derivative(f + h, y) - loss.derivative(f - h, y)) / (2 * h), 3);
    }));
  });

  it('is smallest at f = y', () => {
    fc.assert(fc.property(probability, probability, (f, y) => {
      expect(loss.value(f, y)).toBeGreaterThanOrEqual(loss.value(y, y) - 1e-15);
    }));
  });
});

describe('cross entropy', () => {
  it('is clipped at 1e-15 on both sides', () => {
    expect(LOSSES['cross-entropy'].value(0, 1)).toBeCloseTo(-Math.log(1e-15), 10);
    expect(LOSSES['cross-entropy'].value(1, 0)).toBeCloseTo(-Math.log(1e-15), 0);
    expect(Number.isFinite(LOSSES['cross-entropy'].derivative(-3, 1))).toBe(true);
  });
});
