/** `basin fit --method sgd`. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { referenceKernels as kernels } from '../../src/core/kernels/reference.js';
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
