import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseActivation } from '../../src/core/networks/activations.js';
import { descentState, runDescent } from '../../src/core/descent/descent.js';
import type { Points, Problem } from '../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { referenceKernels as kernels } from '../../src/core/kernels/reference.js';
import type { LossName } from '../../src/core/networks/losses.js';
import { networkShape, outputWeights, type Architecture } from '../../src/core/networks/networks.js';
import { readNpy, writeNpy } from '../../src/io/npy.js';
import { scratchFolder, flags } from './basin.js';
import { here, hereJson, inTurn } from './here.js';

const folder = scratchFolder();
const [n, d, K, L] = [83, 6, 3, 4];
const draw = (size: number, purpose: number): Float64Array => {
  const out = new Float64Array(size);
  kernels.normals({ key: [7, 8], trial: 1, purpose }, 0, out);
  return out;
};
const X = draw(n * d, 0);
const y = draw(n, 1).map((value) => (value > 0 ? 1 : 0));
const v = draw(K, 2);
const file = (name: string): string => join(folder, name);

interface FitDocument {
  readonly starts: readonly {
    iterations: number;
    loss: number;
    gradientNorm: number;
    status: string;
    stepSize: number;
  }[];
  readonly weights: string;
  readonly v: string | null;
}

function problemOf(
  activation: string,
  loss: LossName,
  architecture: Architecture,
): { problem: Problem; weights: Float64Array } {
  const inputs = kernels.prepare({ samples: n, dimension: d, values: X });
  const rows = architecture === 'fcn' ? K * d : d / K;
  return {
    problem: {
      inputs,
      labels: y,
      shape: networkShape(architecture, K, d),
      activation: parseActivation(activation),
      loss,
    },
    weights: draw(L * rows, 3).map((w) => 0.4 * w),
  };
}

beforeAll(() => {
  writeNpy(file('X.npy'), X, [n, d]);
  writeNpy(file('y.npy'), y, [n]);
  writeNpy(file('v.npy'), v, [K]);
});

describe.each<[string, LossName, Architecture, string[], boolean]>([
  ['sigmoid', 'squared', 'fcn', [], false],
  ['tanh', 'squared', 'fcn', ['--output', 'sum'], false],
  ['tanh', 'squared', 'fcn', ['--v', 'v.npy', '--train-v'], true],
  ['sigmoid:2', 'cross-entropy', 'fcn', [], false],
  ['sigmoid', 'cross-entropy', 'cnn', [], false],
  ['softplus:3', 'squared', 'cnn', ['--v', 'v.npy'], false],
  ['squared-relu', 'squared', 'fcn', ['--train-v'], true],
  ['erf', 'squared', 'fcn', [], false],
])('fit %s %s %s %j', (activation, loss, architecture, extra, trained) => {
  const { problem, weights } = problemOf(activation, loss, architecture);
  const outputs = extra.includes('--v')
    ? Float64Array.from({ length: L * K }, (_, i) => v[i % K])
    : outputWeights(extra.includes('sum') ? 'sum' : 'mean', L, K);
  const points: Points = { starts: L, weights, outputWeights: outputs };
  const eta = 0.05;

  it('does the same descent as the plain loops', async () => {
    writeNpy(file('W0.npy'), weights, architecture === 'fcn' ? [L, K, d] : [L, 1, d / K]);
    const args = extra.map((arg) => (arg.endsWith('.npy') ? file(arg) : arg));
    const document = (await hereJson(
      'fit',
      ...flags({
        x: file('X.npy'),
        y: file('y.npy'),
        activation,
        loss,
        start: file('W0.npy'),
        architecture,
        'step-size': String(eta),
        iterations: '60',
        out: file('out'),
      }),
      ...args,
    )) as FitDocument;
    const state = descentState(points, new Float64Array(L).fill(eta), trained);
    runDescent(kernels, problem, state, { iterations: 60, tolerance: -1 });
    const fitted = readNpy(document.weights);
    expect(fitted.shape).toEqual(architecture === 'fcn' ? [L, K, d] : [L, 1, d / K]);
    fitted.values.forEach((w, j) => expect(w).toBeCloseTo(state.weights[j], 10));
    document.starts.forEach((start, l) => {
      expect(start).toMatchObject({ iterations: 60, status: 'iterations', stepSize: eta });
      expect(start.loss).toBeCloseTo(state.loss[l], 11);
      expect(start.gradientNorm).toBeCloseTo(state.gradientNorm[l], 11);
    });
    expect(document.v === null).toBe(!trained);
    if (document.v !== null)
      readNpy(document.v).values.forEach((value, u) => expect(value).toBeCloseTo(state.outputWeights[u], 10));
  });

  it('takes 1/λ_max of the Hessian as the automatic step', async () => {
    const args = extra.map((arg) => (arg.endsWith('.npy') ? file(arg) : arg));
    const document = (await hereJson(
      'fit',
      ...flags({
        x: file('X.npy'),
        y: file('y.npy'),
        activation,
        loss,
        start: file('W0.npy'),
        architecture,
        'step-size': 'auto',
        iterations: '1',
        out: file('out'),
      }),
      ...args,
    )) as FitDocument;
    document.starts.forEach(({ stepSize }, l) =>
      expect(1 / stepSize).toBeCloseTo(largestCurvature(problem, points, l, trained), 7),
    );
  });
});

/** λ_max of the dense Hessian, made of the plain loops’ products with unit vectors: independent of Lanczos. */
function largestCurvature(problem: Problem, points: Points, l: number, trained: boolean): number {
  const weightCount = points.weights.length / L;
  const size = weightCount + (trained ? K : 0);
  const point: Points = {
    starts: 1,
    weights: points.weights.slice(l * weightCount, (l + 1) * weightCount),
    outputWeights: points.outputWeights.slice(l * K, (l + 1) * K),
  };
  const hessian = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const direction: Points = { starts: 1, weights: new Float64Array(weightCount), outputWeights: new Float64Array(K) };
    if (i < weightCount) direction.weights[i] = 1;
    else direction.outputWeights[i - weightCount] = 1;
    const product = kernels.hessianVector(problem, point, direction, trained);
    hessian.set([...product.weights, ...(trained ? product.outputWeights : [])], i * size);
  }
  return loadNativeKernels().symmetricEigen(hessian, size).values[size - 1];
}

describe('fit stops', () => {
  const run = async (...more: string[]): Promise<FitDocument> =>
    (await hereJson(
      'fit',
      ...flags({
        x: file('X.npy'),
        y: file('y.npy'),
        activation: 'sigmoid',
        loss: 'squared',
        start: file('S.npy'),
        out: file('stops'),
      }),
      ...more,
    )) as FitDocument;
  beforeAll(() => writeNpy(file('S.npy'), draw(K * d, 4), [K, d]));

  it('as converged at the tolerance', async () => {
    const [start] = (await run('--step-size', 'auto', '--iterations', '200000', '--tolerance', '1e-5')).starts;
    expect(start.status).toBe('converged');
    expect(start.gradientNorm).toBeLessThanOrEqual(1e-5);
    expect(start.iterations).toBeLessThan(200000);
  });

  it('as diverged, with exit code 1 when every start does', async () => {
    const { code, stdout } = await here(
      'fit',
      ...flags({
        x: file('X.npy'),
        y: file('y.npy'),
        activation: 'quadratic',
        loss: 'squared',
        start: file('S.npy'),
        'step-size': '1e6',
        iterations: '500',
        out: file('diverged'),
      }),
      '--json',
    );
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as FitDocument).starts[0].status).toBe('diverged');
  });
});

describe('fit --precision', () => {
  // Labels that a network has: the minimum next to it is isolated.
  const teacher = draw(K * d, 5);
  const args = [
    ...flags({
      x: file('X.npy'),
      y: file('planted.npy'),
      activation: 'tanh',
      loss: 'squared',
      start: file('near.npy'),
      'step-size': 'auto',
    }),
  ];
  beforeAll(() => {
    const { inputs, shape, activation } = problemOf('tanh', 'squared', 'fcn').problem;
    writeNpy(
      file('planted.npy'),
      kernels.outputs(inputs, shape, activation, {
        starts: 1,
        weights: teacher,
        outputWeights: outputWeights('mean', 1, K),
      }),
      [n],
    );
    writeNpy(
      file('near.npy'),
      Float64Array.from({ length: 2 * K * d }, (_, i) => teacher[i % (K * d)] + 0.1 * Math.sin(i)),
      [2, K, d],
    );
  });

  it('mixed ends at the point where float64 ends', async () => {
    const [exact, mixed] = await inTurn(
      ['float64', 'mixed'],
      async (precision) =>
        (await hereJson(
          'fit',
          ...args,
          ...flags({ iterations: '100000', tolerance: '1e-13', precision, out: file(precision) }),
        )) as FitDocument,
    );
    expect(mixed.starts.map(({ status }) => status)).toEqual(['converged', 'converged']);
    const expected = readNpy(exact.weights).values;
    readNpy(mixed.weights).values.forEach((w, i) => {
      expect(Math.abs(w - expected[i])).toBeLessThan(1e-10);
    });
  });

  it('is refused under another name', async () => {
    const { code, stderr } = await here(
      'fit',
      ...args,
      ...flags({ iterations: '5', precision: 'float16', out: file('none') }),
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/^basin: --precision must be one of float64.*mixed, got 'float16'/);
  });
});

it('warns on stderr when cross entropy has to clip outputs, and stays JSON on stdout', async () => {
  writeNpy(file('T.npy'), draw(K * d, 4), [K, d]);
  const { code, stdout, stderr } = await here(
    'fit',
    ...flags({
      x: file('X.npy'),
      y: file('y.npy'),
      activation: 'tanh',
      loss: 'cross-entropy',
      start: file('T.npy'),
      'step-size': '1e-3',
      iterations: '2',
      out: file('clipped'),
    }),
    '--json',
  );
  expect(stderr).toMatch(/^warning: \d+ of 83 outputs are not in \(0, 1\)/);
  expect([0, 1]).toContain(code);
  expect(JSON.parse(stdout)).toHaveProperty('starts');
});

it('reads .csv for X and y with a header line', async () => {
  const rows = Array.from({ length: n }, (_, i) => [...X.subarray(i * d, (i + 1) * d)].join(','));
  writeFileSync(file('X.csv'), `${Array.from({ length: d }, (_, j) => `x${j}`).join(',')}\n${rows.join('\n')}\n`);
  writeFileSync(file('y.csv'), `${[...y].join('\n')}\n`);
  writeNpy(file('S2.npy'), draw(K * d, 4), [K, d]);
  const fitted = await inTurn(['npy', 'csv'], async (extension) => {
    await hereJson(
      'fit',
      ...flags({
        x: file(`X.${extension}`),
        y: file(`y.${extension}`),
        activation: 'sigmoid',
        loss: 'squared',
        start: file('S2.npy'),
        'step-size': '2',
        iterations: '20',
        out: file(extension),
      }),
    );
    return readFileSync(file(`${extension}/weights.npy`));
  });
  expect(fitted[0].equals(fitted[1])).toBe(true);
});
