/** The functions over typed arrays do what the commands do, and say what is wrong with what they get. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { referenceKernels as kernels } from '../../src/core/kernels/reference.js';
import {
  factorize,
  fit,
  hessian,
  initialize,
  InputError,
  quantities,
  score,
  type FitOptions,
  type FitProblem,
  type NumericArray,
} from '../../src/index.js';
import { readNpy, writeNpy } from '../../src/io/npy.js';
import { scratchFolder } from '../cli/basin.js';
import { hereJson } from '../cli/here.js';

const folder = scratchFolder();
const file = (name: string): string => join(folder, name);
const draw = (purpose: number, ...shape: number[]): NumericArray => {
  const values = new Float64Array(shape.reduce((size, length) => size * length, 1));
  kernels.normals({ key: [3, 5], trial: 0, purpose }, 0, values);
  return { shape, values };
};
const [n, d, K, L] = [400, 4, 2, 3];
const inputs = draw(0, n, d);
const labels = draw(1, n).values.map((y) => Math.abs(y) / 5);
const start = draw(2, L, K, d);
const point: NumericArray = { shape: [K, d], values: start.values.slice(0, K * d) };
const v = draw(3, K);
const data = ['--x', file('X.npy'), '--y', file('y.npy')];

beforeAll(() => {
  const arrays = { X: inputs, y: { shape: [n], values: labels }, W0: start, W: point, v };
  for (const [name, { values, shape }] of Object.entries(arrays)) writeNpy(file(`${name}.npy`), values, shape);
});

const command = async (name: string, ...args: string[]): Promise<Record<string, unknown>> =>
  (await hereJson(name, ...args, '--out', file(`${name}-out`))) as Record<string, unknown>;
const written = (path: string): NumericArray => readNpy(file(path));

describe('the same as the command, to the bit', () => {
  it('fit', async () => {
    const network = { activation: 'tanh', loss: 'squared', v };
    const document = await command(
      'fit',
      ...data,
      ...['--activation', 'tanh', '--loss', 'squared', '--start', file('W0.npy'), '--v', file('v.npy'), '--train-v'],
      ...['--step-size', 'auto', '--iterations', '50', '--trace'],
    );
    const seen: number[] = [];
    const fitted = await fit(
      { inputs, labels, start, ...network },
      { stepSize: 'auto', iterations: 50, trainV: true, trace: true, onProgress: (at) => seen.push(at) },
    );
    expect(fitted.weights).toEqual(written('fit-out/weights.npy'));
    expect(fitted.v).toEqual(written('fit-out/v.npy'));
    expect(fitted.trace?.loss).toEqual(written('fit-out/trace-loss.npy').values);
    expect(fitted.starts).toMatchObject(document['starts'] as object[]);
    expect(seen.at(-1)).toBe(50);
  });

  it('hessian', async () => {
    const document = await command(
      'hessian',
      ...data,
      ...['--activation', 'sigmoid', '--loss', 'cross-entropy', '--weights', file('W.npy')],
    );
    const found = await hessian({ inputs, labels, weights: point, activation: 'sigmoid', loss: 'cross-entropy' });
    expect(found.hessian).toEqual(written('hessian-out/hessian.npy').values);
    expect([found.smallest, found.largest]).toEqual([document['eigenvalueMin'], document['eigenvalueMax']]);
  });

  it('initialize', async () => {
    const words = ['--neurons', '2', '--activation', 'softplus', '--labels', 'regression', '--seed', '4'];
    const document = await command('init', ...data, ...words);
    const problem = { inputs, labels, neurons: 2, activation: 'softplus', kind: 'regression', seed: 4 } as const;
    const found = await initialize(problem);
    expect(found.weights).toEqual(written('init-out/weights.npy'));
    expect([...found.v]).toEqual(document['v']);
    expect((await initialize({ ...problem, seed: 5 })).weights).not.toEqual(found.weights);
  });

  it('score', async () => {
    const options = ['--leave-one-out', '--bandwidth', '0.9', '--order', '2'];
    await hereJson('score', '--samples', file('X.npy'), ...options, '--out', file('S.npy'));
    const found = await score({ samples: inputs, leaveOneOut: true }, { order: 2, bandwidth: 0.9 });
    expect(found.scores).toEqual(written('S.npy'));
    expect(found.scores.shape).toEqual([n, d, d]);
  });

  it('factorize', async () => {
    const tensor = cubes(draw(7, K, d));
    writeNpy(file('T.npy'), tensor.values, tensor.shape);
    const document = await command('factorize', '--tensor', file('T.npy'), '--rank', '2', '--seed', '1');
    const found = await factorize(tensor, { rank: 2, seed: 1 });
    expect([...found.weights]).toEqual(document['weights']);
    expect(found.factors).toEqual(written('factorize-out/factors.npy'));
  });

  it('quantities', async () => {
    const { rows } = (await hereJson('quantities', '--activation', 'softplus:2', '--sigma', '0.7')) as {
      rows: unknown[];
    };
    expect(await quantities('softplus:2', 0.7)).toEqual(rows[0]);
  });
});

/** Σ_i u_i⊗u_i⊗u_i of the rows of a matrix. */
function cubes({ shape: [rows, size], values }: NumericArray): NumericArray {
  const out = new Float64Array(size ** 3);
  for (let i = 0; i < rows; i++) {
    const u = values.subarray(i * size, (i + 1) * size);
    for (let at = 0; at < out.length; at++)
      out[at] += u[Math.floor(at / size ** 2)] * u[Math.floor(at / size) % size] * u[at % size];
  }
  return { shape: [size, size, size], values: out };
}

const problem: FitProblem = { inputs, labels, start, activation: 'tanh', loss: 'squared' };
const options: FitOptions = { stepSize: 0.1, iterations: 5 };
// What a program without types can hand over.
const odd = (value: unknown): never => value as never;

describe('what is wrong is said in one line', () => {
  it.each<[Partial<FitProblem>, Partial<FitOptions>, string]>([
    [odd({ actvation: 'tanh' }), {}, 'a name in problem must be one of inputs, labels, activation,'],
    [{}, odd({ tolerence: 1e9 }), "got 'tolerence' (did you mean 'tolerance'?)"],
    [{}, { trace: odd('yes') }, "trace must be true or false, got 'yes'"],
    [{}, { trainV: odd(1) }, 'trainV must be true or false, got 1'],
    [{}, odd({ signal: 5 }), 'signal must be an AbortSignal, got 5'],
    [{}, odd({ signal: null }), 'signal must be an AbortSignal, got null'],
    [{}, odd({ onProgress: 'log' }), "onProgress must be a function, got 'log'"],
    [{}, { precision: odd(Object.create(null)) }, "precision must be one of float64, mixed, got '[object Object]'"],
    [
      { start: { shape: [K, d], values: odd(Object.create(null)) } },
      {},
      'the values of start must be a Float64Array, got Object',
    ],
    [{ start: { shape: [K, d], values: odd([]) } }, {}, 'the values of start must be a Float64Array, got Array'],
    [{ activation: 'tahn' }, {}, 'activation must be one of'],
    [{ loss: odd(undefined) }, {}, 'loss must be a text, got undefined'],
    [{ loss: 'sqared' }, {}, "loss must be one of squared, cross-entropy, got 'sqared' (did you mean 'squared'?)"],
    [{ architecture: odd('rnn') }, {}, "architecture must be one of fcn, cnn, got 'rnn'"],
    [{ output: odd('max') }, {}, "output must be one of mean, sum, got 'max'"],
    [{ output: 'sum', v }, {}, 'output and v exclude each other: give one of them, got both'],
    [{ inputs: odd(inputs.values) }, {}, 'inputs must be an array { shape: number[], values: Float64Array }, got'],
    [{ inputs: odd({ shape: [n, d], values: [1, 2] }) }, {}, 'the values of inputs must be a Float64Array, got Array'],
    [{ inputs: { shape: [n], values: labels } }, {}, 'inputs: X must have at least one sample and one column'],
    [{ inputs: { ...inputs, shape: [n, 3] } }, {}, `inputs: shape (${n}, 3) must have ${3 * n} values, got ${4 * n}`],
    [{ inputs: { ...inputs, shape: [n, 0.5] } }, {}, 'the shape of inputs must be a list of whole numbers'],
    [{ labels: labels.subarray(1) }, {}, `labels: y must have ${n} entries, one per row of X, got ${n - 1}`],
    [{ labels: labels.map((_, i) => (i === 3 ? NaN : 0)) }, {}, 'labels: values must be finite, got NaN at index 3'],
    [{ labels: odd([...labels]) }, {}, 'labels must be a Float64Array, got Array'],
    [{ loss: 'cross-entropy', labels: labels.map(() => 2) }, {}, 'labels: y must lie in [0, 1] for cross-entropy'],
    [{ start: v }, {}, 'start: weights of a fcn must have shape (L, K, 4) or (K, 4), got (2)'],
    [{ v: draw(9, 3) }, {}, 'v: v must have shape (2) or (3, 2), got (3)'],
    [{}, { stepSize: 0 }, 'stepSize must be auto or a number above 0 and at most 1e9, got 0'],
    [{}, { stepSize: odd('0.1') }, "stepSize must be auto or a number above 0 and at most 1e9, got '0.1'"],
    [
      {},
      { method: odd('adma') },
      "method must be one of gd, momentum, nesterov, adam, sgd, got 'adma' (did you mean 'adam'?)",
    ],
    [{}, { method: 'momentum', momentum: 1 }, 'momentum must be a number from 0 to 0.999999, got 1'],
    [{}, { schedule: odd(null) }, 'schedule must be a text, got null'],
    [{}, { schedule: 'step:0:0.5' }, 'EVERY of schedule step:EVERY:FACTOR must be an integer from 1 to 1e9'],
    [{}, { iterations: 1.5 }, 'iterations must be a whole number from 1 to 1000000000, got 1.5'],
    [{}, { tolerance: NaN }, 'tolerance must be a number ≥ 0, got NaN'],
    [{}, { precision: odd('float16') }, "precision must be one of float64, mixed, got 'float16'"],
    [{}, { precision: 'mixed', trace: true }, "trace must be given with precision float64, got 'mixed'"],
  ])('fit %o %o', async (changes, choices, message) => {
    const failed = fit({ ...problem, ...changes }, { ...options, ...choices });
    await expect(failed).rejects.toBeInstanceOf(InputError);
    await expect(failed).rejects.toThrow(message);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['no problem', () => fit(odd(undefined), options), 'problem must be an object, got undefined'],
    ['no options', () => fit(problem, odd(undefined)), 'options must be an object, got undefined'],
    ['an activation', () => quantities(odd(undefined), 1), 'activation must be a text, got undefined'],
    ['several points', () => hessian({ ...problem, weights: start }), 'weights must be those of one point, got 3'],
    ['a seed', () => factorize(cubes(draw(1, 1, 2)), { rank: 1, seed: -1 }), 'seed must be'],
    ['a tensor', () => factorize(inputs, { rank: 1, seed: 1 }), 'must be a tensor of shape (p, p, p), got shape'],
    [
      'an order',
      () => score({ samples: inputs }, { order: odd(3), bandwidth: 1 }),
      'order must be one of 1, 2, 4, got 3',
    ],
    ['a bandwidth', () => score({ samples: inputs }, { order: 1, bandwidth: 0 }), 'bandwidth must be a number above 0'],
    [
      'a flag of score',
      () => score({ samples: inputs, leaveOneOut: odd('no') }, { order: 1, bandwidth: 1 }),
      "leaveOneOut must be true or false, got 'no'",
    ],
    [
      'a name of score',
      () => score({ samples: inputs }, odd({ order: 1, bandwith: 1 })),
      "(did you mean 'bandwidth'?)",
    ],
    [
      'a name of a problem of score',
      () => score(odd({ samples: inputs, leaveoneout: true }), { order: 1, bandwidth: 1 }),
      "(did you mean 'leaveOneOut'?)",
    ],
    ['a name of hessian', () => hessian(odd({ ...problem, weights: point, vv: v })), "got 'vv' (did you mean 'v'?)"],
    [
      'a name of initialize',
      () =>
        initialize(odd({ inputs, labels, neurons: 2, activation: 'softplus', kind: 'regression', seed: 1, moode: 1 })),
      "(did you mean 'mode'?)",
    ],
    [
      'a name of factorize',
      () => factorize(cubes(draw(1, 1, 2)), odd({ rank: 1, seed: 1, projection: 5 })),
      "(did you mean 'projections'?)",
    ],
    ['points', () => score({ samples: inputs, at: draw(1, 2, 3) }, { order: 1, bandwidth: 1 }), 'at: P must have 4'],
    ['σ', () => quantities('tanh', 0), 'sigma must be a number from 1e-6 to 1e6, got 0'],
  ])('%s', async (_, call, message) => {
    const called = call();
    await expect(called).rejects.toBeInstanceOf(InputError);
    await expect(called).rejects.toThrow(message);
  });
});

it('a change of the arrays during a descent has no effect', async () => {
  const own = { ...problem, inputs: { ...inputs, values: inputs.values.slice() }, labels: labels.slice() };
  const first = { ...start, values: start.values.slice() };
  // More iterations than one native call performs.
  const long = { stepSize: 0.1, iterations: 20_000 };
  let calls = 0;
  const onProgress = (): void => {
    calls += 1;
    for (const values of [own.inputs.values, own.labels, first.values]) values.fill(0);
  };
  const fitted = await fit({ ...own, start: first }, { ...long, onProgress });
  expect(calls).toBeGreaterThan(1);
  expect(fitted).toEqual(await fit(problem, long));
});

describe('a signal', () => {
  it('ends a descent between two native calls, with its reason', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const onProgress = (iteration: number): void => {
      seen.push(iteration);
      controller.abort(new Error('enough'));
    };
    const endless = { stepSize: 1e-9, iterations: 1e9, onProgress, signal: controller.signal };
    await expect(fit(problem, endless)).rejects.toThrow('enough');
    expect(seen).toHaveLength(1);
    await expect(fit(problem, { ...options, signal: controller.signal })).rejects.toThrow('enough');
  });
});

describe('with a teacher in place of samples', () => {
  const teacher = draw(7, 2, 4);
  const risk = { teacher, teacherOutput: 'sum' as const, output: 'sum' as const, activation: 'relu' };
  const from = draw(8, 3, 3, 4);

  it('fit descends on the population risk, and hessian has its curvature', async () => {
    const fitted = await fit({ ...risk, start: from }, { stepSize: 'auto', iterations: 3000, tolerance: 1e-9 });
    expect(fitted.starts.every(({ loss, status }) => loss >= 0 && status !== 'diverged')).toBe(true);
    const weights = { shape: [3, 4], values: from.values.slice(0, 12) };
    const { dimension, largest } = await hessian({ ...risk, weights });
    expect(dimension).toBe(12);
    expect(fitted.starts[0].stepSize * largest).toBeCloseTo(1, 10);
  });

  it.each<[object, string]>([
    [{ inputs: draw(0, 5, 4) }, 'a name in problem must be one of teacher, teacherOutput, teacherV, activation'],
    [{ teacherV: draw(9, 2) }, 'teacherOutput and teacherV exclude each other'],
    [{ teacher: draw(7, 2, 2, 4) }, 'must be one network of shape (K, d), got'],
    [{ teacher: 5 }, 'teacher must be an array'],
    [{ start: draw(8, 3, 5) }, 'must have shape (L, K, 4) or (K, 4), got (3, 5)'],
  ])('%j is refused', async (more, message) => {
    const given = { ...risk, start: from, ...more };
    const fitting = fit(given, { stepSize: 0.1, iterations: 1 });
    await expect(fitting).rejects.toBeInstanceOf(InputError);
    await expect(fitting).rejects.toThrow(message);
  });
});
