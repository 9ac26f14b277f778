import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { censoredSlope, type SidedPoint } from '../../src/statistics/censored.js';
import { weightedSlope } from '../../src/statistics/regression.js';

const both = (x: number, y: number, error: number): SidedPoint => ({ x, y, below: error, above: error });

/** The slope with its ends by weighted least squares, where every point has one error. */
function leastSquares(points: readonly SidedPoint[]) {
  return weightedSlope(
    points.map(({ x }) => x),
    points.map(({ y }) => y),
    points.map(({ below }) => below),
  );
}

/** min_a χ²(a, b), by thirds: the definition, term by term. */
function leastCost(points: readonly SidedPoint[], slope: number): number {
  const cost = (a: number): number =>
    points
      .map(({ x, y, below, above }) => {
        const distance = y - a - slope * x;
        return (distance / (distance > 0 ? below : above)) ** 2;
      })
      .reduce((sum, term) => sum + term);
  const residuals = points.map(({ x, y }) => y - slope * x);
  let [low, high] = [Math.min(...residuals), Math.max(...residuals)];
  for (let step = 0; step < 150; step++) {
    const third = (high - low) / 3;
    if (cost(low + third) <= cost(high - third)) high -= third;
    else low += third;
  }
  return cost((low + high) / 2);
}

function expectSame(points: readonly SidedPoint[]): void {
  const { slope } = leastSquares(points);
  const found = censoredSlope(points);
  for (const key of ['value', 'low', 'high'] as const) expect(found[key] - slope[key], key).toBeCloseTo(0, 5);
  expect(found.mcse).toBeCloseTo((found.high - found.low) / (2 * 1.959964), 6);
  expect(found.sd).toBeNaN();
}

describe('a slope of points that are known on both sides alike', () => {
  it('is that of least squares, of two points too', () => {
    expectSame([both(0, 1, 0.1), both(2, 4, 0.3)]);
    expectSame([both(0, 1, 0.1), both(1, 1.9, 0.2), both(3, 4.2, 0.1)]);
  });

  it('has the interval of the scatter where that is larger than the errors', () => {
    const points = [both(0, 0, 0.1), both(1, 2, 0.1), both(2, 1, 0.1), both(3, 4, 0.2)];
    expect(leastSquares(points).fromScatter).toBe(true);
    expectSame(points);
    // One degree of freedom is enough to see it.
    const three = [both(0, 0, 0.1), both(1, 2, 0.1), both(2, 1, 0.1)];
    expect(leastSquares(three).fromScatter).toBe(true);
    expectSame(three);
  });

  it('has the interval of the errors just where χ² reaches its 95 % quantile, and that of the scatter beyond', () => {
    // Residuals a, −2a, a: χ² = 6a²/0.01; the quantile of one degree of freedom is 3.8415.
    for (const [chiSquare, fromScatter] of [
      [3.84, false],
      [3.843, true],
    ] as const) {
      const a = Math.sqrt((0.01 * chiSquare) / 6);
      const points = [both(-1, a, 0.1), both(0, -2 * a, 0.1), both(1, a, 0.1)];
      expect(leastSquares(points).fromScatter).toBe(fromScatter);
      expectSame(points);
    }
  });

  it('is that of least squares for any points', () => {
    const point = fc.record({
      y: fc.double({ min: -3, max: 3, noNaN: true }),
      error: fc.double({ min: 0.2, max: 2, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 3, maxLength: 5 }),
        fc.double({ min: -9, max: 9, noNaN: true }),
        (points, slope) => {
          expectSame(points.map(({ y, error }, x) => both(x, y + slope * x, error)));
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('a slope of points with a side of its own', () => {
  const two = [both(0, 0, 0.1), both(1, 1, 0.1)];

  it.each<[string, SidedPoint]>([
    ['below the line, open upwards', { x: 2, y: -9, below: 0.1, above: Infinity }],
    ['above the line, open downwards', { x: 2, y: 9, below: Infinity, above: 0.1 }],
  ])('does not see one far %s', (_, open) => {
    const [with_, without] = [censoredSlope([...two, open]), censoredSlope(two)];
    for (const key of ['value', 'low', 'high'] as const) expect(with_[key]).toBeCloseTo(without[key], 6);
  });

  it('is bounded by one that the line must not pass', () => {
    const above = censoredSlope([...two, { x: 2, y: 3, below: 0.1, above: Infinity }]);
    const below = censoredSlope([...two, { x: 2, y: 1, below: Infinity, above: 0.1 }]);
    expect(above.value).toBeGreaterThan(1.1);
    expect(below.value).toBeLessThan(0.9);
    // The one is the other upside down: y → 2x − y.
    for (const [key, mirror] of [
      ['value', 'value'],
      ['low', 'high'],
      ['high', 'low'],
    ] as const)
      expect(above[key]).toBeCloseTo(2 - below[mirror], 6);
  });

  it('lies where χ² is least, and ends where it has risen by 1.96²', () => {
    const points: SidedPoint[] = [
      { x: 0, y: 0, below: 0.1, above: 0.3 },
      { x: 1, y: 1.1, below: 0.5, above: 0.1 },
      { x: 2, y: 1.9, below: 0.2, above: 0.4 },
      { x: 4, y: 4.1, below: 0.3, above: Infinity },
    ];
    const { value, low, high, mcse } = censoredSlope(points);
    const least = leastCost(points, value);
    for (const nearby of [value - 0.01, value + 0.01]) expect(leastCost(points, nearby)).toBeGreaterThan(least);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
    for (const end of [low, high]) expect(leastCost(points, end) - least).toBeCloseTo(1.959964 ** 2, 4);
    expect(mcse).toBeCloseTo((high - low) / (2 * 1.959964), 6);
  });
});
