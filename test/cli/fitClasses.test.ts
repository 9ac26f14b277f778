/** `basin fit --classes`, and the same of the library. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FoundMinima } from '../../src/app/arrays/minima.js';
import { readNpy, writeNpy } from '../../src/io/npy.js';
import { fit } from '../../src/library/numerics.js';
import { gaussian } from '../core/kernels/cases.js';
import { flags, scratchFolder } from './basin.js';
import { here, hereJson } from './here.js';

const folder = scratchFolder();
const file = (name: string): string => join(folder, name);
const K = 7;
const IDENTITY = Float64Array.from({ length: K * K }, (_, at) => (at % (K + 1) === 0 ? 1 : 0));
/** The minimum of Safran and Shamir for seven neurons, to five digits. */
const SPURIOUS = Float64Array.from({ length: K * K }, (_, at) => {
  const [i, j] = [Math.floor(at / K), at % K];
  if (i === 0) return j === 0 ? -0.6327 : 0.18599;
  return j === 0 ? 0.26169 : i === j ? 0.99692 : -0.03508;
});

/** Rows and columns in the reverse order. */
const reversed = (weights: Float64Array): Float64Array => weights.toReversed();
const STARTS = [SPURIOUS, IDENTITY, reversed(SPURIOUS), gaussian(K * K, 5), reversed(IDENTITY)];
const start = { shape: [STARTS.length, K, K], values: Float64Array.from(STARTS.flatMap((w) => [...w])) };
const teacher = { shape: [K, K], values: IDENTITY };
const [samples, d] = [400, 3];
const [inputs, planted] = [gaussian(samples * d, 1), gaussian(2 * d, 2, 2)];
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const labels = Float64Array.from({ length: samples }, (_, i) => {
  const output = (k: number): number =>
    sigmoid([0, 1, 2].reduce((sum, j) => sum + planted[k * d + j] * inputs[i * d + j], 0));
  return (output(0) + output(1)) / 2;
});

interface Document extends Omit<FoundMinima, 'weights' | 'classOfStart'> {
  readonly minima: string | null;
  readonly classOfStart: string;
}

beforeAll(() => {
  writeNpy(file('U.npy'), IDENTITY, [K, K]);
  writeNpy(file('W0.npy'), start.values, start.shape);
  writeNpy(file('X.npy'), inputs, [samples, d]);
  writeNpy(file('y.npy'), labels, [samples]);
  const swapped = Float64Array.from([...planted.slice(d), ...planted.slice(0, d)]);
  writeNpy(
    file('near.npy'),
    Float64Array.from([...planted, ...swapped], (w, i) => w + 0.01 * (i % 3)),
    [2, 2, d],
  );
  writeNpy(file('large.npy'), new Float64Array(334 * d), [334, d]);
});

const population = (out: string): string[] => [
  'fit',
  ...flags({ risk: 'population', teacher: file('U.npy'), 'teacher-output': 'sum', output: 'sum', activation: 'relu' }),
  ...flags({ start: file('W0.npy'), 'step-size': '0.1', iterations: '1', out: file(out) }),
  '--classes',
];
const empirical = (out: string, weights: string): string[] => [
  'fit',
  ...flags({ x: file('X.npy'), y: file('y.npy'), activation: 'sigmoid', loss: 'squared', start: file(weights) }),
  ...flags({ 'step-size': 'auto', iterations: '3000', out: file(out) }),
  '--classes',
];

describe('on the population risk', () => {
  it('ends are classes modulo the order of rows and columns, and those far from minima are in none', async () => {
    const { classes, unclassified, unseen, ...files } = (await hereJson(
      ...population('classes'),
      '--json',
    )) as Document;
    expect(classes.map(({ count, start: first }) => [count, first])).toEqual([
      [2, 1],
      [2, 0],
    ]);
    expect(classes[1].loss).toBeCloseTo(0.0232027149, 9);
    expect(classes[1].lambdaMin).toBeCloseTo(0.01406, 5);
    expect(classes[0]).toMatchObject({ share: 0.4 });
    expect(unclassified).toEqual({ cap: 1, saddle: 0, runaway: 0, diverged: 0, unclear: 0 });
    expect(unseen).toMatchObject({ mass: 0, low: 0, high: 1, classes: { value: 0, low: 0 } });
    expect([...readNpy(files.classOfStart).values]).toEqual([1, 0, 1, -1, 0]);
    const minima = readNpy(files.minima ?? '');
    expect(minima.shape).toEqual([2, K, K]);
    minima.values.slice(K * K).forEach((w, i) => expect(w).toBeCloseTo(SPURIOUS[i], 4));
  });

  it('the table says what the document says', async () => {
    const { stdout } = await here(...population('table'));
    expect(stdout).toMatch(/0\.02320271\d+ +0\.01405\d/);
    expect(stdout).toContain('in no class: 1 cap (not near a minimum with λ_min > 0)');
    expect(stdout).toMatch(/another start ends at a minimum of no class with probability 0.* \[0.*, 1/);
  });

  it('the library gives the same', async () => {
    const options = { stepSize: 0.1, iterations: 1, classes: true };
    const words = { teacherOutput: 'sum', output: 'sum', activation: 'relu' } as const;
    const { minima } = await fit({ teacher, ...words, start }, options);
    expect(minima?.classes.map(({ count }) => count)).toEqual([2, 2]);
    expect([...(minima?.classOfStart ?? [])]).toEqual([1, 0, 1, -1, 0]);
  });
});

describe('on a training set', () => {
  it('the teacher in two orders is one minimum', async () => {
    const { classes } = (await hereJson(...empirical('two', 'near.npy'), '--json')) as Document;
    expect(classes.map(({ count }) => count)).toEqual([2]);
    expect(classes[0].loss).toBeLessThan(1e-12);
  });
});

it('with trained v, and where a Hessian is too large, it is refused before the descent', async () => {
  const trained = await here(...empirical('trained', 'near.npy'), '--train-v');
  expect(trained).toMatchObject({ code: 2 });
  expect(trained.stderr).toContain("--classes must be given without --train-v, got '--train-v'");
  const large = await here(...empirical('large', 'large.npy'));
  expect(large).toMatchObject({ code: 2 });
  expect(large.stderr).toMatch(/classes must be given with at most 1000 entries of W .*, got 1002 and 4/);
  expect(existsSync(file('large/weights.npy'))).toBe(false);
});
