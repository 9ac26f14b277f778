/** `basin fit --method --momentum --schedule`. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { descentState, runDescent } from '../../src/core/descent/descent.js';
import { parseSchedule } from '../../src/core/descent/schedules.js';
import type { DescentState } from '../../src/core/kernels/contract.js';
import { referenceKernels as kernels } from '../../src/core/kernels/reference.js';
import type { UpdateMethod } from '../../src/core/kernels/updates.js';
import { parseActivation } from '../../src/core/networks/activations.js';
import { readNpy, writeNpy } from '../../src/io/npy.js';
import { flags, isRefusal, scratchFolder } from './basin.js';
import { here, hereJson } from './here.js';

const folder = scratchFolder();
const file = (name: string): string => join(folder, name);
const [n, d, K, L] = [41, 3, 2, 2];
const draw = (size: number, purpose: number): Float64Array => {
  const out = new Float64Array(size);
  kernels.normals({ key: [5, 6], trial: 0, purpose }, 0, out);
  return out;
};
const [X, y, start, teacher] = [draw(n * d, 1), draw(n, 2), draw(L * K * d, 3), draw(K * d, 4)];
const points = { starts: L, weights: start, outputWeights: new Float64Array(L * K).fill(1 / K) };
const EMPIRICAL = { x: file('X.npy'), y: file('y.npy'), activation: 'tanh', loss: 'softplus(f - y) + softplus(y - f)' };
const POPULATION = { risk: 'population', teacher: file('U.npy'), activation: 'relu' };
const COMMON = { start: file('W0.npy'), 'step-size': '0.05', iterations: '30', out: file('out') };

beforeAll(() => {
  writeNpy(file('X.npy'), X, [n, d]);
  writeNpy(file('y.npy'), y, [n]);
  writeNpy(file('U.npy'), teacher, [K, d]);
  writeNpy(file('W0.npy'), start, [L, K, d]);
});

/** The descent of the plain loops on either risk. */
function expected(risk: 'empirical' | 'population', method: UpdateMethod): DescentState {
  const state = descentState(points, new Float64Array(L).fill(0.05), true, { method });
  if (risk === 'population') {
    const student = { weights: teacher, outputWeights: new Float64Array(K).fill(1 / K) };
    const problem = { activation: parseActivation('relu'), dimension: d, teacher: student };
    kernels.descendPopulation(problem, state, 30, -1);
    return state;
  }
  const inputs = kernels.prepare({ samples: n, dimension: d, values: X });
  const problem = { inputs, labels: y, shape: { strides: 1, rows: K }, activation: parseActivation('tanh') };
  runDescent(kernels, { ...problem, loss: EMPIRICAL.loss }, state, { iterations: 30, tolerance: -1 });
  return state;
}

const { factor = () => Number.NaN } = parseSchedule('step:10:0.5');

describe.each(['empirical', 'population'] as const)('the %s risk', (risk) => {
  it.each<[string, UpdateMethod, Record<string, string>]>([
    ['momentum, usual β', { rule: 'momentum' }, { method: 'momentum' }],
    ['nesterov', { rule: 'nesterov', momentum: 0.5 }, { method: 'nesterov', momentum: '0.5' }],
    ['adam, scheduled', { rule: 'adam', factor }, { method: 'adam', schedule: 'step:10:0.5' }],
    ['gd, scheduled', { rule: 'gd', factor }, { schedule: 'step:10:0.5' }],
  ])('by %s, v trained, is that of the plain loops', async (_, method, options) => {
    const problem = risk === 'empirical' ? EMPIRICAL : POPULATION;
    const document = (await hereJson('fit', ...flags({ ...problem, ...COMMON, ...options }), '--train-v')) as {
      weights: string;
      v: string;
    };
    const { weights, outputWeights } = expected(risk, method);
    readNpy(document.weights).values.forEach((w, j) => expect(w).toBeCloseTo(weights[j], 10));
    readNpy(document.v).values.forEach((v, u) => expect(v).toBeCloseTo(outputWeights[u], 10));
  });
});

describe('refused in one line', () => {
  it.each<[Record<string, string>, string]>([
    [
      { method: 'adma' },
      "--method must be one of gd, momentum, nesterov, adam, sgd, got 'adma' (did you mean 'adam'?)",
    ],
    [{ method: 'momentum', momentum: '1' }, "--momentum must be a number from 0 to 0.999999, got '1'"],
    [{ momentum: '0.5' }, "the method of a descent with a given momentum must be momentum or nesterov, got 'gd'"],
    [
      { method: 'adam', 'step-size': 'auto' },
      "the step size of method adam must be a number, since its steps are no multiples of gradients, got 'auto'",
    ],
    [
      { method: 'nesterov', precision: 'mixed' },
      "the precision of a descent by another method or schedule than gd and constant must be float64, got 'mixed'",
    ],
    [
      { schedule: 'cosine:30', precision: 'mixed' },
      "the precision of a descent by another method or schedule than gd and constant must be float64, got 'mixed'",
    ],
    [{ schedule: 'cosine' }, "schedule cosine must be written as cosine:T, got 'cosine'"],
  ])('%j', async (options, message) => {
    const run = await here('fit', ...flags({ ...EMPIRICAL, ...COMMON, ...options }));
    expect(run.stderr).toContain(message);
    expect(isRefusal(run), run.stderr).toBe(true);
  });
});
