import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatEstimate } from '../../src/report/format.js';
import { exact, UNKNOWN } from '../../src/statistics/estimate.js';
import { median } from '../../src/statistics/means.js';
import { interval } from '../statistics/estimates.js';

const NONE = Number.NaN;

describe('formatEstimate', () => {
  it.each([
    ['a rate', 0.874, 0.861, 0.886, '0.874 [0.861, 0.886]'],
    ['digits that the interval supports', 0.8743219, 0.86134, 0.88629, '0.874 [0.861, 0.887]'],
    ['bounds rounded outward', 0.5, 0.1499, 0.8501, '0.50 [0.14, 0.86]'],
    ['a rate of one', 1, 0.9285, 1, '1.000 [0.928, 1.000]'],
    ['noise in a bound', 1, 0.9285, 1 + 2e-16, '1.000 [0.928, 1.000]'],
    ['a wide interval', 812.3, 655.2, 970.1, '810 [650, 980]'],
    ['one that would leave nothing of the value', 3, -496.1, 502.1, '3 [-500, 510]'],
    ['units, where they are known', 370.4, 320.9, 419.2, '370 [320, 420]'],
    ['small numbers share a power of ten', 3.2e-7, 3.02e-7, 3.39e-7, '3.20e-7 [3.02e-7, 3.39e-7]'],
    ['large numbers too', 1.5e8, 1.2e8, 1.8e8, '1.50e8 [1.20e8, 1.80e8]'],
    ['negative numbers', -0.501, -0.5341, -0.4693, '-0.501 [-0.535, -0.469]'],
    ['a value next to zero', -1e-9, -0.01, 0.01, '-1e-9 [-0.01, 0.01]'],
    ['no minus before zero', -0, -0.01, 0.01, '0.000 [-0.010, 0.010]'],
    ['one side open', 0.0016, 0.0014, Infinity, '0.00160 [0.00140, ∞]'],
    ['both sides open', 2, -Infinity, Infinity, '2.0 [-∞, ∞]'],
    ['an exact value', 0.123456789, 0.123456789, 0.123456789, '0.123457'],
    ['an interval too narrow to show', 0.123456789, 0.123456788999, 0.123456789001, '0.123457'],
    ['around zero nothing is too narrow', 0, -1e-13, 1e-13, '0.0e-13 [-1.0e-13, 1.0e-13]'],
    ['a value without interval', 0.123456789, NONE, NONE, '0.123 [–, –]'],
    ['a small value whose interval reaches far', 1.2e-7, 0, 6.6e-5, '1.2e-7 [0, 6.6e-5]'],
    ['an interval over orders of magnitude', 0.0123, 0.00314, 7.56, '0.012 [0.0031, 7.6]'],
    ['a negative one', -0.0123, -7.56, -0.00314, '-0.012 [-7.6, -0.0031]'],
    ['a value of 0', 0, 0, 0.28, '0.00 [0.00, 0.28]'],
    ['no value', NONE, 0, 1, '–'],
    ['an infinite value', Infinity, 1, Infinity, '∞ [1.00, ∞]'],
    ['an infinite value that may be small', Infinity, 3.14159e-9, Infinity, '∞ [3.14e-9, ∞]'],
    ['one that may be anything', Infinity, -Infinity, Infinity, '∞ [-∞, ∞]'],
    ['nothing but infinity', Infinity, Infinity, Infinity, '∞'],
    ['one side of a small number open', 1.6e-7, 1.4e-7, Infinity, '1.60e-7 [1.40e-7, ∞]'],
    ['a zero with both sides open', 0, -Infinity, Infinity, '0 [-∞, ∞]'],
    ['one end known', 5.123, NONE, 7.01, '5.1 [–, 7.1]'],
    ['the other', 5.123, 4.876, NONE, '5.12 [4.87, –]'],
    ['zero', 0, 0, 0, '0'],
  ])('%s', (_, value, low, high, text) => {
    expect(formatEstimate({ value, low, high })).toBe(text);
  });

  const estimates = fc
    .tuple(
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      fc.double({ min: 1e-12, max: 1e9, noNaN: true }),
      fc.double({ min: 1e-12, max: 1e9, noNaN: true }),
    )
    .map(([value, below, above]) => ({ value, low: value - below, high: value + above }));

  it('the printed interval contains the interval and the printed value', () => {
    fc.assert(
      fc.property(estimates, (estimate) => {
        const [value, low = value, high = value] = parse(formatEstimate(estimate));
        if (low === high) return;
        const slack = 1e-6 * (high - low) + 1e-15 * Math.abs(estimate.value);
        expect(low).toBeLessThanOrEqual(estimate.low + slack);
        expect(high).toBeGreaterThanOrEqual(estimate.high - slack);
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThanOrEqual(high);
      }),
      { numRuns: 2000 },
    );
  });

  const anyFinite = fc.double({ min: -1e300, max: 1e300, noNaN: true });
  const sorted = fc.tuple(anyFinite, anyFinite, anyFinite).map(([a, b, c]) => {
    const [low = 0, value = 0, high = 0] = [a, b, c].sort((x, y) => x - y);
    return { value, low, high, mcse: NONE };
  });

  it('a value is printed as 0 only if it is, and what is printed is near it, over all orders of magnitude', () => {
    fc.assert(
      fc.property(sorted, (estimate) => {
        const { value, low, high } = estimate;
        const [printed = NONE, printedLow = NONE, printedHigh = NONE] = parse(formatEstimate(estimate));
        expect(printed === 0).toBe(value === 0);
        expect(Math.abs(printed - value)).toBeLessThanOrEqual(
          Math.max(high / 20 - low / 20, Math.abs(value) / 18) * (1 + 1e-9),
        );
        const slack = 1e-6 * (high / 2 - low / 2);
        expect(printedLow).toBeLessThanOrEqual(low + slack + 1e-12 * Math.abs(low));
        expect(printedHigh).toBeGreaterThanOrEqual(high - slack - 1e-12 * Math.abs(high));
      }),
      { numRuns: 3000 },
    );
  });

  it('exact, unknown and without width are told apart', () => {
    expect(formatEstimate(exact(25))).toBe('25');
    expect(formatEstimate({ ...UNKNOWN, value: 25 })).toBe('25 [–, –]');
    expect(formatEstimate(median(new Float64Array(8).fill(25)))).toBe('25 [25, 25] (ties)');
    expect(formatEstimate(interval(1, 1 - 1e-11, 1 + 1e-11))).toMatch(/\[0\.9+0?, 1\.0+10?\]/);
  });

  it('no digit stands for less than a hundredth of the half width, where a digit is left', () => {
    fc.assert(
      fc.property(estimates, (estimate) => {
        const [text, ...bounds] = formatEstimate(estimate).split(' [');
        if (bounds.length === 0 || Math.abs(estimate.value) < (estimate.high - estimate.low) / 10) return;
        if (Math.min(Math.abs(estimate.low), Math.abs(estimate.high)) < (estimate.high - estimate.low) / 10) return;
        expect(lastPlace(text)).toBeGreaterThan(((estimate.high - estimate.low) / 200) * (1 - 1e-9));
      }),
      { numRuns: 2000 },
    );
  });

  it('the printed interval is at most a ninth wider', () => {
    fc.assert(
      fc.property(estimates, (estimate) => {
        const [, low = 0, high = 0] = parse(formatEstimate(estimate));
        expect(high - low).toBeLessThan(
          (estimate.high - estimate.low) * (1 + 1 / 9) + 1e-15 * Math.abs(estimate.value),
        );
      }),
      { numRuns: 2000 },
    );
  });
});

/** The worth of one in the last digit that is not a zero before the point. */
function lastPlace(text: string): number {
  const [mantissa, exponent = '0'] = text.split('e');
  const [whole, fraction] = mantissa.split('.');
  const zeros = /0*$/.exec(whole)?.[0].length ?? 0;
  if (Number(mantissa) === 0 && fraction === undefined) return Infinity;
  return Number(`1e${(fraction === undefined ? zeros : -fraction.length) + Number(exponent)}`);
}

function parse(text: string): number[] {
  return text
    .replace(/[[\],]/g, '')
    .split(' ')
    .map(Number);
}
