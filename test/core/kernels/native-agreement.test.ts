import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { ACTIVATION_EXAMPLES } from '../../../src/core/networks/activationTable.js';
import type { DescentKernels, Evaluation, Inputs, Problem } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { LOSS_NAMES } from '../../../src/core/networks/losses.js';
import { BASE, disagreement, gaussian, pointsFor, problemFor, type Case } from './cases.js';

const native = loadNativeKernels();
const TOLERANCE = 1e-12;

const SHAPES = [
  { strides: 1, rows: 5 },
  { strides: 4, rows: 1 },
  { strides: 2, rows: 3 },
];

describe('native kernels agree with the reference', () => {
  for (const activation of ACTIVATION_EXAMPLES) {
    for (const loss of LOSS_NAMES) {
      test.each(SHAPES)(`${activation}, ${loss}, %o`, (shape) => {
        expect(disagreement(native, { ...BASE, samples: 37, activation, loss, shape })).toBeLessThan(TOLERANCE);
      });
    }
  }

  test.each([0, 1, 2, 31, 32, 33, 63, 64, 65, 511, 512, 513, 547])('samples %i', (samples) => {
    expect(disagreement(native, { ...BASE, samples, dimension: 5 })).toBeLessThan(TOLERANCE);
  });

  test.each([1, 2, 3, 4, 7, 8, 9, 16, 17, 61, 127, 300])('dimension %i', (dimension) => {
    expect(disagreement(native, { ...BASE, samples: 35, dimension })).toBeLessThan(TOLERANCE);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 64, 65, 131])('rows %i', (rows) => {
    expect(disagreement(native, { ...BASE, samples: 33, dimension: 6, shape: { strides: 1, rows } })).toBeLessThan(
      TOLERANCE,
    );
  });

  test.each([1, 2, 3, 7, 60])('strides %i', (strides) => {
    expect(
      disagreement(native, { ...BASE, samples: 33, dimension: 2 * strides, shape: { strides, rows: 1 } }),
    ).toBeLessThan(TOLERANCE);
  });

  test.each([1, 2, 7, 20, 23, 67])('starts %i', (starts) => {
    expect(disagreement(native, { ...BASE, samples: 33, starts, shape: { strides: 1, rows: 3 } })).toBeLessThan(
      TOLERANCE,
    );
  });

  test('any sizes', () => {
    const sizes = fc.record({
      samples: fc.integer({ min: 0, max: 70 }),
      rowLength: fc.integer({ min: 1, max: 19 }),
      strides: fc.integer({ min: 1, max: 5 }),
      rows: fc.integer({ min: 1, max: 14 }),
      starts: fc.integer({ min: 1, max: 9 }),
      activation: fc.constantFrom(...ACTIVATION_EXAMPLES),
    });
    fc.assert(
      fc.property(sizes, ({ samples, rowLength, strides, rows, starts, activation }) => {
        const c = { ...BASE, samples, dimension: rowLength * strides, shape: { strides, rows }, starts, activation };
        expect(disagreement(native, c)).toBeLessThan(TOLERANCE);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test('clipped cross entropy: outputs at and beyond 0 and 1', () => {
    const c: Case = { ...BASE, activation: 'linear', loss: 'cross-entropy', samples: 40 };
    expect(disagreement(native, c)).toBeLessThan(TOLERANCE);
  });
});

/** Kernels that are wrong in one way each. The comparison must tell every one of them from a right one. */
const WRONG: Readonly<Record<string, (right: DescentKernels) => Partial<DescentKernels>>> = {
  'gradient scaled by 1 + 1e-9': (right) => ({
    evaluate: (problem, points) => mapGradient(right.evaluate(problem, points), (g) => g * (1 + 1e-9)),
  }),
  'gradient with the other sign': (right) => ({
    evaluate: (problem, points) => mapGradient(right.evaluate(problem, points), (g) => -g),
  }),
  'sum instead of mean': (right) => ({
    evaluate: (problem, points) => mapGradient(right.evaluate(problem, points), (g) => g * problem.inputs.samples),
  }),
  'last sample dropped': (right) => ({
    evaluate: (problem, points) => right.evaluate(withoutLastSample(problem), points),
  }),
  'derivative of another slope': (right) => ({
    evaluate: (problem, points) =>
      right.evaluate({ ...problem, activation: { ...problem.activation, parameters: [1.000001, 0] } }, points),
  }),
  'one feature of the last row untouched': (right) => ({
    evaluate: (problem, points) => {
      const evaluation = right.evaluate(problem, points);
      evaluation.gradient[evaluation.gradient.length - 1] = 0;
      return evaluation;
    },
  }),
  'labels ignored': (right) => ({
    evaluate: (problem, points) =>
      right.evaluate({ ...problem, labels: new Float64Array(problem.labels.length) }, points),
  }),
  'one update too many': (right) => ({
    descend: (problem, state, updates, tolerance) => right.descend(problem, state, updates + 1, tolerance),
  }),
  'steps never taken back': (right) => ({
    descend: (problem, state, updates, tolerance) =>
      right.descend(problem, { ...state, backtracking: false }, updates, tolerance),
  }),
  'steps taken back but not halved': (right) => ({
    descend: (problem, state, updates, tolerance) =>
      right.descend(problem, { ...state, stepSizes: state.stepSizes.slice() }, updates, tolerance),
  }),
  'loss tolerance ignored': (right) => ({
    descend: (problem, state, updates, tolerance) =>
      right.descend(problem, { ...state, lossTolerance: -1 }, updates, tolerance),
  }),
  'v trained when it should not be': (right) => ({
    descend: (problem, state, updates, tolerance) =>
      right.descend(problem, { ...state, trainOutput: true }, updates, tolerance),
  }),
  'curvature of v left out': (right) => ({
    hessianVector: (problem, points, directions) => right.hessianVector(problem, points, directions, false),
  }),
  'outputs shifted by one sample': (right) => ({
    outputs: (inputs, shape, activation, points) => {
      const out = right.outputs(inputs, shape, activation, points);
      return out.map((_, i) => out[(i + 1) % out.length]);
    },
  }),
};

function mapGradient(evaluation: Evaluation, f: (g: number) => number): Evaluation {
  return { ...evaluation, gradient: evaluation.gradient.map(f) };
}

function withoutLastSample(problem: Problem): Problem {
  return { ...problem, inputs: { ...problem.inputs, samples: problem.inputs.samples - 1 } };
}

describe('the comparison rejects wrong kernels', () => {
  test.each(Object.keys(WRONG))('%s', (name) => {
    const wrong = { ...native, ...WRONG[name](native) };
    expect(disagreement(wrong, BASE)).toBeGreaterThan(100 * TOLERANCE);
  });
});

describe('inputs', () => {
  test('that allocateInputs did not make are padded by a copy', () => {
    const values = gaussian(33 * 5, 1);
    const problem = problemFor(
      { ...native, allocateInputs: (samples, dimension) => ({ samples, dimension, values }) },
      { ...BASE, samples: 33, dimension: 5 },
    );
    const padded = problemFor(native, { ...BASE, samples: 33, dimension: 5 });
    expect(problem.inputs.values).toEqual(padded.inputs.values);
  });

  test('are packed in the memory that was allocated', () => {
    const inputs: Inputs = native.allocateInputs(100, 7);
    expect(native.prepare(inputs).values).toBe(inputs.values);
  });

  test('of the reference layout are refused', () => {
    const problem = problemFor(native, BASE);
    const rows: Problem = { ...problem, inputs: { ...problem.inputs, layout: 'rows' } };
    expect(() => native.evaluate(rows, pointsFor(BASE))).toThrow("prepared by the native kernels, got layout 'rows'");
  });
});
