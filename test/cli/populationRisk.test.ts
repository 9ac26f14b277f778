/** `fit` and `hessian` on the population risk of a teacher. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { descentState } from '../../src/core/descent/descent.js';
import { referenceKernels } from '../../src/core/kernels/reference.js';
import { parseActivation } from '../../src/core/networks/activations.js';
import { readNpy, writeNpy } from '../../src/io/npy.js';
import { flags, scratchFolder } from './basin.js';
import { here, hereJson } from './here.js';

const folder = scratchFolder();
const file = (name: string): string => join(folder, name);
const [K, rows, d, L] = [2, 3, 4, 5];
const draw = (size: number, purpose: number): Float64Array => {
  const out = new Float64Array(size);
  referenceKernels.normals({ key: [3, 4], trial: 0, purpose }, 0, out);
  return out;
};
const [teacher, teacherV, start, v] = [draw(K * d, 1), draw(K, 2), draw(L * rows * d, 3), draw(rows, 4)];

interface FitDocument {
  readonly starts: readonly { loss: number; gradientNorm: number; iterations: number; stepSize: number }[];
  readonly weights: string;
  readonly v: string | null;
}
interface HessianDocument {
  readonly dimension: number;
  readonly eigenvalueMin: number;
  readonly eigenvalueMax: number;
  readonly hessian: string;
}

beforeAll(() => {
  writeNpy(file('U.npy'), teacher, [K, d]);
  writeNpy(file('vstar.npy'), teacherV, [K]);
  writeNpy(file('W0.npy'), start, [L, rows, d]);
  writeNpy(file('first.npy'), start.subarray(0, rows * d), [rows, d]);
  writeNpy(file('v.npy'), v, [rows]);
  writeNpy(file('X.npy'), draw(20, 5), [5, d]);
  writeNpy(file('y.npy'), draw(5, 6), [5]);
});

const POPULATION = flags({ risk: 'population', teacher: file('U.npy'), activation: 'relu' });
const descent = (out: string, more: readonly string[]): string[] => [
  'fit',
  ...POPULATION,
  ...flags({ start: file('W0.npy'), iterations: '30', out: file(out) }),
  ...more,
];

it.each(['relu', 'erf', 'softplus'])('fit of %s descends as the plain loops do', async (activation) => {
  const given = [...flags({ v: file('v.npy'), 'teacher-v': file('vstar.npy'), 'step-size': '0.05' }), '--train-v'];
  // By quadrature, which is slow.
  const steps = activation === 'softplus' ? 1 : 30;
  const { starts, ...files } = (await hereJson(
    ...descent(activation, [...given, ...flags({ activation, iterations: String(steps) }), '--json']),
  )) as FitDocument;
  const outputWeights = Float64Array.from({ length: L * rows }, (_, i) => v[i % rows]);
  const state = descentState({ starts: L, weights: start, outputWeights }, new Float64Array(L).fill(0.05), true);
  const network = { weights: teacher, outputWeights: teacherV };
  const problem = { activation: parseActivation(activation), dimension: d, teacher: network };
  referenceKernels.descendPopulation(problem, state, steps, -1);
  referenceKernels.descendPopulation(problem, state, 0, -1);
  starts.forEach(({ loss, gradientNorm, iterations }, l) => {
    expect(iterations).toBe(steps);
    expect(loss / state.loss[l]).toBeCloseTo(1, 10);
    expect(gradientNorm / state.gradientNorm[l]).toBeCloseTo(1, 9);
  });
  readNpy(files.weights).values.forEach((w, i) => {
    expect(w).toBeCloseTo(state.weights[i], 11);
  });
  readNpy(files.v ?? '').values.forEach((w, i) => {
    expect(w).toBeCloseTo(state.outputWeights[i], 11);
  });
});

it('hessian gives the curvature that the automatic step follows', async () => {
  const curvature = (await hereJson(
    'hessian',
    ...POPULATION,
    ...flags({ weights: file('first.npy'), output: 'sum', out: file('curvature') }),
    '--json',
  )) as HessianDocument;
  expect(curvature.dimension).toBe(rows * d);
  expect(readNpy(curvature.hessian).shape).toEqual([rows * d, rows * d]);
  const { starts } = (await hereJson(
    ...descent('auto', [...flags({ output: 'sum', 'step-size': 'auto' }), '--json']),
  )) as FitDocument;
  expect(starts[0].stepSize * curvature.eigenvalueMax).toBeCloseTo(1, 10);
});

it('says what the ends are, and leaves v alone', async () => {
  const { code, stdout } = await here(...descent('words', flags({ 'step-size': '0.1', output: 'sum' })));
  expect(code).toBe(0);
  expect(stdout).toContain('gradient norm');
  expect(existsSync(file('words/v.npy'))).toBe(false);
});

describe('what does not fit together is one line', () => {
  const step = flags({ 'step-size': '0.1' });
  it.each<[string, string[], string]>([
    ['X', flags({ x: file('X.npy') }), '--x must be given with --risk empirical only'],
    ['a loss', flags({ loss: 'cross-entropy' }), "--loss must be squared with --risk population, got 'cross-entropy'"],
    ['a cnn', flags({ architecture: 'cnn' }), "--architecture must be fcn with --risk population, got 'cnn'"],
    ['mixed', flags({ precision: 'mixed' }), "--precision must be float64 with --risk population, got 'mixed'"],
    [
      'two v*',
      flags({ 'teacher-v': file('vstar.npy'), 'teacher-output': 'sum' }),
      '--teacher-output and --teacher-v exclude each other',
    ],
    ['a risk', flags({ risk: 'poulation' }), "(did you mean 'population'?)"],
    ['no teacher', flags({ risk: 'empirical' }), '--teacher must be given with --risk population only'],
    ['v*', flags({ 'teacher-v': file('v.npy') }), 'v must have shape (2) or (1, 2), got (3)'],
    ['kinks', flags({ activation: 'abs(z - 1)' }), 'needs kinks at 0 only, got abs(z'],
  ])('%s', async (_, more, message) => {
    const { code, stderr } = await here(...descent('none', [...step, ...more]));
    expect([code, stderr.trimEnd().split('\n').length]).toEqual([2, 1]);
    expect(stderr).toContain(message);
  });

  it('no teacher at all, and no data', async () => {
    const common = flags({ activation: 'relu', start: file('W0.npy'), iterations: '1', out: file('none') });
    const population = await here('fit', '--risk', 'population', ...step, ...common);
    expect([population.code, population.stderr]).toEqual([
      2,
      "basin: required option '--teacher <file>' not specified with --risk population\n",
    ]);
    const empirical = await here('fit', ...step, ...common);
    expect([empirical.code, empirical.stderr]).toEqual([
      2,
      "basin: required option '--x <file>' not specified with --risk empirical\n",
    ]);
  });
});
