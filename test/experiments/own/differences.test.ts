import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { drawTrainingSet } from '../../../src/experiments/common/planted.js';
import {
  differenceFindings,
  differenceStatistic,
  pairsOf,
  sharesTrainingSets,
} from '../../../src/experiments/own/differences.js';
import { studyExperiment } from '../../../src/experiments/own/experiment.js';
import { METHOD_SETTINGS, sampledSettings, studySettings } from '../../../src/experiments/own/settings.js';
import type { AxisValue, StudySpec } from '../../../src/experiments/own/spec.js';
import type { CellSummary } from '../../../src/experiments/spec.js';
import type { Settings } from '../../../src/settings/types.js';
import { mean } from '../../../src/statistics/means.js';
import { meanShareDifference } from '../../../src/statistics/ranges.js';
import { meanSequence, shareDifferenceSequence } from '../../../src/statistics/sequences.js';

const SPEC: StudySpec = {
  title: '',
  description: '',
  trials: 4,
  measures: [],
  figures: [],
  grid: { d: [4, 5], n: [40], start: ['sphere', 'ball'] },
};
const between = { start: ['sphere', 'ball'] } as const;

describe('a method', () => {
  const OTHER: Readonly<Record<string, AxisValue>> = {
    loss: 'cross-entropy',
    trainOutput: 'yes',
    start: 'gaussian',
    radius: 1,
    startScale: 2,
    mode: 'faithful',
    starts: 3,
    stepSize: 0.5,
    stepFactor: 0.3,
    studentK: 5,
    method: 'nesterov',
    momentum: 0.5,
    schedule: 'cosine:9',
    batch: 4,
    replacement: 'yes',
    iterations: 9,
    tolerance: 0.1,
    rows: 'free',
    mu: 2,
    penalty: 3,
    outcomes: 'polish',
    within: 0.2,
    sameMinimum: 0.2,
  };

  it.each(METHOD_SETTINGS)('of another %s draws the same teacher, inputs and labels', (name) => {
    const drawn = (more: Settings) => {
      const cell = { d: 4, n: 20, ...more };
      const stream = (purpose: number) => ({ key: [3, 5] as const, trial: 2, purpose });
      const context = { kernels: loadNativeKernels(), cancel: new Int32Array(1), stream };
      const { teacher, problem } = drawTrainingSet({ ...context, settings: sampledSettings(studySettings(cell)) });
      return [teacher, problem.inputs.values, problem.labels];
    };
    expect(OTHER).toHaveProperty(name);
    expect(drawn({ [name]: OTHER[name] })).toEqual(drawn({}));
    const [pair] = pairsOf({ grid: { d: [4], n: [20] } }, { between: {} });
    expect(sharesTrainingSets({ ...pair, first: { d: 4, n: 20 }, second: { d: 4, n: 20, [name]: OTHER[name] } })).toBe(
      true,
    );
  });
});

describe('pairs of cells', () => {
  it('differ in what is named, and in nothing else', () => {
    expect(pairsOf(SPEC, { between }).map(({ first, second }) => [first, second])).toEqual([
      [
        { K: 3, d: 4, n: 40 },
        { K: 3, d: 4, n: 40, start: 'ball' },
      ],
      [
        { K: 3, d: 5, n: 40 },
        { K: 3, d: 5, n: 40, start: 'ball' },
      ],
    ]);
  });

  it('may differ in several settings at once', () => {
    const grid = { ...SPEC.grid, d: [4], loss: ['squared', 'cross-entropy'], radius: [0.1, 1] };
    const pairs = pairsOf({ grid }, { between: { ...between, loss: ['squared', 'cross-entropy'] } });
    expect(pairs.map(({ first, second }) => [first['radius'], second])).toEqual([
      [undefined, { K: 3, d: 4, n: 40, start: 'ball', loss: 'cross-entropy' }],
      [1, { K: 3, d: 4, n: 40, start: 'ball', loss: 'cross-entropy', radius: 1 }],
    ]);
  });

  it('are none where the settings have no meaning, and do not share training sets that follow from them', () => {
    const gaussian = { d: [4], n: [40], start: ['gaussian'], radius: [0.1, 1] };
    expect(pairsOf({ grid: gaussian }, { between: { radius: [0.1, 1] } })).toEqual([]);
    const grown = pairsOf({ grid: { d: [4], n: ['10*starts'], starts: [1, 2] } }, { between: { starts: [1, 2] } });
    expect(grown.map((pair) => sharesTrainingSets(pair))).toEqual([false]);
  });
});

it('random numbers of another experiment may tell methods apart', () => {
  const [pair] = pairsOf(SPEC, { between });
  expect(sharesTrainingSets(pair, { of: 'x', version: 1, cells: ['K', 'd', 'n'] })).toBe(true);
  expect(sharesTrainingSets(pair, { of: 'x', version: 1, cells: ['K', 'd', 'n', 'start'] })).toBe(false);
});

describe('differences', () => {
  const differences = { gain: { of: 'relativeError', between, statistic: 'mean' } };
  const cell = (settings: Settings, numbers: readonly (readonly [number, number])[]): CellSummary => ({
    settings,
    trials: numbers.length,
    planned: 4,
    failed: 0,
    diverged: 0,
    measures: {},
    perTrial: { gain: new Map(numbers) },
  });
  const first = [
    [0, 1],
    [1, 2],
    [2, 4],
    [3, 9],
  ] as const;
  const second = [
    [0, 0.5],
    [2, 1],
    [3, NaN],
    [4, 7],
  ] as const;
  const cells = [cell({ K: 3, d: 4, n: 40 }, first), cell({ K: 3, d: 4, n: 40, start: 'ball' }, second)];

  it('pair trials by their number, and count those that lack one', () => {
    const [finding, ...others] = differenceFindings({ ...SPEC, differences }, cells);
    expect(others).toEqual([]);
    expect(finding).toEqual({
      statement: 'gain, d = 4: mean of the difference of relativeError, start sphere − ball, 2 training sets',
      name: 'gain',
      settings: expect.objectContaining({ d: 4, n: 40, loss: 'squared' }) as unknown,
      pairs: 2,
      ...mean(Float64Array.of(0.5, 3, NaN)),
    });
    expect(finding.settings).not.toHaveProperty('start');
    expect(finding.leftOut).toBe(1);
  });

  it('of shares lie in [−1, 1]; share(> 0) says how often the first is larger', () => {
    const of = (more: object): StudySpec => ({ ...SPEC, differences: { gain: { ...differences.gain, ...more } } });
    const ends = cells.map((one, at) => ({
      ...one,
      perTrial: { gain: new Map([0, 1, 2, 3].map((trial) => [trial, Number(trial > at)])) },
    }));
    const [recovered] = differenceFindings(of({ of: 'recovered' }), ends);
    expect(recovered).toMatchObject(meanShareDifference(Float64Array.of(0, 1, 0, 0), {}));
    const [wins] = differenceFindings(of({ statistic: 'share(> 0)' }), cells);
    expect(wins.value).toBe(1);
    expect(wins.statement).toContain('share of trials with the difference of relativeError > 0');
  });

  it('have confidence sequences where results decide on the number of trials', () => {
    const precision = { measure: 'recoveryRate', rate: 0.1, most: 100 } as const;
    const [finding] = differenceFindings({ ...SPEC, differences, precision }, cells);
    expect(finding).toMatchObject(meanSequence(Float64Array.of(0.5, 3, NaN)));
  });

  it('of shares have the exact sequence of bounded values there', () => {
    const precision = { measure: 'recoveryRate', rate: 0.1, most: 100 } as const;
    const ends = cells.map((one, at) => ({
      ...one,
      perTrial: { gain: new Map([0, 1, 2, 3].map((trial) => [trial, Number(trial > at)])) },
    }));
    const of = (name: string): StudySpec => ({
      ...SPEC,
      differences: { gain: { ...differences.gain, of: name } },
      precision,
    });
    const found = shareDifferenceSequence(Float64Array.of(0, 1, 0, 0));
    for (const name of ['recovered', 'recoveryRate', 'recoveredShare'])
      expect(differenceFindings(of(name), ends)[0], name).toMatchObject(found);
    expect(differenceFindings(of('relativeError'), ends)[0].low).not.toBe(found.low);
  });

  it.each([
    ['rate', false],
    ['share', false],
    ['positive-mean', false],
    ['median', true],
    ['sd', true],
    ['rmse', true],
    ['mean', true],
    ['quantile(0.1)', true],
    ['share(> 0)', true],
  ])('have the statistic %s: %s', (statistic, taken) => {
    const given = (): unknown => differenceStatistic(` ${statistic} `, 'statistic');
    if (taken) expect(given).not.toThrow();
    else expect(given).toThrow('statistic must be one that takes negative numbers, as differences are');
  });

  it('take a failed trial as their measure does', () => {
    const [gain, hit] =
      studyExperiment({
        ...SPEC,
        differences: { ...differences, hit: { of: 'recoveryRate', between, statistic: 'mean' } },
      }).perTrial ?? [];
    expect(gain).not.toHaveProperty('whenFailed');
    expect(hit).toMatchObject({ of: 'recoveryRate', whenFailed: 0 });
    expect(hit.value?.({ recovered: 1 }, {})).toBe(1);
  });
});
