/** The population risk: against samples, finite differences, and numbers from elsewhere. */
import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { evaluatePopulation, populationCurvature, type PopulationRisk } from '../../../src/core/risk/population.js';
import { pairOf } from '../../../src/core/risk/quadrature.js';
import { populationHessian } from '../../../src/theory/populationHessian.js';

const kernels = loadNativeKernels();

function normals(purpose: number, count: number): Float64Array {
  const values = new Float64Array(count);
  kernels.normals({ key: [5, 6], trial: 0, purpose }, 0, values);
  return values;
}

function riskOf(name: string, K: number, d: number): PopulationRisk {
  const teacher = { weights: normals(1, K * d), outputWeights: normals(2, K) };
  return { pair: pairOf(parseActivation(name)), dimension: d, teacher };
}

/** Quadrature is slow, so its network is small. */
const SIZES: readonly [string, number, number, number][] = [
  ['relu', 3, 2, 3],
  ['leaky-relu:0.3', 3, 2, 3],
  ['squared-relu', 3, 2, 3],
  ['erf', 3, 2, 3],
  ['quadratic', 3, 2, 3],
  ['linear', 3, 2, 3],
  ['sigmoid', 1, 1, 2],
];

describe.each(SIZES)('the risk of %s', (name, rows, K, d) => {
  const risk = riskOf(name, K, d);
  const student = { weights: normals(3, rows * d), outputWeights: normals(4, rows) };
  const at = (weights: Float64Array, outputWeights: Float64Array) =>
    evaluatePopulation(risk, { starts: 1, weights, outputWeights });
  const here = at(student.weights, student.outputWeights);

  it('is the mean over samples', () => {
    const n = 40_000;
    const activation = parseActivation(name);
    const inputs = kernels.prepare({ samples: n, dimension: d, values: normals(9, n * d) });
    const outputsOf = ({ weights, outputWeights }: typeof student, units: number): Float64Array =>
      kernels.outputs(inputs, { strides: 1, rows: units }, activation, { starts: 1, weights, outputWeights });
    const [f, target] = [outputsOf(student, rows), outputsOf(risk.teacher, K)];
    const terms = f.map((value, i) => (value - target[i]) ** 2 / 2);
    const mean = terms.reduce((sum, term) => sum + term, 0) / n;
    const sd = Math.sqrt(terms.reduce((sum, term) => sum + (term - mean) ** 2, 0) / n);
    expect(Math.abs(here.loss[0] - mean)).toBeLessThan((4 * sd) / Math.sqrt(n));
  });

  it('has the gradient of its differences', () => {
    const h = 1e-5;
    const central = (values: Float64Array, i: number, loss: (moved: Float64Array) => number): number => {
      const [up, down] = [h, -h].map((step) => loss(values.map((value, j) => (j === i ? value + step : value))));
      return (up - down) / (2 * h);
    };
    const scale = 1 + Math.max(...here.gradient.map(Math.abs));
    student.weights.forEach((_, i) => {
      const slope = central(student.weights, i, (moved) => at(moved, student.outputWeights).loss[0]);
      expect(Math.abs(slope - here.gradient[i])).toBeLessThan(1e-8 * scale);
    });
    student.outputWeights.forEach((_, i) => {
      const slope = central(student.outputWeights, i, (moved) => at(student.weights, moved).loss[0]);
      expect(Math.abs(slope - here.outputGradient[i])).toBeLessThan(1e-8 * scale);
    });
  });

  it.each([false, true])('has the Hessian of the differences of its gradient, in v too: %s', (trainOutput) => {
    const [h, size] = [1e-5, rows * d + (trainOutput ? rows : 0)];
    const hessian = populationCurvature(risk, student, trainOutput);
    const scale = 1 + Math.max(...hessian.map(Math.abs));
    for (let i = 0; i < size; i++) {
      const [up, down] = [h, -h].map((step) => {
        const moved = (values: Float64Array, first: number): Float64Array =>
          values.map((value, j) => (j + first === i ? value + step : value));
        const { gradient, outputGradient } = at(moved(student.weights, 0), moved(student.outputWeights, rows * d));
        return [...gradient, ...outputGradient];
      });
      for (let j = 0; j < size; j++)
        expect(Math.abs((up[j] - down[j]) / (2 * h) - hessian[i * size + j])).toBeLessThan(1e-7 * scale);
    }
  });

  it('is zero at the teacher, with a zero gradient and the Hessian of the theory', () => {
    const { loss, gradient } = at(risk.teacher.weights, risk.teacher.outputWeights);
    expect(Math.abs(loss[0])).toBeLessThan(1e-12);
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-12);
    const [found, expected] = [
      populationCurvature(risk, risk.teacher),
      populationHessian({ activation: parseActivation(name), ...risk.teacher }),
    ];
    const scale = Math.max(...expected.map(Math.abs));
    found.forEach((value, i) => {
      expect(Math.abs(value - expected[i])).toBeLessThan(1e-9 * scale);
    });
  });
});

it('has the minimum of Safran and Shamir for six neurons: its loss and least eigenvalue', () => {
  // One row −a on the axes but for one, as their files have it; polished by Newton's method here.
  const d = 6;
  const identity = Float64Array.from({ length: d * d }, (_, i) => (i % (d + 1) === 0 ? 1 : 0));
  const ones = new Float64Array(d).fill(1);
  const risk: PopulationRisk = {
    pair: pairOf(parseActivation('relu')),
    dimension: d,
    teacher: { weights: identity, outputWeights: ones },
  };
  let weights = Float64Array.from({ length: d * d }, (_, i) => {
    const [row, column] = [Math.floor(i / d), i % d];
    if (row === d - 1) return column === d - 1 ? -0.6 : 0.25;
    return column === row ? 1 : column === d - 1 ? 0.2 : -0.03;
  });
  for (let step = 0; step < 12; step++) {
    const { gradient } = evaluatePopulation(risk, { starts: 1, weights, outputWeights: ones });
    const move = kernels.solve(populationCurvature(risk, { weights, outputWeights: ones }), gradient, d * d, 1);
    weights = weights.map((w, i) => w - move[i]);
  }
  const { loss, gradient } = evaluatePopulation(risk, { starts: 1, weights, outputWeights: ones });
  const { values } = kernels.symmetricEigen(populationCurvature(risk, { weights, outputWeights: ones }), d * d);
  expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-12);
  expect(loss[0]).toBeCloseTo(0.025081, 5);
  expect(values[0]).toBeCloseTo(0.0047, 3);
});
