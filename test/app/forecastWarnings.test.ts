import { describe, expect, it } from 'vitest';
import { forecastWarnings } from '../../src/app/forecastWarnings.js';
import type { StudyRequest } from '../../src/app/request.js';
import { exact } from '../../src/statistics/estimate.js';
import type { ExperimentForecast } from '../../src/study/forecast/forecast.js';
import { CostModel } from '../../src/study/leases/cost.js';
import type { ExperimentPilot } from '../../src/study/forecast/pilot.js';

const REQUEST: StudyRequest = {
  chosen: [],
  identity: { seed: 1, scale: 'paper', overrides: {} },
  directory: 'studies/none',
  workers: 2,
};
const SMALL: ExperimentForecast = {
  id: 'toy',
  grows: false,
  cells: 1,
  trials: 10,
  done: 0,
  left: 10,
  coreSeconds: exact(7000),
  seconds: exact(3500),
  storeBytes: 1e3,
  trialBytes: NaN,
  peakBytes: NaN,
  operations: 1,
  extrapolated: 0,
};

function warningsOf(
  change: Partial<ExperimentForecast>,
  { request = REQUEST, pilot = {} }: { request?: StudyRequest; pilot?: Partial<ExperimentPilot> } = {},
): string[] {
  const one = { ...SMALL, ...change };
  const pilots = [
    {
      model: new CostModel<never>(),
      seen: new Map([[{} as never, { trials: 3, seconds: 1, squares: 1, bytes: 1 }]]),
      failed: 0,
      ...pilot,
    },
  ];
  return forecastWarnings(request, { left: [], pilots, workers: 2, seconds: 10 }, [one], one, () => request);
}

describe('a forecast warns', () => {
  it('of nothing while there is nothing to warn of', () => {
    expect(warningsOf({})).toEqual([]);
  });

  it('of more than an hour, with ways out', () => {
    const long = { seconds: exact(50_000) };
    expect(warningsOf(long)).toEqual([
      expect.stringMatching(/^about 13 h 53 min on 2 workers; with --budget .*; --scale quick takes about 0 s$/),
    ]);
    const quick = { ...REQUEST, identity: { ...REQUEST.identity, scale: 'quick' as const } };
    expect(warningsOf(long, { request: quick })).toEqual([expect.not.stringContaining('--scale quick')]);
  });

  it('of trials that follow from results, as long as some are left', () => {
    expect(warningsOf({ grows: true })).toEqual([expect.stringMatching(/^toy: further trials follow from results/)]);
    expect(warningsOf({ grows: true, left: 0 })).toEqual([]);
  });

  it('of a store that the disk cannot hold', () => {
    expect(warningsOf({ storeBytes: 1e18 })).toEqual([
      expect.stringMatching(/^the store takes about 1000 PB, .* are on the disk of 'studies\/none'$/),
    ]);
  });

  it('of more memory than there is', () => {
    expect(warningsOf({ peakBytes: 1e18 })).toEqual([
      expect.stringContaining('trials of toy on 2 workers take about 1000 PB of memory'),
    ]);
  });

  it('of pilot trials that fail, or that do not end', () => {
    expect(warningsOf({}, { pilot: { failed: 2, error: 'no luck' } })).toEqual([
      '2 of 3 pilot trials of toy failed: no luck',
    ]);
    expect(warningsOf({}, { pilot: { seen: new Map() } })).toEqual([
      expect.stringContaining('no pilot trial of toy ended in 10 s'),
    ]);
    expect(warningsOf({ left: 0 }, { pilot: { seen: new Map() } })).toEqual([]);
  });
});
