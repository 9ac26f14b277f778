import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import type { Addon } from '../../src/core/kernels/native/addon.js';

const addon = createRequire(import.meta.url)('../../build/Release/basin.node') as Addon;
const native = loadNativeKernels();

describe('the addon', () => {
  // Rounding is a typed array's own work, and a float32 gradient is a descent of no steps.
  const MADE_OF_OTHERS = ['roundProblem', 'gradientSingle'];

  test('exports the methods of the contract, one for one', () => {
    const methods = Object.entries(native)
      .filter(([name, value]) => typeof value === 'function' && !MADE_OF_OTHERS.includes(name))
      .map(([name]) => name);
    // Its words are read when it is loaded; formulas are handed over when a problem has one.
    expect(Object.keys(addon).sort()).toEqual([...methods, 'defineFormula', 'definePieces', 'words'].sort());
  });

  test('says what it is made of', () => {
    const info = native.info();
    expect(info.addonVersion).toMatch(/^\d+\.\d+\.\d+$/);
    expect(info.compiler).toMatch(/^(gcc|clang) /);
    expect(info.openblas.config).toContain('OpenBLAS');
    expect(info.openblas.threads).toBe(1);
    expect(['sequential', 'pthread', 'openmp']).toContain(info.openblas.parallel);
    expect(info.vectorTarget).not.toBe('');
  });

  test('that is not built is an InputError with the remedy', () => {
    expect(() => loadNativeKernels('../../../build/Release/absent.node')).toThrow(InputError);
    expect(() => loadNativeKernels('../../../build/Release/absent.node')).toThrow(
      'the native addon cannot be loaded: run `npm run setup`',
    );
  });

  test('aligns inputs to a cache line and pads them to whole blocks', () => {
    const values = addon.allocateInputs(33, 5);
    expect(values.length).toBe(64 * 5);
    expect(values.every((x) => x === 0)).toBe(true);
  });

  test('says where the first cache line of an array begins, also in shared memory', () => {
    expect(addon.alignment(addon.allocateInputs(33, 5))).toBe(0);
    const memory = new SharedArrayBuffer(2 ** 20);
    const before = addon.alignment(new Float64Array(memory));
    expect(before).toBeLessThan(8);
    expect([0, 1, 8].map((i) => addon.alignment(new Float64Array(memory, 8 * (before + i))))).toEqual([0, 7, 0]);
  });
});

describe('arguments that would leave memory are refused by name', () => {
  const out = new Float64Array(4);
  const wrong = (value: unknown): never => value as never;
  const cases: [string, () => unknown, string][] = [
    [
      'a short array',
      () => addon.multiply(2, 2, 2, false, false, new Float64Array(3), out, out),
      'a must be 4 elements or more, got 3',
    ],
    [
      'another element type',
      () => addon.multiply(2, 2, 2, false, false, wrong(new Float32Array(4)), out, out),
      'a must be a Float64Array',
    ],
    [
      'no array at all',
      () => addon.multiply(2, 2, 2, false, false, out, wrong(undefined), out),
      'b must be a Float64Array, got undefined',
    ],
    [
      'a negative size',
      () => addon.multiply(-1, 2, 2, false, false, out, out, out),
      'm must be an integer from 0 to 2147483647, got -1',
    ],
    [
      'a fraction',
      () => addon.multiply(1.5, 2, 2, false, false, out, out, out),
      'm must be an integer from 0 to 2147483647, got 1.5',
    ],
    ['NaN', () => addon.multiply(Number.NaN, 2, 2, false, false, out, out, out), 'm must be an integer'],
    ['a size whose square does not fit', () => addon.symmetricEigen(2147483647, out, out), 'matrix must be'],
    [
      'inputs beyond memory',
      () => addon.allocateInputs(2147483647, 2147483647),
      'dimension must be small enough for memory',
    ],
    [
      'a key of one word',
      () => addon.philox(new Uint32Array(4), new Uint32Array(1), new Uint32Array(4)),
      'key must be 2 elements or more, got 1',
    ],
    [
      'a word beyond 32 bits',
      () => addon.normals(2 ** 32, 0, 0, 0, 0, out),
      'key[0] must be an integer from 0 to 4294967295, got 4294967296',
    ],
    [
      'strides that do not divide',
      () => addon.outputs(1, 7, 2, 1, new Float64Array(224), 0, 1, 0, 1, out, out, out),
      'strides must be a divisor of the dimension, got 2',
    ],
    [
      'no strides',
      () => addon.outputs(1, 7, 0, 1, new Float64Array(224), 0, 1, 0, 1, out, out, out),
      'strides must be a divisor of the dimension, got 0',
    ],
    [
      'inputs without padding',
      () => addon.outputs(1, 7, 1, 1, new Float64Array(7), 0, 1, 0, 1, out, out, out),
      'inputs must be 224 elements or more, got 7',
    ],
    [
      'moments without room',
      () => addon.localMoments(1, 2, new Float64Array(64), 1, 2, out, 1, out, out, out),
      'covariances must be 8 elements or more, got 4',
    ],
    [
      'moments of inputs without padding',
      () => addon.localMoments(33, 2, new Float64Array(66), 1, 1, out, 33, out, out, out),
      'inputs must be 128 elements or more, got 66',
    ],
    [
      'an unknown activation',
      () => addon.outputs(1, 1, 1, 1, new Float64Array(32), 99, 1, 0, 1, out, out, out),
      'formula must be the number of one that was defined',
    ],
  ];
  test.each(cases)('%s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
