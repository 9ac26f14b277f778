/** `basin fit --method sgd`. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { algorithmStream } from '../../src/app/arrays/stream.js';
import { descentState } from '../../src/core/descent/descent.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { referenceKernels as kernels } from '../../src/core/kernels/reference.js';
import { parseActivation } from '../../src/core/networks/activations.js';
import { readNpy, writeNpy } from '../../src/io/npy.js';
import { flags, isRefusal, scratchFolder } from './basin.js';
import { here, hereJson } from './here.js';

const folder = scratchFolder();
const file = (name: string): string => join(folder, name);
const [n, d, K, L] = [40, 3, 2, 2];
const draw = (size: number, purpose: number): Float64Array => {
  const out = new Float64Array(size);
  kernels.normals({ key: [5, 6], trial: 0, purpose }, 0, out);
  return out;
};
const OPTIONS = {
  x: file('X.npy'),
  y: file('y.npy'),
  activation: 'tanh',
  loss: 'squared',
  start: file('W0.npy'),
  'step-size': '0.05',
  iterations: '60',
  method: 'sgd',
};

beforeAll(() => {
  writeNpy(file('X.npy'), draw(n * d, 1), [n, d]);
  writeNpy(file('y.npy'), draw(n, 2), [n]);
  writeNpy(file('W0.npy'), draw(L * K * d, 3), [L, K, d]);
});

async function weights(more: Readonly<Record<string, string>>, ...bare: readonly string[]): Promise<Float64Array> {
  const out = file('out');
  await hereJson('fit', ...flags({ ...OPTIONS, out, ...more }), ...bare);
  return readNpy(join(out, 'weights.npy')).values;
}

describe('batches', () => {
  it('are those of the seed, of their size, and drawn with replacement where that is asked for', async () => {
    const usual = await weights({ batch: '8' });
    expect(await weights({ batch: '8', seed: '1' })).toEqual(usual);
    expect(await weights({ batch: '8', seed: '2' })).not.toEqual(usual);
    expect(await weights({ batch: '7' })).not.toEqual(usual);
    expect(await weights({ batch: '8' }, '--replacement')).not.toEqual(usual);
  });

  it('of all samples give gradient descent', async () => {
    const whole = await weights({ batch: String(n) });
    const plain = await weights({ method: 'gd' });
    expect(Math.max(...whole.map((w, j) => Math.abs(w - plain[j])))).toBeLessThan(1e-12);
  });
});

describe('online', () => {
  const RISK = {
    risk: 'population',
    teacher: file('U.npy'),
    activation: 'erf',
    start: file('W0.npy'),
    'step-size': '0.2',
    iterations: '4000',
    method: 'sgd',
  };
  const online = async (more: Readonly<Record<string, string>>): Promise<number[]> => {
    const given = { ...RISK, out: file('online'), ...more };
    const { starts } = (await hereJson('fit', ...flags(given), '--online')) as { starts: { loss: number }[] };
    return starts.map((start) => start.loss);
  };

  beforeAll(() => {
    writeNpy(file('U.npy'), draw(K * d, 4), [K, d]);
  });

  it('samples are those of the seed, and lower the population risk', async () => {
    const [one, many] = [await online({}), await online({ batch: '50' })];
    expect(await online({ seed: '1' })).toEqual(one);
    expect(await online({ seed: '2' })).not.toEqual(one);
    const [first] = await online({ iterations: '1', 'step-size': '1e-9' });
    expect(many[0]).toBeLessThan(first / 10);
  });

  it('takes the native steps also where the risk itself is computed by quadrature', async () => {
    await online({ activation: 'tanh', iterations: '7' });
    const native = loadNativeKernels();
    const [activation, teacher] = [parseActivation('tanh'), readNpy(file('U.npy')).values];
    const outputWeights = new Float64Array(K).fill(1 / K);
    const problem = {
      activation,
      dimension: d,
      teacher: { weights: teacher, outputWeights },
      loss: 'squared',
      noise: 0,
      batch: 1,
    };
    const start = { starts: L, weights: draw(L * K * d, 3), outputWeights: new Float64Array(L * K).fill(1 / K) };
    const state = descentState(start, new Float64Array(L).fill(0.2), false);
    native.descendOnline(problem, state, { address: algorithmStream('fit', 1), sequences: new Uint32Array(L) }, 7);
    expect(readNpy(file('online/weights.npy')).values).toEqual(state.weights);
  });

  it('is refused on a training set, and with a step schedule', async () => {
    const training = await here('fit', ...flags({ ...OPTIONS, out: file('refused') }), '--online');
    expect(training.stderr).toContain('online must be given with the population risk');
    const scheduled = flags({ ...RISK, schedule: 'cosine:9', out: file('refused') });
    const refused = await here('fit', ...scheduled, '--online');
    expect(refused.stderr).toContain('online must be with method gd and a constant schedule');
    expect(isRefusal(training) && isRefusal(refused)).toBe(true);
  });
});

it.each([
  ['without their size', {}, '--batch must be given with --method sgd'],
  ['larger than the training set', { batch: '41' }, 'batch must be a whole number from 1 to 40, got 41'],
  ['of another method', { method: 'adam', batch: '8' }, "must be sgd, got 'adam'"],
  ['with a momentum', { batch: '8', momentum: '0.5' }, "must be momentum or nesterov, got 'sgd'"],
  ['in mixed precision', { batch: '8', precision: 'mixed' }, "must be float64, got 'mixed'"],
])('batches %s are refused in one line', async (_, more, message) => {
  const ran = await here('fit', ...flags({ ...OPTIONS, out: file('refused'), ...more }));
  expect(isRefusal(ran), ran.stderr).toBe(true);
  expect(ran.stderr).toContain(message);
});
