/** What trials hand out: `draw` draws what the trial does, and it is a planted problem. */
import { describe, expect, it } from 'vitest';
import { Collector, type KeptArray } from '../../src/app/problem/collector.js';
import { parseActivation } from '../../src/core/networks/activations.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { referenceKernels } from '../../src/core/kernels/reference.js';
import { networkShape } from '../../src/core/networks/networks.js';
import { EXPERIMENTS } from '../../src/experiments/registry.js';
import { suffixed } from '../../src/experiments/keeper.js';
import type { Experiment, TrialContext } from '../../src/experiments/spec.js';
import { gridOf } from '../../src/study/grid/cells.js';
import { resolveValues } from '../../src/study/grid/values.js';

const kernels = loadNativeKernels();
const PROBLEM = ['X', 'y', 'teacher', 'teacher-v', 'start', 'start-v'];
const NO_PROBLEM = [
  'fu2018-fig2',
  'fu2018-population',
  'fu2018-thm1-condition',
  'fu2019-fig1',
  'gao2018-fig1',
  'gao2018-fig2',
  'gao2018-thm1',
  'gao2018-thm2',
  'gao2018-degree4',
  'soltanolkotabi2017-fig1',
  'soltanolkotabi2017-thm21',
  'soltanolkotabi2017-jacobian',
  'soltanolkotabi2017-spectrum',
  'zhong2017-thm35',
  'zhong2017-remark43',
  'zhong2017-claim55',
  'safran2018-square',
  'safran2018-wider',
  'safran2018-minima',
  'goldt2019-dynamics',
  'goldt2019-final',
];
const planting = EXPERIMENTS.filter(({ draw }) => draw !== undefined);

function contextOf(experiment: Experiment): TrialContext {
  const values = resolveValues(experiment, 'smoke', new Map());
  const [{ key, trialSettings }] = gridOf({ experiment, values }, 3).cells;
  return {
    settings: trialSettings,
    kernels,
    cancel: new Int32Array(1),
    stream: (purpose) => ({ key, trial: 0, purpose }),
  };
}

function byName(arrays: readonly KeptArray[]): Record<string, KeptArray> {
  return Object.fromEntries(arrays.map((array) => [array.name, array]));
}

it('the experiments without a problem are those that plant none, or have none to show yet', () => {
  expect(EXPERIMENTS.filter(({ draw }) => draw === undefined).map(({ id }) => id)).toEqual(NO_PROBLEM);
});

describe.each(planting.map((experiment) => [experiment.id, experiment] as const))('%s', (_, experiment) => {
  const drawn = new Collector();
  const whole = new Collector();
  const context = contextOf(experiment);
  experiment.draw?.({ ...context, keep: drawn });
  const outcome = experiment.trial({ ...context, keep: whole });

  it('a trial hands out what draw draws, bit by bit, and its result does not depend on it', () => {
    const [ofDraw, ofTrial] = [drawn, whole].map(({ arrays }) => byName(arrays));
    expect(Object.keys(ofDraw)).toEqual(PROBLEM);
    for (const name of PROBLEM) expect(ofTrial[name], name).toEqual(ofDraw[name]);
    expect(drawn.words).toEqual(whole.words);
    expect(experiment.trial(context)).toEqual(outcome);
  });

  it('is a planted problem: shapes fit, and labels without noise are the outputs of the teacher', () => {
    const { X, y, teacher, start, 'teacher-v': v, 'start-v': v0 } = byName(drawn.arrays);
    const { activation = '', architecture = 'fcn', labels } = drawn.words ?? {};
    const [[samples, dimension], [starts, rows, length]] = [X.shape, start.shape];
    expect(y.shape).toEqual([samples]);
    expect([rows * (architecture === 'cnn' ? length : 1), v0.shape[0]]).toEqual([
      architecture === 'cnn' ? length : v0.shape[1],
      starts,
    ]);
    expect(architecture === 'cnn' ? length * v0.shape[1] : length).toBe(dimension);
    for (const { shape, values } of drawn.arrays)
      expect(shape.reduce((size, side) => size * side, 1)).toBe(values.length);
    if (labels !== 'regression') return;
    const inputs = referenceKernels.prepare({ samples, dimension, values: X.values });
    const shape = networkShape(architecture, v.values.length, dimension);
    const outputs = referenceKernels.outputs(inputs, shape, parseActivation(activation), {
      starts: 1,
      weights: teacher.values,
      outputWeights: v.values,
    });
    outputs.forEach((f, i) => {
      expect(f).toBeCloseTo(y.values[i], 10);
    });
  });
});

it('a suffix is put behind every name, and nobody stays nobody', () => {
  const keep = new Collector();
  suffixed(keep, 'L')?.array('weights', [2], Float64Array.of(1, 2));
  expect(keep.arrays.map(({ name }) => name)).toEqual(['weights-L']);
  expect(suffixed(undefined, 'L')).toBeUndefined();
});
