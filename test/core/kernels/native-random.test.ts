import { describe, expect, test } from 'vitest';
import type { RandomKernels, StreamAddress } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';

const native = loadNativeKernels();
const ADDRESS: StreamAddress = { key: [0x12345678, 0x9abcdef0], trial: 41, purpose: 3 };

function filled(kernels: RandomKernels, law: 'uniforms' | 'normals', length: number, firstBlock = 0): Float64Array {
  const out = new Float64Array(length);
  kernels[law](ADDRESS, firstBlock, out);
  return out;
}

describe('Philox4x32-10', () => {
  // The known-answer vectors distributed with Random123.
  test.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [new Array(4).fill(0xffffffff), [0xffffffff, 0xffffffff], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ] as [number[], number[], number[]][])('counter %o, key %o', (counter, key, words) => {
    expect([...native.philox(Uint32Array.from(counter), Uint32Array.from(key))]).toEqual(words);
  });
});

describe('uniforms', () => {
  test.each([0, 1, 2, 3, 15, 16, 17, 1001])('length %i: the bits of the reference', (length) => {
    expect(filled(native, 'uniforms', length)).toEqual(filled(referenceKernels, 'uniforms', length));
  });

  test('blocks beyond 2³² use the high word of the counter', () => {
    const firstBlock = 2 ** 32 - 3;
    expect(filled(native, 'uniforms', 40, firstBlock)).toEqual(filled(referenceKernels, 'uniforms', 40, firstBlock));
  });
});

describe('normals', () => {
  test.each([0, 1, 2, 3, 15, 16, 17, 10_001])('length %i: within 1e-14 of the reference', (length) => {
    const [got, expected] = [filled(native, 'normals', length, 9), filled(referenceKernels, 'normals', length, 9)];
    expect(Math.max(0, ...got.map((x, i) => Math.abs(x - expected[i])))).toBeLessThan(1e-14);
  });

  test('an element depends on its place in the stream alone', () => {
    const whole = filled(native, 'normals', 64);
    for (let length = 0; length <= 64; length++)
      expect(filled(native, 'normals', length)).toEqual(whole.slice(0, length));
    for (let block = 0; block < 32; block++)
      expect(filled(native, 'normals', 64 - 2 * block, block)).toEqual(whole.slice(2 * block));
  });

  test('moments of 10⁶ draws lie within five standard errors of those of N(0, 1)', () => {
    const n = 1e6;
    const draws = filled(native, 'normals', n);
    const moment = (order: number): number => draws.reduce((sum, x) => sum + x ** order, 0) / n;
    const five = 5 / Math.sqrt(n);
    expect(Math.abs(moment(1))).toBeLessThan(five);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(five * Math.sqrt(2));
    expect(Math.abs(moment(3))).toBeLessThan(five * Math.sqrt(15));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(five * Math.sqrt(96));
  });

  test('a stream of another trial or purpose is another stream', () => {
    const other = new Float64Array(8);
    for (const address of [
      { ...ADDRESS, trial: 42 },
      { ...ADDRESS, purpose: 4 },
    ]) {
      native.normals(address, 0, other);
      expect(other).not.toEqual(filled(native, 'normals', 8));
    }
  });
});
