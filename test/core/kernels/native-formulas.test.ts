/**
 * Formulas by the native machine: against plain JavaScript, and against the built-in activations and losses that they
 * write out.
 */
import { describe, expect, test } from 'vitest';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { formulaActivation } from '../../../src/core/networks/formulas/activation.js';
import { FUNCTION_NAMES, arityOf } from '../../../src/core/networks/formulas/operators.js';
import { INSTRUCTION_LENGTH } from '../../../src/core/networks/formulas/program.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { formulaNumbers } from '../../../src/core/kernels/native/formulas.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import { BASE, disagreement, distance, pointsFor, problemFor, type Case } from './cases.js';

const native = loadNativeKernels();
const FCN = { ...BASE, samples: 37, shape: { strides: 2, rows: 3 } };
const HUBER = 'where(abs(f-y)<=0.1,0.5*(f-y)^2,0.1*abs(f-y)-0.005)';

/** Built-in activations written out. */
const WRITTEN: Readonly<Record<string, string>> = {
  '1/(1+exp(-z))': 'sigmoid',
  '1/(1+exp(-4*z))': 'sigmoid:4',
  'tanh(z)': 'tanh',
  'log(1+exp(z))': 'softplus',
  'log(1+exp(10*z))/10': 'softplus:10',
  'max(z,0)': 'relu',
  'where(z>0,z,0.3*z)': 'leaky-relu:0.3',
  'relu(z)^2': 'squared-relu',
  'z^2': 'quadratic',
  z: 'linear',
  'sqrt(2)*erf(z/sqrt(2))': 'erf',
  'erf(z)': 'erf:std',
  'sqrt(pi)/2*(1-erfc(z))': 'erf:zhong',
};

/** φ at points, by a network of one unit with weight 1. */
function valuesAt(points: readonly number[], activation: string): Float64Array {
  const inputs = native.allocateInputs(points.length, 1);
  inputs.values.set(points);
  return native.outputs(native.prepare(inputs), { strides: 1, rows: 1 }, formulaActivation(activation), {
    starts: 1,
    weights: Float64Array.of(1),
    outputWeights: Float64Array.of(1),
  });
}

/**
 * How far apart the native kernels and the reference are at one point, descents aside: those of steep formulas amplify
 * rounding.
 */
function apart(c: Case): number {
  const [mine, theirs] = [native, referenceKernels].map((kernels): Float64Array[] => {
    const problem = problemFor(kernels, c);
    const product = kernels.hessianVector(problem, pointsFor(c), pointsFor(c, 5), true);
    const { loss, gradient, outputGradient } = kernels.evaluate(problem, pointsFor(c));
    return [
      loss,
      gradient,
      outputGradient,
      product.weights,
      product.outputWeights,
      kernels.outputs(problem.inputs, c.shape, problem.activation, pointsFor(c)),
    ];
  });
  return Math.max(...mine.map((values, i) => distance(values, theirs[i], 1e-3)));
}

describe('formulas agree with plain loops over them', () => {
  test.each([
    'z*sigmoid(1.702*z)',
    'z*tanh(log(1+exp(z)))',
    'sin(z)+z^3/10',
    'min(max(z,-1),1)',
    'sqrt(1+z^2)-1',
    'where(z<=0,expm1(z),z)',
    'z/(1+abs(z))',
    '2^z',
    'log1p(z^2)',
    'cos(z)^5',
    'erfc(z)',
  ])('%s', (activation) => {
    expect(apart({ ...FCN, activation })).toBeLessThan(1e-12);
    expect(apart({ ...FCN, activation, loss: 'cross-entropy' })).toBeLessThan(1e-12);
  });

  test.each([HUBER, '-y*log(f)-(1-y)*log(1-f)', 'log(1+(f-y)^2)', '(f-y)^4'])('loss %s', (loss) => {
    expect(apart({ ...FCN, loss })).toBeLessThan(1e-12);
    expect(apart({ ...FCN, loss, activation: '0.5+tanh(z)/4', samples: 33 })).toBeLessThan(1e-12);
  });

  test.each([
    ['z*sigmoid(1.702*z)', 'squared'],
    ['sigmoid', HUBER],
    ['z/(1+abs(z))', 'log(1+(f-y)^2)'],
  ])('descents with %s and %s', (activation, loss) => {
    expect(disagreement(native, { ...FCN, activation, loss })).toBeLessThan(1e-12);
  });
});

/** Functions that are no activation by themselves, in one that is. */
const INSIDE: Readonly<Record<string, string>> = {
  log: 'log(abs(z)+1e-3)',
  log1p: 'log1p(abs(z)-0.5)',
  sqrt: 'sqrt(abs(z)+1e-6)',
  sign: 'z*sign(z)',
};

describe('every function of formulas', () => {
  const points = [
    -700, -40000, -60, -9.5, -3, -1.2, -0.75, -1e-9, 0, 1e-300, 1e-12, 0.3, 1, 1.5, 7, 28, 700, 40000, 1e9,
  ];

  test.each(FUNCTION_NAMES)('%s is near that of JavaScript wherever it is finite, and not finite elsewhere', (name) => {
    const inside = INSIDE[name] ?? (arityOf(name) === 1 ? `${name}(z)` : `${name}(z,0.3)`);
    const { value } = formulaActivation(inside);
    valuesAt(points, inside).forEach((got, i) => {
      const wanted = value(points[i]);
      if (Number.isFinite(got) && Number.isFinite(wanted))
        expect(Math.abs(got - wanted)).toBeLessThanOrEqual(16 * 2 ** -52 * Math.abs(wanted) + 1e-300);
      else expect(Number.isFinite(wanted) && Math.abs(wanted) < 1e307).toBe(false);
    });
  });
});

describe('a built-in activation as a formula, in the kernels', () => {
  test.each(Object.entries(WRITTEN))('%s is %s to rounding, in doubles and in floats', (formula, name) => {
    const points = pointsFor(FCN);
    for (const loss of ['squared', 'cross-entropy']) {
      const [mine, theirs] = [formula, name].map((activation) => ({
        ...problemFor(native, { ...FCN, loss }),
        activation: parseActivation(activation),
      }));
      const [got, expected] = [native.evaluate(mine, points), native.evaluate(theirs, points)];
      const [curved, exact] = [mine, theirs].map((problem) =>
        native.hessianVector(problem, points, pointsFor(FCN, 5), true),
      );
      const doubles = [
        [got.loss, expected.loss],
        [got.gradient, expected.gradient],
        [got.outputGradient, expected.outputGradient],
        [curved.weights, exact.weights],
        [curved.outputWeights, exact.outputWeights],
      ];
      for (const [a, b] of doubles) expect(distance(a, b, 1e-6)).toBeLessThan(4e-15);
      const [single, rounded] = [mine, theirs].map((problem) =>
        native.gradientSingle(native.roundProblem(problem), points),
      );
      expect(distance(single.gradient, rounded.gradient, 1e-6)).toBeLessThan(2e-6);
    }
  });

  test('a wrong formula is told from a right one', () => {
    const points = pointsFor(FCN);
    const [mine, theirs] = ['1/(1+exp(-1.0001*z))', 'sigmoid'].map((activation) =>
      native.evaluate({ ...problemFor(native, FCN), activation: parseActivation(activation) }, points),
    );
    expect(distance(mine.gradient, theirs.gradient, 1e-6)).toBeGreaterThan(1e-6);
  });
});

test('the same formula has the same number, and a program beyond its registers is refused', () => {
  const calls: unknown[][] = [];
  const numberOf = formulaNumbers({ defineFormula: (...args) => calls.push(args) }, ['add']);
  const { formula } = formulaActivation('z+z');
  if (formula === undefined) throw new Error('an activation by formula has its formula');
  expect([numberOf(formula), numberOf(formula), calls.length]).toEqual([1, 1, 1]);
  expect(Array.from(calls[0][3] as Int32Array)).toEqual(
    Array.from(formula.slopes.code, (word, i) => (i % INSTRUCTION_LENGTH === 0 ? 0 : word)),
  );
  const broken = {
    ...formula,
    text: 'broken',
    slopes: { ...formula.slopes, code: Int32Array.of(0, 999, -1, 0, 0, 0) },
  };
  const problem = { ...problemFor(native, FCN), activation: { ...formulaActivation('z+z'), formula: broken } };
  expect(() => native.evaluate(problem, pointsFor(FCN))).toThrow('code must be a program of its registers, got 999');
});

test('a block of samples that is not full does not see what lies beyond it', () => {
  const c = { ...FCN, samples: 1, activation: 'log(abs(z)+1e-300)' };
  expect(apart(c)).toBeLessThan(1e-12);
});
