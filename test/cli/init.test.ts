import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseActivation } from '../../src/core/networks/activations.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { matchedDistance } from '../../src/core/matching/matching.js';
import { networkShape, outputWeights, type Architecture } from '../../src/core/networks/networks.js';
import { drawTeacher } from '../../src/core/networks/teachers.js';
import { readNpy, writeNpy } from '../../src/io/npy.js';
import { isRefusal, scratchFolder, flags } from './basin.js';
import { here, hereJson } from './here.js';

const folder = scratchFolder();
const file = (name: string): string => join(folder, name);
const kernels = loadNativeKernels();
const stream = (purpose: number) => ({ key: [21, 22] as const, trial: 0, purpose });
const [n, d, K] = [20_000, 6, 3];
const X = new Float64Array(n * d);

interface Document {
  readonly weights: string;
  readonly v: readonly number[];
  readonly subspaceDimension: number;
}

/** Writes labels of a sigmoid network with f = (1/K)Σφ and returns its W*. */
function writePlanted(name: string, architecture: Architecture, classes: boolean): Float64Array {
  const shape = networkShape(architecture, K, d);
  const teacher = drawTeacher(kernels, 'orthonormal', shape.rows, d / shape.strides, 2, stream(1));
  const inputs = kernels.prepare({ samples: n, dimension: d, values: X.slice() });
  const outputs = kernels.outputs(inputs, shape, parseActivation('sigmoid'), {
    starts: 1,
    weights: teacher,
    outputWeights: outputWeights('mean', 1, K),
  });
  const uniforms = new Float64Array(n);
  kernels.uniforms(stream(2), 0, uniforms);
  writeNpy(file(name), classes ? outputs.map((p, i) => (uniforms[i] < p ? 1 : 0)) : outputs, [n]);
  return teacher;
}

let [fcn, cnn] = [new Float64Array(0), new Float64Array(0)] as Float64Array[];
beforeAll(() => {
  kernels.normals(stream(0), 0, X);
  writeNpy(file('X.npy'), X, [n, d]);
  fcn = writePlanted('y.npy', 'fcn', false);
  cnn = writePlanted('cnn.npy', 'cnn', false);
  writePlanted('classes.npy', 'cnn', true);
  writeNpy(file('few.npy'), X.slice(0, 60), [10, 6]);
  writeNpy(file('yfew.npy'), X.slice(0, 10), [10]);
  writeNpy(
    file('flat.npy'),
    X.slice(0, 600).map((value, at) => (at % 6 === 0 ? 1 : value)),
    [100, 6],
  );
  writeNpy(file('y100.npy'), X.slice(0, 100), [100]);
  writeNpy(file('ones.npy'), new Float64Array(100).fill(1), [100]);
});

const base: Record<string, string> = {
  x: 'X.npy',
  y: 'y.npy',
  neurons: '3',
  activation: 'sigmoid',
  labels: 'regression',
  seed: '5',
  out: 'start',
};
const paths = new Set(['x', 'y', 'out']);
function argumentsOf(changes: Record<string, string>): string[] {
  return [
    'init',
    ...Object.entries({ ...base, ...changes }).flatMap(([key, value]) => [
      `--${key}`,
      paths.has(key) ? file(value) : value,
    ]),
  ];
}
const init = async (changes: Record<string, string> = {}): Promise<Document> =>
  (await hereJson(...argumentsOf(changes))) as Document;

describe('init', () => {
  it('writes a start near W*, its v, and says so in JSON', async () => {
    const document = await init();
    expect(document).toEqual({ weights: file('start/weights.npy'), v: [1 / 3, 1 / 3, 1 / 3], subspaceDimension: 3 });
    const weights = readNpy(document.weights);
    expect(weights.shape).toEqual([1, K, d]);
    expect(matchedDistance(weights.values, fcn, K)).toBeLessThan(0.6);
    expect(readNpy(file('start/v.npy'))).toEqual({ shape: [K], values: Float64Array.from(document.v) });
  });

  it('gives fit a start that reaches W*', async () => {
    await hereJson(
      'fit',
      ...flags({
        x: file('X.npy'),
        y: file('y.npy'),
        activation: 'sigmoid',
        loss: 'squared',
        start: (await init()).weights,
        'step-size': 'auto',
        iterations: '3000',
        out: file('fitted'),
      }),
    );
    expect(matchedDistance(readNpy(file('fitted/weights.npy')).values, fcn, K)).toBeLessThan(1e-4);
  });

  it.each(['cnn.npy', 'classes.npy'])('cnn, %s: one row of length m', async (y) => {
    const labels = y === 'classes.npy' ? 'classification' : 'regression';
    const document = await init({ y, labels, architecture: 'cnn', out: 'cnn' });
    const weights = readNpy(document.weights);
    expect(weights.shape).toEqual([1, 1, d / K]);
    expect(matchedDistance(weights.values, cnn, 1)).toBeLessThan(0.3);
    expect(document.v).toHaveLength(K);
    expect(document.subspaceDimension).toBe(1);
  });

  it('is a function of data, options and seed', async () => {
    const bytes = async (changes: Record<string, string>): Promise<Buffer> =>
      readFileSync((await init({ mode: 'faithful', ...changes })).weights);
    expect((await bytes({ out: 'again' })).equals(await bytes({ out: 'once' }))).toBe(true);
    expect((await bytes({ out: 'other', seed: '6' })).equals(await bytes({ out: 'once' }))).toBe(false);
  });

  it('recovers signs of v', async () => {
    const document = await init({ output: 'signs', activation: 'squared-relu', out: 'signs' });
    expect(document.v.every((v) => Math.abs(v) === 1)).toBe(true);
  });
});

describe('init refuses in one line, and writes nothing', () => {
  it.each<[Record<string, string>, RegExp]>([
    [{ activation: 'linear' }, /linear, for which M_3 = M_4 = 0/],
    [{ activation: 'quadratic' }, /quadratic, for which M_3 = M_4 = 0/],
    [{ architecture: 'cnn', neurons: '4' }, /neurons K of a cnn must be a divisor of d = 6, got 4/],
    [{ neurons: '7' }, /must be from 1 to 6 when d = 6, got 7/],
    [{ neurons: '0' }, /--neurons must be a whole number/],
    [{ labels: 'classification' }, /y\.npy: y must be 0 or 1 for classification, got .* at index 0/],
    [{ labels: 'random' }, /--labels must be one of classification, regression, got 'random'/],
    [{ x: 'few.npy', y: 'yfew.npy', mode: 'faithful' }, /at least 21, d \+ 1 for each of its 3 parts, got 10/],
    [{ x: 'flat.npy', y: 'y100.npy' }, /rank of the covariance of X must be d = 6.*got 5/],
    [{ x: 'flat.npy', y: 'ones.npy' }, /rank of the covariance/],
    [{ x: 'few.npy' }, /y must have 10 entries.*got 20000/],
    [{ x: 'missing.npy' }, /missing\.npy: .*no such file/],
    [{ output: 'max' }, /--output must be one of mean, sum, signs/],
    [{ output: 'signs', architecture: 'cnn' }, /output of a cnn initialization must be mean or sum/],
    [{ mode: 'fold' }, /--mode must be one of unfold, faithful/],
    [{ architecture: 'rnn' }, /--architecture must be one of fcn, cnn/],
    [{ seed: '1.5' }, /--seed must be a whole number/],
    [{ out: 'X.npy/deeper' }, /X\.npy/],
  ])('%j', async (changes, pattern) => {
    const run = await here(...argumentsOf({ out: 'untouched', ...changes }));
    expect(run.stderr).toMatch(pattern);
    expect(isRefusal(run), `${run.code} ${run.stdout} ${run.stderr}`).toBe(true);
    expect(existsSync(file('untouched'))).toBe(false);
  });
});
