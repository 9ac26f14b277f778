/**
 * `basin replay --arrays`, checked by a program that knows nothing of basin: it reads the files itself, descends by
 * plain loops, and computes the stored measures.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { basinJson, isRefusal, scratchFolder, flags } from './basin.js';
import { here, hereJson } from './here.js';

const folder = scratchFolder();
const file = (name: string): string => join(folder, name);

interface Document {
  readonly identical: boolean;
  readonly stored: Readonly<Record<string, number>>;
  readonly arrays: Readonly<Record<string, string>>;
}

interface Numbers {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** A .npy file of float64 in C order. */
function readArray(path: string): Numbers {
  const bytes = readFileSync(path);
  const header = bytes.toString('latin1', 10, 10 + bytes.readUInt16LE(8));
  expect(header).toContain("'descr': '<f8', 'fortran_order': False");
  const shape = (/\(([\d, ]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const data = bytes.subarray(10 + bytes.readUInt16LE(8));
  return { shape, values: Float64Array.from({ length: data.length / 8 }, (_, i) => data.readDoubleLE(8 * i)) };
}

interface Problem {
  readonly X: Numbers;
  readonly y: Numbers;
  readonly K: number;
}

/** Loss mean ½(f − y)² of f = (1/K) Σ σ(w_kᵀx), and its gradient in W (K, d). */
function lossAndGradient(
  { X, y, K }: Problem,
  W: Float64Array,
): { readonly loss: number; readonly gradient: Float64Array } {
  const [n, d] = X.shape;
  const gradient = new Float64Array(K * d);
  let loss = 0;
  for (let i = 0; i < n; i++) {
    const x = X.values.subarray(i * d, (i + 1) * d);
    const s = Array.from(
      { length: K },
      (_, k) => 1 / (1 + Math.exp(-x.reduce((sum, xj, j) => sum + xj * W[k * d + j], 0))),
    );
    const r = s.reduce((sum, value) => sum + value / K, 0) - y.values[i];
    loss += (r * r) / (2 * n);
    for (let k = 0; k < K; k++)
      for (let j = 0; j < d; j++) gradient[k * d + j] += (r * s[k] * (1 - s[k]) * x[j]) / (K * n);
  }
  return { loss, gradient };
}

interface End {
  readonly W: Float64Array;
  readonly loss: number;
  readonly iterations: number;
}

function descend(problem: Problem, start: Float64Array, step: number, most: number, tolerance: number): End {
  const W = start.slice();
  for (let iterations = 0; ; iterations++) {
    const { loss, gradient } = lossAndGradient(problem, W);
    if (iterations === most || Math.hypot(...gradient) <= tolerance) return { W, loss, iterations };
    gradient.forEach((g, j) => (W[j] -= step * g));
  }
}

function permutations(items: readonly number[]): number[][] {
  return items.length === 0
    ? [[]]
    : items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}

/** The least ‖W − P W*‖_F over all orders of the rows. */
function distance(W: Float64Array, teacher: Float64Array, K: number): number {
  const d = W.length / K;
  return Math.min(
    ...permutations(Array.from({ length: K }, (_, k) => k)).map((order) =>
      Math.hypot(...W.map((w, at) => w - teacher[order[Math.floor(at / d)] * d + (at % d)])),
    ),
  );
}

const ADDRESS = 'fu2018-fig3/K=3,d=4,n=160#1';
const parts = (values: Float64Array, count: number): Float64Array[] =>
  Array.from({ length: count }, (_, l) =>
    values.subarray((l * values.length) / count, ((l + 1) * values.length) / count),
  );
const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

beforeAll(() => {
  const settings = ['n=160', 'd=4', 'trials=2', 'starts=3', 'iterations=300', 'tolerance=1e-5', 'fu2018-thm1.points=2'];
  const set = settings.flatMap((setting) => ['--set', setting]);
  basinJson(
    'reproduce',
    'fu2018-fig3',
    'fu2018-thm1',
    'fu2018-fig2',
    'fu2019-loss',
    ...flags({ scale: 'smoke', workers: '1', out: file('study') }),
    ...set,
  );
});

describe('a whole trial in plain JavaScript', () => {
  it('comes from the starts to the ends, and to the stored measures', async () => {
    const { identical, stored, arrays } = (await hereJson(
      'replay',
      file('study'),
      ADDRESS,
      '--arrays',
      file('arrays'),
    )) as Document;
    expect(identical).toBe(true);
    const [X, y, teacher, start, steps, weights] = ['X', 'y', 'teacher', 'start', 'step-sizes', 'weights'].map((name) =>
      readArray(arrays[name]),
    );
    const { settings } = JSON.parse(readFileSync(arrays['problem'], 'utf8')) as {
      settings: { iterations: number; tolerance: number; threshold: number };
    };
    const [L, K] = start.shape;
    expect([weights.shape, steps.shape]).toEqual([[3, 3, 4], [3]]);
    const ends = parts(start.values, L).map((W0, l) =>
      descend({ X, y, K }, W0, steps.values[l], settings.iterations, settings.tolerance),
    );
    ends.forEach(({ W }, l) => {
      W.forEach((w, j) => {
        expect(Math.abs(w - parts(weights.values, L)[l][j])).toBeLessThan(1e-9);
      });
    });
    const mean = ends[0].W.map((_, j) => average(ends.map(({ W }) => W[j])));
    const sdN = Math.sqrt(average(ends.map(({ W }) => W.reduce((sum, w, j) => sum + (w - mean[j]) ** 2, 0))));
    expect(stored['sdN']).toBeCloseTo(sdN, 9);
    expect(stored['success']).toBe(sdN <= settings.threshold ? 1 : 0);
    expect(stored['estimationError']).toBeCloseTo(distance(ends[0].W, teacher.values, K), 9);
    expect(stored['endError']).toBeCloseTo(average(ends.map(({ W }) => distance(W, teacher.values, K))), 9);
    expect(stored['finalLoss']).toBeCloseTo(average(ends.map(({ loss }) => loss)), 12);
    expect(stored['iterations']).toBeCloseTo(average(ends.map(({ iterations }) => iterations)), 12);
    expect(stored['stepSize']).toBeCloseTo(average([...steps.values]), 12);
  });
});

describe('the files', () => {
  it('of the problem are those of basin draw', async () => {
    const set = ['n=160', 'd=4', 'trials=2', 'starts=3', 'iterations=300', 'tolerance=1e-5'].flatMap((setting) => [
      '--set',
      setting,
    ]);
    await hereJson('draw', 'fu2018-fig3', '--scale', 'smoke', ...set, '--trial', '1', '--out', file('drawn'));
    for (const name of ['X', 'y', 'teacher', 'teacher-v', 'start', 'start-v']) {
      expect(readFileSync(file(`arrays/${name}.npy`)).equals(readFileSync(file(`drawn/${name}.npy`))), name).toBe(true);
    }
  });

  it('of a study file have the curves that were stored', async () => {
    writeFileSync(file('own.yaml'), 'title: own\ngrid: {d: 4, n: 100, K: 2, starts: 2, iterations: 20}\ntrials: 1\n');
    basinJson('run', file('own.yaml'), '--workers', '1', '--out', file('own'));
    const { arrays, stored } = (await hereJson(
      'replay',
      file('own'),
      'study/K=2,d=4,iterations=20,n=100,starts=2#0',
      '--arrays',
      file('own-arrays'),
    )) as Document;
    const [iteration, loss, v] = ['curve-iteration', 'curve-loss', 'v'].map((name) => readArray(arrays[name]));
    expect(iteration.values.at(-1)).toBe(20);
    expect(loss.shape).toEqual(iteration.shape);
    expect(v).toEqual({ shape: [2, 2], values: Float64Array.of(0.5, 0.5, 0.5, 0.5) });
    expect(loss.values.at(-1)).toBeGreaterThanOrEqual(stored['finalLoss']);
  });

  it('of several descents from one start are told apart', async () => {
    const { arrays } = (await hereJson(
      'replay',
      file('study'),
      'fu2019-loss/K=3,d=4,n=160#0',
      '--arrays',
      file('losses'),
    )) as Document;
    expect(Object.keys(arrays)).toEqual(
      expect.arrayContaining(['weights-squared', 'weights-cross-entropy', 'step-sizes-squared']),
    );
  });

  it('of a trial that descends from none of its starts are the problem alone, and a line says so', async () => {
    const { code, stdout, stderr } = await here(
      'replay',
      file('study'),
      'fu2018-thm1/K=3,d=4,n=160,radius=0.01#0',
      '--arrays',
      file('ball'),
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/descends from none of its starts, so there is no weights\.npy, v\.npy, step-sizes\.npy\n$/);
    expect(stdout).toContain(file('ball/teacher.npy'));
  });
});

describe('refused in one line', () => {
  it.each([
    ['fu2018-fig2/sigma=1#0', /must be one that plants a teacher.* got 'fu2018-fig2'/],
    ['fu2018-fig3/K=3,d=4,n=160#2', /must name a stored trial/],
    ['fu2018-fig4/K=3,d=4,n=160#0', /must name a stored experiment/],
  ])('%s', async (address, pattern) => {
    const run = await here('replay', file('study'), address, '--arrays', file('refused'));
    expect(run.stderr).toMatch(pattern);
    expect(isRefusal(run), run.stderr).toBe(true);
  });

  it('--arrays that is a file', async () => {
    writeFileSync(file('taken'), '');
    const run = await here('replay', file('study'), ADDRESS, '--arrays', file('taken'));
    expect(isRefusal(run), run.stderr).toBe(true);
    expect(run.stderr).toContain('taken');
  });
});
