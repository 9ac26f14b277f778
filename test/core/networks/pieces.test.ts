/** Activations given as functions: sampled as polynomials on pieces, which both kernels evaluate. */
import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../../src/core/networks/activations.js';
import type { Activation } from '../../../src/core/networks/activationTable.js';
import { piecewiseActivation, type GivenFunctions } from '../../../src/core/networks/pieces/activation.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';

const native = loadNativeKernels();

const given = (name: string, { value, derivative, secondDerivative }: Activation, more: Partial<GivenFunctions> = {}) =>
  piecewiseActivation({ name, value, derivative, secondDerivative, kinks: [], range: [-1000, 1000], ...more });

/** Piece ends, kinks, both ends of the range, and numbers between. */
const points = (kinks: readonly number[]): number[] => [
  ...kinks.flatMap((kink) => [kink, kink - 1e-15, kink + 1e-15, kink - 1e-9, kink + 1e-9]),
  ...[0, -0, 1, -1, 3, -3, 1 - 2 ** -53, 2 ** -52 - 1, 1000, -1000, 5e-324],
  ...Array.from({ length: 120 }, (_, i) => Math.sinh((i - 60) / 8) + i / 1e6).filter((z) => Math.abs(z) <= 1000),
];

describe.each([
  ['sigmoid', []],
  ['softplus', []],
  ['tanh', []],
  ['leaky-relu:0.3', [0]],
  ['erf', []],
  ['where(z<=-1.3,-1,where(z<=0.7,z+0.3,1))', [-1.3, 0.7]],
] as const)('%s as functions', (name, kinks) => {
  const exact = parseActivation(name);
  const pieces = given(`${name} on pieces`, exact, { kinks });

  it('is off by at most 1e-13 of the largest value as far out as the point', () => {
    for (const part of ['value', 'derivative', 'secondDerivative'] as const) {
      for (const z of points(kinks)) {
        const reach = 2 ** Math.ceil(Math.log2(Math.abs(z) + 1)) + 1;
        const largest = Math.max(...Array.from({ length: 40 }, (_, i) => Math.abs(exact[part](reach * (i / 20 - 1)))));
        expect(Math.abs(pieces[part](z) - exact[part](z)), `${part} at ${z}`).toBeLessThanOrEqual(1.1e-13 * largest);
      }
    }
    expect(pieces).toMatchObject({ kind: 'pieces', parity: exact.parity, kinks });
  });

  it('is the same in the native kernels', () => {
    const z = Float64Array.from(points(kinks));
    const outputs = (kernels: typeof native | typeof referenceKernels): Float64Array => {
      const inputs = kernels.allocateInputs(z.length, 1);
      inputs.values.set(z);
      return kernels.outputs(kernels.prepare(inputs), { strides: 1, rows: 1 }, pieces, {
        starts: 1,
        weights: Float64Array.of(1),
        outputWeights: Float64Array.of(1),
      });
    };
    const [ours, theirs] = [outputs(native), outputs(referenceKernels)];
    ours.forEach((value, i) => {
      expect(Math.abs(value - theirs[i]), `at ${z[i]}`).toBeLessThanOrEqual(2e-15 * (1 + Math.abs(theirs[i])));
    });
  });
});

describe('functions are refused', () => {
  const sigmoid = parseActivation('sigmoid');
  const zero = (): number => 0;

  it.each<[string, Partial<GivenFunctions>, RegExp]>([
    [
      'with a kink that is not told',
      { value: (z) => Math.max(z, 0), derivative: (z) => (z > 0 ? 1 : 0), secondDerivative: zero },
      /derivative must be smooth between its kinks: .* near z = 0, at most 1e-13 is allowed; give a kink there/,
    ],
    [
      'with a wrong derivative',
      { derivative: (z) => 1.01 * sigmoid.derivative(z) },
      /derivative must be the derivative of value, got 0\.\d+ at z = /,
    ],
    [
      'with a derivative that is wrong by little',
      { derivative: (z) => 1.0001 * sigmoid.derivative(z) },
      /derivative must be the derivative of value/,
    ],
    [
      'with a derivative that is wrong near 0 only by the scale of far away',
      {
        range: [-12, 12],
        value: (z) => z ** 4,
        derivative: (z) => 4 * z ** 3 + 0.19,
        secondDerivative: (z) => 12 * z * z,
      },
      /derivative must be the derivative of value/,
    ],
    [
      'with a derivative that is wrong far away',
      { derivative: (z) => sigmoid.derivative(z) + 1e-3 * (1 + Math.tanh((z - 300) / 20)) },
      /derivative must be the derivative of value/,
    ],
    [
      'with a wrong second derivative',
      { secondDerivative: (z) => -sigmoid.secondDerivative(z) },
      /secondDerivative must be the derivative of derivative/,
    ],
    [
      'that are not finite',
      { value: (z) => Math.exp(z), derivative: (z) => Math.exp(z), secondDerivative: (z) => Math.exp(z) },
      /must be a finite number on its range \[-1000, 1000\], got Infinity/,
    ],
    [
      'that jump',
      { kinks: [0.5], value: (z) => z + (z > 0.5 ? 1 : 0), derivative: () => 1, secondDerivative: zero },
      /activation must be continuous, got x, which jumps/,
    ],
    [
      'that oscillate too fast',
      { value: Math.sin, derivative: Math.cos, secondDerivative: (z) => -Math.sin(z) },
      /value must be smooth .* a smaller range than \[-1000, 1000\], or a formula/,
    ],
    ['on a range that is too small', { range: [-1, 1] }, /range must have \[low, high\] with -1000000 ≤ low ≤ -12/],
    ['with a kink twice', { kinks: [1, 1] }, /kinks must be different numbers between -1000 and 1000, got 1/],
  ])('%s', (_, change, message) => {
    expect(() => given('x', sigmoid, change)).toThrow(message);
  });
});

it('the values of φ are those on its whole range', () => {
  const line = { value: (z: number) => 0.5 + z / 40, derivative: () => 1 / 40, secondDerivative: () => 0 };
  const on = (end: number) => given('line', parseActivation('sigmoid'), { ...line, range: [-end, end] }).range;
  expect([on(12), on(600)]).toEqual([
    [expect.closeTo(0.2, 12) as number, expect.closeTo(0.8, 12) as number],
    [-Infinity, Infinity],
  ]);
});

it('beyond the range nothing is a number, in both kernels', () => {
  const pieces = given('narrow', parseActivation('sigmoid'), { range: [-20, 15] });
  expect([pieces.value(15), pieces.value(15.001), pieces.value(-20.5)]).toEqual([
    expect.closeTo(1, 5) as number,
    Number.NaN,
    Number.NaN,
  ]);
  const inputs = native.allocateInputs(3, 1);
  inputs.values.set([15, 15.001, -21]);
  const one = Float64Array.of(1);
  const points = { starts: 1, weights: one, outputWeights: one };
  const outputs = native.outputs(native.prepare(inputs), { strides: 1, rows: 1 }, pieces, points);
  expect(Array.from(outputs, Number.isNaN)).toEqual([false, true, true]);
});
