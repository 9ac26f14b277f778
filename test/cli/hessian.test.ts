import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseActivation } from '../../src/core/networks/activations.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { referenceKernels } from '../../src/core/kernels/reference.js';
import type { LossName } from '../../src/core/networks/losses.js';
import { networkShape, outputWeights, type Architecture } from '../../src/core/networks/networks.js';
import { readNpy, writeNpy } from '../../src/io/npy.js';
import { isRefusal, scratchFolder, flags } from './basin.js';
import { here, hereJson } from './here.js';

const native = loadNativeKernels();
const folder = scratchFolder();
const file = (name: string): string => join(folder, name);
const [n, d, K] = [97, 6, 3];

function draw(size: number, purpose: number): Float64Array {
  const out = new Float64Array(size);
  native.normals({ key: [31, 32], trial: 0, purpose }, 0, out);
  return out;
}

const X = draw(n * d, 0);
const y = draw(n, 1).map((value) => (value > 0 ? 1 : 0));
const v = draw(K, 2).map((value) => value / K);
const W = draw(K * d, 3).map((value) => 0.5 * value);

interface Document {
  readonly dimension: number;
  readonly eigenvalueMin: number;
  readonly eigenvalueMax: number;
  readonly hessian: string | null;
}

beforeAll(() => {
  writeNpy(file('X.npy'), X, [n, d]);
  writeNpy(file('y.npy'), y, [n]);
  writeNpy(file('v.npy'), v, [K]);
  writeNpy(file('W.npy'), W, [K, d]);
  writeNpy(file('W1.npy'), W, [1, K, d]);
  writeNpy(file('W2.npy'), Float64Array.of(...W, ...W), [2, K, d]);
  writeNpy(file('w.npy'), W.slice(0, 2), [1, 2]);
  writeNpy(file('w1.npy'), W.slice(0, 2), [1, 1, 2]);
  writeNpy(
    file('huge.npy'),
    W.map((value) => 1e200 * value),
    [K, d],
  );
  writeNpy(
    file('z.npy'),
    y.map((value) => 2 * value),
    [n],
  );
  writeNpy(file('empty.npy'), new Float64Array(0), [0, K, d]);
});

function args(activation: string, loss: string, weights: string, out: string, ...more: string[]): string[] {
  return [
    'hessian',
    ...flags({ x: file('X.npy'), y: file('y.npy'), weights: file(weights), activation, loss, out: file(out) }),
    ...more,
  ];
}

/** ∇²f_n from the plain loops’ products with unit vectors. */
function expected(activation: string, loss: LossName, architecture: Architecture, outputs: Float64Array): Float64Array {
  const weights = architecture === 'fcn' ? W : W.slice(0, d / K);
  const problem = {
    inputs: referenceKernels.prepare({ samples: n, dimension: d, values: X }),
    labels: y,
    shape: networkShape(architecture, K, d),
    activation: parseActivation(activation),
    loss,
  };
  const rows = Array.from(weights, (_, i) => {
    const direction = {
      starts: 1,
      weights: weights.map((_w, j) => (i === j ? 1 : 0)),
      outputWeights: new Float64Array(K),
    };
    return [
      ...referenceKernels.hessianVector(problem, { starts: 1, weights, outputWeights: outputs }, direction, false)
        .weights,
    ];
  });
  return Float64Array.from(rows.flat());
}

describe.each<[string, LossName, Architecture, string[], string[], Float64Array]>([
  ['sigmoid', 'squared', 'fcn', ['W.npy', 'W1.npy'], [], outputWeights('mean', 1, K)],
  ['tanh', 'squared', 'fcn', ['W.npy'], ['--output', 'sum'], outputWeights('sum', 1, K)],
  ['softplus:3', 'squared', 'fcn', ['W.npy'], ['--v', 'v.npy'], v],
  ['sigmoid:2', 'cross-entropy', 'fcn', ['W.npy'], [], outputWeights('mean', 1, K)],
  ['sigmoid', 'cross-entropy', 'cnn', ['w.npy', 'w1.npy'], ['--architecture', 'cnn'], outputWeights('mean', 1, K)],
])('hessian %s %s %s', (activation, loss, architecture, weights, extra, outputs) => {
  it.each(weights)('of %s is the reference’s, with its eigenvalues', async (name) => {
    const document = (await hereJson(
      ...args(activation, loss, name, 'out', ...extra.map((arg) => (arg.endsWith('.npy') ? file(arg) : arg))),
    )) as Document;
    const size = architecture === 'fcn' ? K * d : d / K;
    expect(document).toMatchObject({ dimension: size, hessian: file('out/hessian.npy') });
    const { shape, values } = readNpy(file('out/hessian.npy'));
    expect(shape).toEqual([size, size]);
    const reference = expected(activation, loss, architecture, outputs);
    values.forEach((value, at) => expect(value).toBeCloseTo(reference[at], 11));
    const eigenvalues = native.symmetricEigen(reference, size).values;
    expect(document.eigenvalueMin).toBeCloseTo(eigenvalues[0], 11);
    expect(document.eigenvalueMax).toBeCloseTo(eigenvalues[size - 1], 11);
  });
});

it('prints a table without --json', async () => {
  const { code, stdout } = await here(...args('sigmoid', 'squared', 'W.npy', 'table'));
  expect(code).toBe(0);
  expect(stdout).toMatch(/dimension +18\n.*smallest eigenvalue +-?\d.*\n.*largest eigenvalue +\d/);
});

it('beyond dimension 2000 it gives the eigenvalues of the linear regression’s known Hessian only', async () => {
  // One linear neuron: ∇²f_n = XᵀX/n, of rank n < d, so that λ_min = 0.
  const [samples, dimension] = [30, 2001];
  const wide = draw(samples * dimension, 9);
  writeNpy(file('wide.npy'), wide, [samples, dimension]);
  writeNpy(file('few.npy'), y.slice(0, samples), [samples]);
  writeNpy(file('long.npy'), draw(dimension, 10), [1, dimension]);
  const document = (await hereJson(
    'hessian',
    ...flags({
      x: file('wide.npy'),
      y: file('few.npy'),
      weights: file('long.npy'),
      activation: 'linear',
      loss: 'squared',
      out: file('wide'),
    }),
  )) as Document;
  const gram = native.multiply(wide, wide, samples, samples, dimension, false, true).map((value) => value / samples);
  const largest = native.symmetricEigen(gram, samples).values[samples - 1];
  expect(document).toMatchObject({ dimension, hessian: null });
  expect(document.eigenvalueMax / largest).toBeCloseTo(1, 9);
  expect(Math.abs(document.eigenvalueMin)).toBeLessThan(1e-9 * largest);
  expect(existsSync(file('wide/hessian.npy'))).toBe(false);
});

it.each<[string, string[], RegExp]>([
  [
    'two points',
    args('sigmoid', 'squared', 'W2.npy', 'untouched'),
    /W2\.npy: weights must be those of one point, got 2/,
  ],
  ['no point', args('sigmoid', 'squared', 'empty.npy', 'untouched'), /empty\.npy: weights of a fcn must have shape/],
  [
    'a cnn that does not fit',
    args('sigmoid', 'squared', 'W.npy', 'untouched', '--architecture', 'cnn'),
    /weights of a cnn must have shape .*got \(3, 6\)/,
  ],
  [
    'both outputs',
    args('sigmoid', 'squared', 'W.npy', 'untouched', '--output', 'sum', '--v', file('v.npy')),
    /--output and --v exclude each other/,
  ],
  [
    'labels outside [0, 1]',
    [
      'hessian',
      ...flags({
        x: file('X.npy'),
        y: file('z.npy'),
        weights: file('W.npy'),
        activation: 'sigmoid',
        loss: 'cross-entropy',
        out: file('untouched'),
      }),
    ],
    /y must lie in \[0, 1\]/,
  ],
  [
    'weights that overflow',
    args('quadratic', 'squared', 'huge.npy', 'untouched'),
    /the Hessian at these weights must be finite/,
  ],
  [
    'no weights',
    [
      'hessian',
      ...flags({ x: file('X.npy'), y: file('y.npy'), activation: 'sigmoid', loss: 'squared', out: file('untouched') }),
    ],
    /required option '--weights/,
  ],
  ['a file as folder', args('sigmoid', 'squared', 'W.npy', 'X.npy'), /X\.npy/],
  ['an unknown loss', args('sigmoid', 'hinge', 'W.npy', 'untouched'), /--loss must be one of/],
])('refuses %s', async (_, words, pattern) => {
  const run = await here(...words);
  expect(run.stderr).toMatch(pattern);
  expect(isRefusal(run), run.stderr).toBe(true);
  expect(existsSync(file('untouched/hessian.npy'))).toBe(false);
});
