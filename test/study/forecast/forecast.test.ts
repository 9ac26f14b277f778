import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastExperiment, forecastTotal } from '../../../src/study/forecast/forecast.js';
import { ASSUMED_FLOPS_PER_SECOND } from '../../../src/core/speed.js';
import { CostModel } from '../../../src/study/leases/cost.js';
import { leftOf, type LeftCell, type LeftExperiment } from '../../../src/study/forecast/left.js';
import type { ExperimentPilot } from '../../../src/study/forecast/pilot.js';
import { SAME_MACHINE } from '../../../src/study/forecast/uncertainty.js';
import { resolveValues } from '../../../src/study/grid/values.js';
import { findExperiment } from '../../pool/fixtures/laboratory.mjs';
import { IDENTITY } from '../toy.js';

/** toy-mixed: 40 trials in each of the cells n = 30, 10, 20, of 10⁶ n operations. */
function mixed(): LeftExperiment {
  const experiment = findExperiment('toy-mixed');
  return leftOf(IDENTITY, [{ experiment, values: resolveValues(experiment, 'smoke', new Map()) }])[0];
}

function pilotOf(
  cells: readonly LeftCell[],
  times: (cell: LeftCell) => readonly number[],
  bytes = 100,
): ExperimentPilot {
  const pilot: ExperimentPilot = { model: new CostModel(), seen: new Map(), failed: 0 };
  for (const cell of cells) {
    const own = times(cell);
    const seconds = own.reduce((sum, time) => sum + time, 0);
    pilot.model.observe(cell, own.length, seconds);
    pilot.seen.set(cell, {
      trials: own.length,
      seconds,
      squares: own.reduce((sum, time) => sum + time ** 2, 0),
      bytes: bytes * own.length,
    });
  }
  return pilot;
}

const width = ({ low, high }: { readonly low: number; readonly high: number }): number => high / low;

describe('a forecast', () => {
  it('is what the cells took, for every trial left', () => {
    const study = mixed();
    const { cells, trials, done, left, coreSeconds, seconds, storeBytes, trialBytes, extrapolated } =
      forecastExperiment(
        study,
        pilotOf(study.cells, ({ cost }) => [cost / 1e7, cost / 1e7]),
        2,
      );
    expect({ cells, trials, done, left, extrapolated }).toEqual({
      cells: 3,
      trials: 120,
      done: 0,
      left: 120,
      extrapolated: 0,
    });
    expect(coreSeconds.value).toBeCloseTo(40 * (3 + 1 + 2), 9);
    expect(seconds.value).toBeCloseTo(120, 9);
    expect(storeBytes).toBeCloseTo(12_000, 6);
    expect(trialBytes).toBeNaN();
  });

  it('takes cells that were not seen by overhead and operations', () => {
    const study = mixed();
    const [, small, middle] = study.cells;
    const pilot = pilotOf([small, middle], ({ cost }) => [1 + cost / 1e7]);
    const { coreSeconds, extrapolated, operations } = forecastExperiment(study, pilot, 1);
    expect(coreSeconds.value).toBeCloseTo(40 * (4 + 2 + 3), 6);
    expect(extrapolated / operations).toBeCloseTo(0.5, 12);
  });

  it('contains its value, and is wider the less was seen', () => {
    const study = mixed();
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), { minLength: 6, maxLength: 6 }), (noise) => {
        const times = ({ cost }: LeftCell): number[] => noise.map((factor) => (factor * cost) / 1e7);
        const some = [3, 2, 1, 0].map(
          (count) => forecastExperiment(study, pilotOf(study.cells.slice(0, count), times), 2).coreSeconds,
        );
        for (const { value, low, high } of some) expect(low < value && value < high).toBe(true);
        expect(width(some[3])).toBeGreaterThan(width(some[2]));
        expect(width(some[2])).toBeGreaterThan(
          width(
            forecastExperiment(
              study,
              pilotOf(study.cells, () => [1, 1, 1, 1]),
              2,
            ).coreSeconds,
          ),
        );
      }),
    );
  });

  it('of cells that do not lie on a line is wide', () => {
    const study = mixed();
    const seen = study.cells.slice(1);
    const [straight, crooked] = [1, 10].map(
      (factor) =>
        forecastExperiment(
          study,
          pilotOf(seen, ({ cost }) => [cost === 1e7 ? factor : 2]),
          2,
        ).coreSeconds,
    );
    expect(width(crooked)).toBeGreaterThan(2 * width(straight));
  });

  it('without a pilot assumes a rate and knows no bytes', () => {
    const { coreSeconds, storeBytes } = forecastExperiment(
      mixed(),
      pilotOf([], () => []),
      1,
    );
    expect(coreSeconds.value).toBeCloseTo((40 * 60e6) / ASSUMED_FLOPS_PER_SECOND, 12);
    expect(storeBytes).toBeNaN();
  });

  it('lasts no less than its longest trial', () => {
    const study = mixed();
    expect(
      forecastExperiment(
        study,
        pilotOf(study.cells, ({ cost }) => [cost === 3e7 ? 1000 : 1]),
        256,
      ).seconds.value,
    ).toBeCloseTo(1000, 9);
  });

  it('lasts as long as its longest trial on all the workers that perform it, and holds what runs beside one another', () => {
    const study = mixed();
    const cells = study.cells.map((cell) => ({ ...cell, template: { ...cell.template, team: true } }));
    const teams: LeftExperiment = { ...study, cells };
    const pilot = pilotOf(cells, ({ cost }) => [cost === 3e7 ? 1000 : 1]);
    expect(forecastExperiment(teams, pilot, 4).seconds.value).toBeCloseTo((40 * 1002) / 4, 6);
    const bytes = { ...study.experiment, bytes: ({ n }: Readonly<Record<string, unknown>>) => Number(n) };
    expect(forecastExperiment({ ...teams, experiment: bytes }, pilot, 4)).toMatchObject({
      trialBytes: 30,
      peakBytes: 30,
    });
    const alone = pilotOf(study.cells, () => [1]);
    expect(forecastExperiment({ ...study, experiment: bytes }, alone, 4)).toMatchObject({
      trialBytes: 30,
      peakBytes: 120,
    });
    // No more than there are trials.
    const [last] = study.cells;
    const two = {
      ...study,
      experiment: bytes,
      cells: [
        { ...last, missing: [{ first: 38, end: 40 }] },
        ...study.cells.slice(1).map((cell) => ({ ...cell, missing: [] })),
      ],
    };
    expect(forecastExperiment(two, alone, 4)).toMatchObject({
      cells: 3,
      trials: 120,
      done: 118,
      left: 2,
      peakBytes: 60,
      operations: 6e7,
      extrapolated: 6e7,
      storeBytes: 200,
    });
  });

  it('has two errors of what was seen, on a machine that may change, and a factor for what was not', () => {
    const study = mixed();
    const [large, small] = study.cells;
    // Deviations of a half of the mean on one degree of freedom: 1/√2; over √2 trials a half. Of the cells, one was
    // seen: a factor of 4.
    const { coreSeconds } = forecastExperiment(
      { ...study, cells: [large, small] },
      pilotOf([small], () => [1, 3]),
      1,
    );
    const [measured, others] = [40 * 2, 40 * 6];
    expect(coreSeconds.value).toBeCloseTo(measured + others, 9);
    expect(coreSeconds.high).toBeCloseTo(2 * measured * SAME_MACHINE + others * 4, 9);
    expect(coreSeconds.low).toBeCloseTo(0 + others / 4, 9);
    const calm = forecastExperiment(
      { ...study, cells: [small] },
      pilotOf([small], () => [1.9, 2.1]),
      1,
    ).coreSeconds;
    const error = 2 * 80 * (Math.sqrt(2 * 0.05 ** 2) / Math.SQRT2);
    expect([calm.low, calm.high]).toEqual([
      expect.closeTo((80 - error) / SAME_MACHINE, 9),
      expect.closeTo((80 + error) * SAME_MACHINE, 9),
    ]);
  });

  it('of bytes takes what was seen of a cell, and the mean over cells for others', () => {
    const study = mixed();
    const [large, small, middle] = study.cells;
    const pilot = pilotOf([small, middle], () => [1]);
    pilot.seen.set(small, { trials: 2, seconds: 2, squares: 2, bytes: 60 });
    expect(forecastExperiment(study, pilot, 1).storeBytes).toBeCloseTo(40 * (30 + 100 + 65), 9);
    expect(forecastExperiment({ ...study, cells: [large] }, pilot, 1).storeBytes).toBeCloseTo(40 * 65, 9);
  });

  it('of a complete study is nothing', () => {
    const { cells, ...study } = mixed();
    const complete = forecastExperiment(
      { ...study, cells: cells.map((cell) => ({ ...cell, missing: [] })) },
      pilotOf([], () => []),
      2,
    );
    expect(complete).toMatchObject({
      done: 120,
      left: 0,
      storeBytes: 0,
      coreSeconds: { value: 0, low: 0, high: 0 },
      seconds: { value: 0 },
    });
  });

  it('of all experiments is the sum', () => {
    const study = mixed();
    const one = forecastExperiment(
      study,
      pilotOf(study.cells, () => [1]),
      2,
    );
    const total = forecastTotal([one, one]);
    expect([total.trials, total.left, total.storeBytes]).toEqual([240, 240, 2 * one.storeBytes]);
    const bytes = { ...study.experiment, bytes: ({ n }: Readonly<Record<string, unknown>>) => Number(n) };
    const other = {
      ...forecastExperiment(
        { ...study, experiment: bytes },
        pilotOf(study.cells.slice(1), () => [1]),
        2,
      ),
      done: 7,
    };
    expect(forecastTotal([other, { ...other, trialBytes: 20, peakBytes: 999 }])).toEqual({
      cells: 6,
      trials: 240,
      done: 14,
      left: 240,
      storeBytes: 2 * other.storeBytes,
      trialBytes: 30,
      peakBytes: 999,
      operations: 2 * other.operations,
      extrapolated: 2 * other.extrapolated,
      coreSeconds: {
        value: 2 * other.coreSeconds.value,
        low: 2 * other.coreSeconds.low,
        high: 2 * other.coreSeconds.high,
      },
      seconds: { value: 2 * other.seconds.value, low: 2 * other.seconds.low, high: 2 * other.seconds.high },
    });
    const nothing = { value: 0, low: 0, high: 0 };
    expect(forecastTotal([])).toEqual({
      cells: 0,
      trials: 0,
      done: 0,
      left: 0,
      coreSeconds: nothing,
      seconds: nothing,
      storeBytes: 0,
      trialBytes: 0,
      peakBytes: 0,
      operations: 0,
      extrapolated: 0,
    });
    expect(total.coreSeconds.high).toBeCloseTo(2 * one.coreSeconds.high, 9);
  });
});
