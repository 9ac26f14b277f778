import { describe, expect, it } from 'vitest';
import { UNKNOWN, type Estimate } from '../../src/statistics/estimate.js';
import {
  nextPlaces,
  risingCrossing,
  risingFit,
  searchEnd,
  type SearchEnd,
  type Tried,
} from '../../src/statistics/placement.js';
import { chance, coverage, Draws } from './draws.js';

/** log n from 100 to 20 000, factors of 1 + relative apart. */
const placesOf = (relative: number): number[] =>
  Array.from({ length: Math.ceil(Math.log(200) / Math.log1p(relative)) + 1 }, (_, k) =>
    Math.min(Math.log(100) + k * Math.log1p(relative), Math.log(20_000)),
  );

interface Searched {
  readonly crossing: Estimate;
  readonly end: SearchEnd | undefined;
  readonly trials: number;
  readonly places: readonly number[];
}

function search(
  x: readonly number[],
  halfWidth: number,
  rate: (x: number) => number,
  draws: Draws,
  level = 0.5,
  most = 20_000,
): Searched {
  const tried = new Map<number, { successes: number; trials: number }>();
  const places: number[] = [];
  let trials = 0;
  let end = searchEnd(x, tried, level, halfWidth);
  while (end === undefined && trials < most) {
    for (const place of nextPlaces(x, tried, level)) {
      const before = tried.get(place) ?? { successes: 0, trials: 0 };
      tried.set(place, {
        successes: before.successes + draws.binomial(20, rate(x[place])),
        trials: before.trials + 20,
      });
      trials += 20;
      places.push(place);
    }
    end = searchEnd(x, tried, level, halfWidth);
  }
  return { crossing: risingCrossing(x, tried, level), end, trials, places };
}

const logistic =
  (slope: number, c: number, offset = 0) =>
  (x: number): number =>
    1 / (1 + Math.exp(-offset - slope * (x - c)));

describe('a search', () => {
  it('halves the gap of a step, and knows it when nothing lies between', () => {
    const x = placesOf(0.1);
    const { crossing, end, places } = search(x, Math.log1p(0.1), (at) => (at < Math.log(1234) ? 0 : 1), new Draws(1));
    expect(end).toBe('found');
    expect(places.length).toBeLessThanOrEqual(Math.ceil(Math.log2(x.length)) + 2);
    expect(Math.exp(crossing.low)).toBeLessThanOrEqual(1234);
    expect(Math.exp(crossing.high)).toBeGreaterThanOrEqual(1234);
  });

  it('ends where the boundary lies outside', () => {
    const x = placesOf(0.1);
    expect(search(x, 0.1, () => 0.02, new Draws(2)).end).toBe('beyond');
    expect(search(x, 0.1, () => 0.98, new Draws(3)).end).toBe('below');
    expect(search(x, 0.1, () => 0.98, new Draws(3)).trials).toBeLessThan(200);
  });

  it('places trials on both sides of the boundary, not far from it', () => {
    const c = Math.log(1500);
    const { places, end } = search(placesOf(0.05), Math.log1p(0.05), logistic(3, c), new Draws(4));
    const x = placesOf(0.05);
    const late = places.slice(places.length / 2).map((place) => 3 * (x[place] - c));
    expect(end).toBe('found');
    expect(late.filter((logit) => Math.abs(logit) < 2).length).toBeGreaterThan(0.95 * late.length);
    expect(Math.abs(2 * late.filter((logit) => logit < 0).length - late.length)).toBeLessThanOrEqual(2);
  });

  it.each([
    [1.5, 0.2, 0.5, 5],
    [3, 0.2, 0.5, 6],
    [6, 0.1, 0.5, 7],
    [6, 0.1, 0.8, 8],
  ])('of slope %f, to a factor of 1 + %f at level %f, covers 95 %% where it ends', (slope, relative, level, seed) => {
    const draws = new Draws(seed);
    const [runs, offset] = [250, Math.log(level / (1 - level))];
    const [x, c] = [placesOf(relative), Math.log(1500)];
    const share = coverage(
      runs,
      c,
      () => search(x, Math.log1p(relative), logistic(slope, c, offset), draws, level).crossing,
    );
    expect(share).toBeGreaterThan(0.95 - chance(runs));
  });

  it('is seen not to cover with intervals of half the width', () => {
    const draws = new Draws(9);
    const c = Math.log(1500);
    const share = coverage(250, c, () => {
      const { value, low, high } = search(placesOf(0.2), Math.log1p(0.2), logistic(3, c), draws).crossing;
      return { low: (value + low) / 2, high: (value + high) / 2 };
    });
    expect(share).toBeLessThan(0.95 - chance(250));
  });
});

describe('the end of a search', () => {
  const x = [0, 1, 2, 3, 4];
  const tried = (...rates: readonly (readonly [place: number, successes: number])[]): Tried =>
    new Map(rates.map(([place, successes]) => [place, { successes, trials: 10 }]));
  const endOf = (known: Tried, halfWidth = 0, level = 0.5) => searchEnd(x, known, level, halfWidth);

  it('comes when an outermost place is on the wrong side of the level with its interval, not another place', () => {
    expect([endOf(tried([0, 10])), endOf(tried([0, 6])), endOf(tried([1, 10]))]).toEqual([
      'below',
      undefined,
      undefined,
    ]);
    expect([endOf(tried([4, 0])), endOf(tried([4, 4])), endOf(tried([3, 0]))]).toEqual([
      'beyond',
      undefined,
      undefined,
    ]);
    // 10 of 10 have at least 74 %, 0 of 10 at most 29 %.
    expect([
      endOf(tried([0, 10]), 0, 0.7),
      endOf(tried([0, 10]), 0, 0.75),
      endOf(tried([4, 0]), 0, 0.3),
      endOf(tried([4, 0]), 0, 0.25),
    ]).toEqual(['below', undefined, 'beyond', undefined]);
    expect(endOf(tried())).toBeUndefined();
  });

  it('comes when the interval has the half-width, or holds no place', () => {
    const known = tried([0, 1], [1, 3], [2, 5], [3, 7], [4, 9]);
    const { low, high } = risingCrossing(x, known, 0.5);
    const half = (high - low) / 2;
    expect([endOf(known, half + 1e-9), endOf(known, half - 1e-9)]).toEqual(['found', undefined]);
    // A step of many: the interval is the gap, and its ends are no places within it.
    const step: Tried = new Map([
      [1, { successes: 0, trials: 500 }],
      [2, { successes: 500, trials: 500 }],
    ]);
    expect(endOf(step)).toBe('found');
    expect(
      endOf(
        new Map([
          [1, { successes: 0, trials: 500 }],
          [3, { successes: 500, trials: 500 }],
        ]),
      ),
    ).toBeUndefined();
  });

  it('has a crossing only where the rate rises, however slowly', () => {
    const slow = risingCrossing(
      x.map((at) => 100 * at),
      tried([0, 1], [2, 5], [4, 9]),
      0.5,
    );
    expect(slow.value).toBeCloseTo(200, 6);
    for (const known of [tried([0, 9], [2, 5], [4, 1]), tried([0, 5], [4, 5]), tried([2, 5]), tried()])
      expect(risingCrossing(x, known, 0.5)).toEqual(UNKNOWN);
  });
});

describe('the next places', () => {
  const x = [0, 1, 2, 3, 4];
  const tried = (...rates: readonly (readonly [place: number, successes: number])[]): Tried =>
    new Map(rates.map(([place, successes]) => [place, { successes, trials: 10 }]));

  it.each<[string, Tried, number[]]>([
    ['nothing is known: the middle', tried(), [2]],
    ['a gap: its middle', tried([0, 0], [4, 10]), [2]],
    ['a gap of two: the one between', tried([0, 0], [2, 10]), [1]],
    ['no gap: its two ends', tried([1, 0], [2, 10]), [1, 2]],
    ['all succeed from the first on: the first', tried([0, 10]), [0]],
    ['none succeeds up to the last: the last', tried([4, 0]), [4]],
    ['the level itself succeeds', tried([0, 0], [2, 5], [4, 10]), [1]],
    ['a failure beyond a success does not count', tried([1, 0], [2, 10], [3, 0]), [1, 2]],
  ])('%s', (_, known, places) => {
    expect(nextPlaces(x, known, 0.5)).toEqual(places);
  });

  it('lie just outside the crossing by one over the slope, within the list', () => {
    // logit p = log 9 · (x − 2)/2, so 1/s = 0.91.
    expect(nextPlaces(x, tried([0, 1], [4, 9]), 0.5)).toEqual([1, 3]);
    // logit p = log 2.25 · (x − 2)/2: 1/s = 2.47 reaches beyond both ends.
    expect(nextPlaces(x, tried([0, 3], [1, 4], [3, 6], [4, 7]), 0.5)).toEqual([0, 4]);
  });

  it('are those next to c ± 1/s that do not lie within', () => {
    // Success probabilities 1/(1 + e) at one place below and above 2: 1/s = 1.
    const known: Tried = new Map([
      [1, { successes: 2689, trials: 10_000 }],
      [3, { successes: 7311, trials: 10_000 }],
    ]);
    const { crossing, slope } = risingFit(x, known, 0.5) ?? { crossing: NaN, slope: NaN };
    expect([crossing, 1 / slope]).toEqual([expect.closeTo(2, 6), expect.closeTo(1, 3)]);
    const on = [0, crossing - 1 / slope, 2, crossing + 1 / slope, 4];
    expect(nextPlaces(on, new Map(known), 0.5).map((place) => Math.abs(on[place] - 2))).toEqual([
      expect.closeTo(1, 3),
      expect.closeTo(1, 3),
    ]);
    // At another level the places move with the crossing.
    expect(nextPlaces(x, tried([0, 1], [4, 9]), 0.9)).toEqual([3, 4]);
  });

  it('have no fit without a rise', () => {
    expect(
      [tried([0, 5], [4, 5]), tried([0, 7], [4, 3]), tried([2, 5]), tried([0, 0], [4, 10])].map((known) =>
        risingFit(x, known, 0.5),
      ),
    ).toEqual(Array(4).fill(undefined));
    expect(risingFit(x, tried([0, 1], [4, 9]), 0.5)).toMatchObject({
      crossing: expect.closeTo(2, 9) as number,
      slope: expect.closeTo(Math.log(9) / 2, 9) as number,
    });
  });
});
