/** Pictures of how starts end, on made-up cells; the claims are in verdicts/. */
import { describe, expect, it } from 'vitest';
import { SET_CLASSES, START_CLASSES } from '../../../src/core/outcomes/classes.js';
import { spreadFigures } from '../../../src/experiments/common/outcomeFigures.js';
import { findExperiment } from '../../../src/experiments/registry.js';
import {
  END_MEASURES,
  setIndicators,
  setMeasure,
  setRate,
  START_MEASURES,
  startMeasure,
} from '../../../src/experiments/common/outcomes.js';
import type { SampleCell } from '../../../src/experiments/common/sampleGrid.js';
import type { CellSummary } from '../../../src/experiments/spec.js';
import { SPREAD_MEASURES } from '../../../src/experiments/common/spread.js';
import { rate } from '../../../src/statistics/rates.js';
import { resolveValues } from '../../../src/study/grid/values.js';

const TRIALS = 50;

/** How many of 50 training sets are what; the others run away. */
interface Counts {
  readonly success?: number;
  readonly near?: number;
  readonly several?: number;
}

function cell<S>(settings: S, { success = 0, near = 0, several = 0 }: Counts): CellSummary<S> {
  const of = (count: number) => rate(Float64Array.from({ length: TRIALS }, (_, i) => (i < count ? 1 : 0)));
  const unknown = Object.fromEntries(
    [...SPREAD_MEASURES, ...START_MEASURES, ...END_MEASURES].map(({ name }) => [name, of(0)]),
  );
  const counts = {
    successRate: success,
    oneMinimumNearRate: near,
    severalMinimaRate: several,
    runawayRate: TRIALS - near - several,
  };
  return {
    settings,
    trials: TRIALS,
    planned: TRIALS,
    failed: 0,
    diverged: 0,
    measures: { ...unknown, ...Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, of(count)])) },
  };
}

const SIZES = [100, 200, 400, 800];

/** Cells of all d whose counts at the n of one place are those given. */
function fig3(counts: (place: number) => Counts): SampleCell[] {
  return [20, 40, 60].flatMap((d) => SIZES.map((ratio, place) => cell({ d, n: ratio * d }, counts(place))));
}

/** 0, few, most, all: what a rate does as n grows. */
const RISING = [0, 10, 40, 50];
describe('the picture of the classes', () => {
  const values = { K: 3, starts: 5, threshold: 0.01 };
  const cells = fig3((place) => ({ success: RISING[place], near: RISING[place], several: 50 - RISING[place] }));
  const [stack, errors] = spreadFigures(cells, {
    name: 'x',
    values,
    seriesOf: ({ settings }) => `d = ${settings.d}`,
  }).map((make) => make());

  it('has a bar of height 1 for every cell, near W* at the bottom, and the success rate over it', () => {
    for (const d of [20, 40, 60])
      for (const [place, x] of SIZES.entries()) {
        const bar = stack.rows.filter((row) => row['series'] === `d = ${d}` && row['x'] === x);
        expect(bar.map((row) => row['class'])).toEqual(SET_CLASSES.map(({ title }) => title));
        expect(bar.reduce((sum, row) => sum + Number(row['share']), 0)).toBeCloseTo(1, 12);
        expect(bar[0]).toMatchObject({ order: 0, share: RISING[place] / 50, line: RISING[place] / 50 });
      }
  });

  it('leaves out what is not known: no share without a class, no error without a success', () => {
    const nan = { value: NaN, low: NaN, high: NaN };
    const unpolished = cells.map((one) => ({
      ...one,
      measures: Object.fromEntries(Object.keys(one.measures).map((name) => [name, nan])),
    })) as SampleCell[];
    const drawn = spreadFigures(unpolished, { name: 'x', values, seriesOf: () => 'all' }).map((make) => make());
    expect(drawn.map(({ rows }) => rows)).toEqual([[], []]);
    expect(errors.rows).toHaveLength(cells.length);
  });
});

it.each(['fu2018-fig3', 'fu2019-success'])(
  '%s shows beside its success rate how training sets end, and where the successes are',
  (id) => {
    const experiment = findExperiment(id);
    const values = resolveValues(experiment, 'smoke', new Map());
    const cells = experiment.cells(values).map(({ settings }) => cell(settings, { success: 40, near: 40 }));
    expect(experiment.figures(cells, values).map((make) => make().name)).toEqual(
      expect.arrayContaining([id, `${id}-outcomes`, `${id}-error`]),
    );
    const shown = experiment.measures.map(({ name }) => name);
    expect(shown).toEqual(
      expect.arrayContaining([
        'successRate',
        'successError',
        'endError',
        ...SET_CLASSES.map(({ name }) => setRate(name)),
        ...START_CLASSES.map(({ name }) => startMeasure(name)),
      ]),
    );
  },
);

it('every class has one measure of its own name', () => {
  expect(SET_CLASSES.map(({ name }) => [setMeasure(name), setRate(name)])).toContainEqual([
    'oneMinimumNearSet',
    'oneMinimumNearRate',
  ]);
  expect(START_CLASSES.map(({ name }) => startMeasure(name))).toContain('otherMinimumStarts');
  expect(setIndicators('several-minima')).toMatchObject({ oneMinimum: 0, severalMinimaSet: 1, runawaySet: 0 });
  expect(setIndicators('one-minimum-elsewhere')).toMatchObject({
    oneMinimum: 1,
    oneMinimumElsewhereSet: 1,
    oneMinimumNearSet: 0,
  });
});
