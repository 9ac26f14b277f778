/**
 * From a user's own labels y = Σ v_k φ(w_kᵀx) to W and v: `init --output signs`, then `fit` (zhong2017, Algorithms 1
 * and 2).
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseActivation } from '../../src/core/networks/activations.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { matchedDistance } from '../../src/core/matching/matching.js';
import { networkShape } from '../../src/core/networks/networks.js';
import { frobeniusNorm } from '../../src/core/networks/teachers.js';
import { unitRows } from '../../src/core/tensor/dense.js';
import { readNpy, writeNpy } from '../../src/io/npy.js';
import { isRefusal, scratchFolder, flags } from './basin.js';
import { here, hereJson } from './here.js';

const folder = scratchFolder();
const file = (name: string): string => join(folder, name);
const kernels = loadNativeKernels();
const [n, d, K] = [12_000, 6, 3];
const normals = (count: number, purpose: number): Float64Array => {
  const out = new Float64Array(count);
  kernels.normals({ key: [41, 42], trial: 0, purpose }, 0, out);
  return out;
};

const X = normals(n * d, 0);
/** Rows at random angles, of norms 1.5, 2 and 2.5. */
const teacher = unitRows(normals(K * d, 1), K).map((value, at) => [1.5, 2, 2.5][Math.floor(at / d)] * value);
const signs = Float64Array.of(1, -1, -1);

interface Start {
  readonly weights: string;
  readonly v: readonly number[];
}

function writeLabels(name: string): void {
  const inputs = kernels.prepare({ samples: n, dimension: d, values: X.slice() });
  writeNpy(
    file('y.npy'),
    kernels.outputs(inputs, networkShape('fcn', K, d), parseActivation(name), {
      starts: 1,
      weights: teacher,
      outputWeights: signs,
    }),
    [n],
  );
}

function init(activation: string, ...more: string[]): string[] {
  return [
    'init',
    ...flags({
      x: file('X.npy'),
      y: file('y.npy'),
      neurons: String(K),
      activation,
      labels: 'regression',
      output: 'signs',
      seed: '3',
    }),
    ...more,
  ];
}

async function fitted(activation: string, { weights }: Start, iterations: number): Promise<Float64Array> {
  await hereJson(
    'fit',
    ...flags({
      x: file('X.npy'),
      y: file('y.npy'),
      activation,
      loss: 'squared',
      start: weights,
      v: file('start/v.npy'),
      'step-size': 'auto',
      iterations: String(iterations),
      out: file('fitted'),
    }),
  );
  return readNpy(file('fitted/weights.npy')).values;
}

/** Rows (v_k, w_k): a distance below 1 has every v_k right. */
function neurons(v: ArrayLike<number>, weights: Float64Array): Float64Array {
  return Float64Array.from(Array.from(v).flatMap((value, k) => [value, ...weights.subarray(k * d, (k + 1) * d)]));
}

/** Rows v_k w_k: what an odd activation shows of a neuron. */
function signed(v: ArrayLike<number>, weights: Float64Array): Float64Array {
  return weights.map((value, at) => v[Math.floor(at / d)] * value);
}

const relative = (rows: Float64Array, expected: Float64Array): number =>
  matchedDistance(rows, expected, K) / frobeniusNorm(teacher);

beforeAll(() => writeNpy(file('X.npy'), X, [n, d]));

describe('init --output signs and fit recover W and v', () => {
  it.each([
    ['squared-relu', 6000],
    ['relu', 2000],
    ['leaky-relu', 2000],
    ['leaky-relu:0.3', 3000],
    ['softplus', 30_000],
  ] as const)('%s: every v_k with its w_k', async (activation, iterations) => {
    writeLabels(activation);
    const start = (await hereJson(...init(activation, '--out', file('start')))) as Start;
    expect(relative(neurons(start.v, readNpy(start.weights).values), neurons(signs, teacher))).toBeLessThan(0.5);
    expect(Float64Array.from(start.v).sort()).toEqual(signs.toSorted());
    expect(
      relative(neurons(start.v, await fitted(activation, start, iterations)), neurons(signs, teacher)),
    ).toBeLessThan(1e-6);
  });

  it.each([
    ['erf:zhong', [1, 1, 1]],
    ['tanh', [1, 1, 1]],
    ['sigmoid', [-1, -1, 1]],
  ] as const)('%s: v_k w_k, and v as far as f shows it', async (activation, v) => {
    writeLabels(activation);
    const start = (await hereJson(...init(activation, '--out', file('start')))) as Start;
    // Of an odd φ the sign moves into w_k; of the sigmoid only the number of −1 shows, in the mean of y.
    expect(start.v.toSorted()).toEqual(v);
    expect(relative(signed(start.v, readNpy(start.weights).values), signed(signs, teacher))).toBeLessThan(0.8);
    expect(relative(signed(start.v, await fitted(activation, start, 4000)), signed(signs, teacher))).toBeLessThan(1e-6);
  });

  it('and would not pass with a wrong v or from another start', async () => {
    writeLabels('relu');
    const start = (await hereJson(...init('relu', '--out', file('start')))) as Start;
    const weights = await fitted('relu', start, 2000);
    expect(
      relative(
        neurons(
          start.v.map((value) => -value),
          weights,
        ),
        neurons(signs, teacher),
      ),
    ).toBeGreaterThan(0.1);
    writeNpy(file('elsewhere.npy'), normals(K * d, 2), [K, d]);
    expect(
      relative(
        neurons(start.v, await fitted('relu', { ...start, weights: file('elsewhere.npy') }, 2000)),
        neurons(start.v, weights),
      ),
    ).toBeGreaterThan(1e-6);
  });
});

describe('init --output signs refuses an activation outside its assumptions, by name and reason', () => {
  it.each([
    ['linear', 'linear'],
    ['quadratic', 'quadratic'],
    ['leaky-relu:1', 'leaky-relu:1'],
  ])('%s', async (activation, name) => {
    writeLabels('relu');
    const run = await here(...init(activation, '--out', file('untouched')));
    expect(run.stderr).toContain(`got '${name}, for which M_3 = M_4 = 0`);
    expect(run.stderr).toContain('zhong2017, Assumption 5.3, part 2');
    expect(isRefusal(run), `${run.code} ${run.stdout} ${run.stderr}`).toBe(true);
    expect(existsSync(file('untouched'))).toBe(false);
  });
});
