/** Claims and pictures of how starts end, on made-up cells: each claim is seen to hold, to fail and to stay open. */
import { describe, expect, it } from 'vitest';
import { SET_CLASSES, START_CLASSES } from '../../src/core/outcomes/classes.js';
import { judgedClaims } from '../../src/experiments/claims.js';
import { spreadFigures } from '../../src/experiments/outcomeFigures.js';
import { END_MEASURES, setIndicators, setMeasure, setRate, START_MEASURES, startMeasure } from '../../src/experiments/outcomes.js';
import { findExperiment } from '../../src/experiments/registry.js';
import type { CellSummary, Settings, Verdict } from '../../src/experiments/spec.js';
import { SPREAD_MEASURES } from '../../src/experiments/spread.js';
import { rate } from '../../src/statistics/rates.js';
import { resolveValues } from '../../src/study/values.js';

const TRIALS = 50;

/** How many of 50 training sets are what; the others run away. */
interface Counts {
  readonly success?: number;
  readonly near?: number;
  readonly elsewhere?: number;
  readonly several?: number;
  readonly successNear?: number;
  readonly failureSeveral?: number;
}

function cell(settings: Settings, { success = 0, near = 0, elsewhere = 0, several = 0, successNear = 0, failureSeveral = 0 }: Counts): CellSummary {
  const of = (count: number) => rate(Float64Array.from({ length: TRIALS }, (_, i) => (i < count ? 1 : 0)));
  const unknown = Object.fromEntries([...SPREAD_MEASURES, ...START_MEASURES, ...END_MEASURES].map(({ name }) => [name, of(0)]));
  const counts = {
    successRate: success, oneMinimumRate: near + elsewhere, oneMinimumNearRate: near, oneMinimumElsewhereRate: elsewhere, severalMinimaRate: several,
    runawayRate: TRIALS - near - elsewhere - several, successNearRate: successNear, failureSeveralRate: failureSeveral,
  };
  return { settings, trials: TRIALS, planned: TRIALS, failed: 0, diverged: 0, measures: { ...unknown, ...Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, of(count)])) } };
}

const SIZES = [100, 200, 400, 800];

/** Cells of all d whose counts at the n of one place are those given; a place may depend on d. */
function fig3(counts: (place: number, d: number) => Counts): CellSummary[] {
  return [20, 40, 60].flatMap((d) => SIZES.map((ratio, place) => cell({ K: 3, d, n: ratio * d }, counts(place, d))));
}

function fu2019(counts: (place: number) => Counts): CellSummary[] {
  const grids = { fcn: [15, 20, 25], cnn: [15, 21, 24] };
  return Object.entries(grids).flatMap(([architecture, ds]) => ds.flatMap((d) => SIZES.map((ratio, place) => cell({ K: 3, d, n: ratio * d, architecture }, counts(place)))));
}

function verdictOf(id: string, claim: string, cells: readonly CellSummary[]): Verdict | undefined {
  const experiment = findExperiment(id);
  return judgedClaims(experiment, cells, resolveValues(experiment, 'paper', new Map())).find((one) => one.id === claim)?.verdict;
}

/** 0, few, most, all: what a rate does as n grows. */
const RISING = [0, 10, 40, 50];
/** A rate that is one half at n = 10d². */
const SQUARE = (place: number, d: number): number => Math.round(TRIALS / (1 + ((10 * d) / SIZES[place]) ** 4));

const CASES: readonly [claim: string, verdict: Verdict, counts: (place: number, d: number) => Counts][] = [
  ['one-minimum', 'holds', (place) => ({ near: RISING[place] })],
  ['one-minimum', 'holds', (place) => ({ elsewhere: RISING[place] })],
  ['one-minimum', 'fails', (place) => ({ success: RISING[place], several: RISING[place] })],
  ['one-minimum', 'undecided', () => ({ near: 45 })],
  ['successes-near', 'holds', (place) => ({ success: RISING[place], successNear: RISING[place] })],
  ['successes-near', 'fails', (place) => ({ success: RISING[place], successNear: RISING[place] / 2, elsewhere: RISING[place] / 2 })],
  ['successes-near', 'undecided', () => ({})],
  ['failures-several-minima', 'holds', (place) => ({ success: RISING[place], failureSeveral: 50 - RISING[place] })],
  ['failures-several-minima', 'fails', (place) => ({ success: RISING[place] })],
  ['failures-several-minima', 'undecided', () => ({ success: 50 })],
];

describe('fu2018-fig3', () => {
  it.each(CASES)('%s %s', (claim, verdict, counts) => {
    expect(verdictOf('fu2018-fig3', claim, fig3(counts))).toBe(verdict);
  });

  it.each<[Verdict, (place: number, d: number) => Counts]>([
    ['holds', (place) => ({ near: RISING[place] })],
    ['fails', (place, d) => ({ near: SQUARE(place, d) })],
    ['undecided', () => ({})],
  ])('one-minimum-exponent %s', (verdict, counts) => {
    expect(verdictOf('fu2018-fig3', 'one-minimum-exponent', fig3(counts))).toBe(verdict);
  });

  it('is judged at the paper’s dimensions only', () => {
    const experiment = findExperiment('fu2018-fig3');
    const values = resolveValues(experiment, 'paper', new Map([['d', '8']]));
    const claims = judgedClaims(experiment, [cell({ K: 3, d: 8, n: 800 }, { near: 50 })], values);
    expect(claims.find(({ id }) => id === 'one-minimum')).toMatchObject({ verdict: 'not-applicable', value: 1 });
  });
});

describe('fu2019-success', () => {
  it.each(CASES.flatMap(([claim, verdict, counts]) => ['fcn', 'cnn'].map((network) => [`${claim}-${network}`, verdict, counts] as const)))('%s %s', (claim, verdict, counts) => {
    expect(verdictOf('fu2019-success', claim, fu2019((place) => counts(place, 20)))).toBe(verdict);
  });
});

describe('the picture of the classes', () => {
  const values = { K: 3, starts: 5, threshold: 0.01 };
  const cells = fig3((place) => ({ success: RISING[place], near: RISING[place], several: 50 - RISING[place] }));
  const [stack, errors] = spreadFigures(cells, { name: 'x', values, seriesOf: ({ settings }) => `d = ${settings['d']}` });

  it('has a bar of height 1 for every cell, near W* at the bottom, and the success rate over it', () => {
    for (const d of [20, 40, 60]) for (const [place, x] of SIZES.entries()) {
      const bar = stack.rows.filter((row) => row['series'] === `d = ${d}` && row['x'] === x);
      expect(bar.map((row) => row['class'])).toEqual(SET_CLASSES.map(({ title }) => title));
      expect(bar.reduce((sum, row) => sum + Number(row['share']), 0)).toBeCloseTo(1, 12);
      expect(bar[0]).toMatchObject({ order: 0, share: RISING[place] / 50, line: RISING[place] / 50 });
    }
  });

  it('leaves out what is not known: no share without a class, no error without a success', () => {
    const nan = { value: NaN, low: NaN, high: NaN };
    const unpolished = cells.map((one) => ({ ...one, measures: Object.fromEntries(Object.keys(one.measures).map((name) => [name, nan])) })) as CellSummary[];
    const drawn = spreadFigures(unpolished, { name: 'x', values, seriesOf: () => 'all' });
    expect(drawn.map(({ rows }) => rows)).toEqual([[], []]);
    expect(errors.rows).toHaveLength(cells.length);
  });
});

it('every class has one measure of its own name', () => {
  expect(SET_CLASSES.map(({ name }) => [setMeasure(name), setRate(name)])).toContainEqual(['oneMinimumNearSet', 'oneMinimumNearRate']);
  expect(START_CLASSES.map(({ name }) => startMeasure(name))).toContain('otherMinimumStarts');
  expect(setIndicators('several-minima')).toMatchObject({ oneMinimum: 0, severalMinimaSet: 1, runawaySet: 0 });
  expect(setIndicators('one-minimum-elsewhere')).toMatchObject({ oneMinimum: 1, oneMinimumElsewhereSet: 1, oneMinimumNearSet: 0 });
});
