import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { descentState, runDescent } from '../../../src/core/descent/descent.js';
import { InputError } from '../../../src/base/errors.js';
import type { Points, Problem } from '../../../src/core/kernels/contract.js';
import { drawLabels, type LabelKind } from '../../../src/core/networks/labels.js';
import { matchedDistance } from '../../../src/core/matching/matching.js';
import { networkShape, outputWeights, type Architecture } from '../../../src/core/networks/networks.js';
import { stepSizes } from '../../../src/core/descent/stepsize.js';
import { drawTeacher, frobeniusNorm } from '../../../src/core/networks/teachers.js';
import { tensorInitialization, type Initialization } from '../../../src/core/tensor/initialization.js';
import { normalSource } from '../../../src/core/tensor/normals.js';
import type { InitializationOutput } from '../../../src/core/tensor/recovery.js';
import type { Samples } from '../../../src/core/tensor/samples.js';
import type { InitializationMode } from '../../../src/core/tensor/stages.js';
import { quantities } from '../../../src/theory/quantities.js';
import { kernels, normals, randomSamples, stream } from './fixtures.js';

interface Setting {
  readonly activation: string;
  readonly architecture?: Architecture;
  readonly output?: InitializationOutput;
  readonly labels?: LabelKind;
  readonly mode?: InitializationMode;
  readonly K?: number;
  readonly d?: number;
  readonly n?: number;
  readonly trial?: number;
  /** v of the teacher when the output is `signs` */
  readonly v?: readonly number[];
}

/** A planted training set, W₀ from it, and ‖W₀ − W*‖/‖W*‖. */
function planted({
  activation: name,
  architecture = 'fcn',
  output = 'mean',
  labels: kind = 'regression',
  mode = 'unfold',
  K = 3,
  d = 6,
  n = 20_000,
  trial = 0,
  v: signs,
}: Setting) {
  const activation = parseActivation(name);
  const shape = networkShape(architecture, K, d);
  const teacher = drawTeacher(kernels, 'orthonormal', shape.rows, d / shape.strides, 2, stream(10, trial));
  const v = signs === undefined ? outputWeights(output === 'sum' ? 'sum' : 'mean', 1, K) : Float64Array.from(signs);
  const inputs = normals(n * d, 11, trial);
  const prepared = kernels.prepare({ samples: n, dimension: d, values: inputs.slice() });
  const outputs = (weights: Float64Array, outer: Float64Array): Float64Array =>
    kernels.outputs(prepared, shape, activation, { starts: 1, weights, outputWeights: outer });
  const labels = drawLabels(kernels, kind, outputs(teacher, v), stream(12, trial));
  const samples: Samples = { count: n, dimension: d, inputs, labels };
  const found = initialize(samples, { activation: name, architecture, output, mode, K, trial });
  const problem: Problem = { inputs: prepared, labels, shape, activation, loss: 'squared' };
  const equivalence = { signs: false };
  return {
    teacher,
    v,
    found,
    problem,
    outputs,
    error: matchedDistance(found.weights, teacher, shape.rows, equivalence) / frobeniusNorm(teacher),
  };
}

function initialize(
  samples: Samples,
  { activation: name, architecture = 'fcn', output = 'mean', mode = 'unfold', K = 3, trial = 0 }: Setting,
): Initialization {
  const activation = parseActivation(name);
  return tensorInitialization(kernels, {
    samples,
    neurons: K,
    architecture,
    activation,
    output,
    mode,
    moments: (sigma) => quantities(activation, sigma).m,
    normals: normalSource(kernels, stream(13, trial)),
  });
}

describe('fcn', () => {
  it.each<[Setting, number]>([
    [{ activation: 'sigmoid' }, 0.2],
    [{ activation: 'tanh' }, 0.3],
    [{ activation: 'sigmoid', output: 'sum' }, 0.2],
    [{ activation: 'squared-relu', n: 10_000 }, 0.2],
    [{ activation: 'relu', n: 10_000 }, 0.5],
    [{ activation: 'softplus', n: 10_000 }, 0.5],
    [{ activation: 'sigmoid', labels: 'classification', n: 100_000 }, 0.4],
    [{ activation: 'tanh', mode: 'faithful', n: 100_000 }, 0.5],
    [{ activation: 'sigmoid', K: 1 }, 0.1],
    [{ activation: 'squared-relu', K: 3, d: 3 }, 0.2],
  ])('%j: W₀ lies within %d of W*, relative', (setting, limit) => {
    const { found, error, v } = planted(setting);
    expect(error).toBeLessThan(limit);
    expect(found.subspaceDimension).toBe(setting.K ?? 3);
    expect(found.outputWeights).toEqual(v);
  });

  it.each(['sigmoid', 'tanh'])('%s: descent from W₀ recovers W*', (activation) => {
    const { teacher, found, problem } = planted({ activation });
    const start: Points = { starts: 1, weights: found.weights, outputWeights: found.outputWeights };
    const state = descentState(start, stepSizes(kernels, problem, start, { kind: 'auto', factor: 1 }, false), false);
    runDescent(kernels, problem, state, { iterations: 4000, tolerance: 1e-12 });
    expect(matchedDistance(state.weights, teacher, 3)).toBeLessThan(1e-6);
  });

  it('unfold does better than faithful on the same samples, and more samples help', () => {
    const typical = (setting: Setting): number =>
      [0, 1, 2, 3, 4].map((trial) => planted({ ...setting, trial }).error).sort((a, b) => a - b)[2];
    const unfold = typical({ activation: 'sigmoid' });
    expect(typical({ activation: 'sigmoid', mode: 'faithful' })).toBeGreaterThan(2 * unfold);
    expect(typical({ activation: 'sigmoid', n: 2000 })).toBeGreaterThan(2 * unfold);
  });

  it('has the same bits every time, and others for another seed', () => {
    const samples = randomSamples(500, 5);
    const [first, again] = [initialize(samples, { activation: 'tanh' }), initialize(samples, { activation: 'tanh' })];
    expect(again).toEqual(first);
    expect(initialize(samples, { activation: 'tanh', mode: 'faithful', trial: 1 }).weights).not.toEqual(
      initialize(samples, { activation: 'tanh', mode: 'faithful' }).weights,
    );
  });
});

describe('unknown v ∈ {−1, +1}^K', () => {
  it('squared ReLU: v and W', () => {
    const { teacher, v, found } = planted({ activation: 'squared-relu', output: 'signs', v: [1, -1, -1] });
    // Rows (v_k, w_k): a wrong pairing shows as a distance.
    const rows = (outer: Float64Array, weights: Float64Array): Float64Array =>
      Float64Array.from([0, 1, 2].flatMap((k) => [outer[k], ...weights.subarray(6 * k, 6 * k + 6)]));
    expect(matchedDistance(rows(found.outputWeights, found.weights), rows(v, teacher), 3)).toBeLessThan(0.6);
    expect([...found.outputWeights].sort()).toEqual([...v].sort());
  });

  it.each([
    ['tanh', [1, -1, 1]],
    ['sigmoid', [1, -1, -1]],
    ['sigmoid', [-1, -1, -1]],
    ['erf', [-1, -1, 1]],
  ])('%s, v = %j: the same function, by w or −w', (activation, signs) => {
    const { teacher, v, found, outputs } = planted({ activation, output: 'signs', v: signs });
    const [y, own] = [outputs(teacher, v), outputs(found.weights, found.outputWeights)];
    const rest = own.map((value, i) => value - y[i]);
    expect(frobeniusNorm(rest)).toBeLessThan(0.3 * frobeniusNorm(y));
    if (activation === 'sigmoid')
      expect([...found.outputWeights].reduce((a, b) => a + b)).toBe(signs.reduce((a, b) => a + b));
    else expect([...found.outputWeights]).toEqual([1, 1, 1]);
  });
});

describe('cnn', () => {
  it.each<[Setting, number]>([
    [{ activation: 'sigmoid', d: 12 }, 0.1],
    [{ activation: 'tanh', d: 12, output: 'sum' }, 0.15],
    [{ activation: 'sigmoid', d: 12, labels: 'classification' }, 0.2],
    [{ activation: 'relu', d: 12 }, 0.1],
    [{ activation: 'linear', d: 12, n: 100 }, 0.6],
  ])('%j: w₀ lies within %d of w*, relative, sign and all', (setting, limit) => {
    const { found, error } = planted({ ...setting, architecture: 'cnn' });
    expect(error).toBeLessThan(limit);
    expect(found.weights).toHaveLength(4);
    expect(found.outputWeights).toHaveLength(3);
    expect(found.subspaceDimension).toBe(1);
  });
});

describe('what cannot be initialized is refused', () => {
  const samples = randomSamples(40, 6);
  const flat: Samples = {
    ...samples,
    inputs: samples.inputs.map((value, at) => (at % 6 === 5 ? samples.inputs[at - 1] : value)),
  };
  const constant: Samples = { ...samples, labels: new Float64Array(40).fill(1) };
  const few = randomSamples(6, 6);

  it.each<[string, Samples, Setting, RegExp]>([
    ['linear', samples, { activation: 'linear' }, /linear, for which M_3 = M_4 = 0/],
    ['quadratic', samples, { activation: 'quadratic' }, /quadratic, for which M_3 = M_4 = 0/],
    ['quadratic cnn', samples, { activation: 'quadratic', architecture: 'cnn' }, /quadratic, for which M_1 = 0/],
    [
      'K > d',
      samples,
      { activation: 'tanh', K: 7 },
      /neurons K of a tensor initialization must be from 1 to 6 when d = 6, got 7/,
    ],
    [
      'K·m ≠ d',
      samples,
      { activation: 'tanh', architecture: 'cnn', K: 4 },
      /neurons K of a cnn must be a divisor of d = 6, got 4/,
    ],
    [
      'signs of a cnn',
      samples,
      { activation: 'tanh', architecture: 'cnn', output: 'signs' },
      /output of a cnn initialization must be mean or sum, got 'signs'/,
    ],
    ['too few samples', few, { activation: 'tanh' }, /samples .*must be at least d \+ 1 = 7, got 6/],
    [
      'too few for three parts',
      randomSamples(20, 6),
      { activation: 'tanh', mode: 'faithful' },
      /at least 21, d \+ 1 for each of its 3 parts, got 20/,
    ],
    ['deficient rank', flat, { activation: 'tanh' }, /rank of the covariance of X must be d = 6.*got 5/],
    ['constant labels', constant, { activation: 'tanh' }, /labels must be not all equal, got '1 40 times'/],
    ['constant labels of a cnn', constant, { activation: 'tanh', architecture: 'cnn' }, /labels must be not all equal/],
    [
      'an unfolding beyond memory',
      randomSamples(202, 201),
      { activation: 'tanh' },
      /dimension d of an unfolded third moment must be at most 200.*got 201/,
    ],
  ])('%s', (_what, given, setting, pattern) => {
    expect(() => initialize(given, setting)).toThrow(InputError);
    expect(() => initialize(given, setting)).toThrow(pattern);
  });
});
