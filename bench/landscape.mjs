/** Workload F: plain descent with rows of norm 1 on the landscape loss L of gao2018, S_4 = sgn(x)⊗⁴. */
import { drawInputs } from '../dist/core/networks/inputs.js';
import { methodState } from '../dist/core/landscape/method.js';
import { landscapeProblem } from '../dist/core/landscape/problem.js';
import { exactTerms } from '../dist/core/landscape/terms.js';
import { requireAgreement } from './verify.mjs';

export const LANDSCAPES = {
  F: { title: 'landscape L, Laplace inputs', samples: 8192, dimension: 50, neurons: 50, mu: 30, step: 5e-5 },
};

const NEVER = -1;
const STREAM = { key: [2018, 7], trial: 0 };
/** The plain loops take seconds for the whole workload: they are compared on its first samples. */
const VERIFIED_SAMPLES = 200;

/** Multiplications and additions of the two matrix products of one step; nothing else is counted. */
export function landscapeFlops({ samples, dimension, neurons }) {
  return 4 * samples * dimension * neurons;
}

/** Inputs, labels Σ_j max(x_j, 0) of the teacher I, and a start. */
function dataOf(kernels, { samples, dimension, neurons }) {
  const x = drawInputs(kernels, 'laplace', samples, dimension, { ...STREAM, purpose: 4 }).values.slice(
    0,
    samples * dimension,
  );
  const labels = Float64Array.from({ length: samples }, (_, i) =>
    x.subarray(i * dimension, (i + 1) * dimension).reduce((sum, value) => sum + Math.max(value, 0), 0),
  );
  const rows = new Float64Array(neurons * dimension);
  kernels.normals({ ...STREAM, purpose: 5 }, 0, rows);
  return { x, labels, rows: rows.map((a) => a / Math.sqrt(dimension)) };
}

function problemOf(kernels, { dimension, mu }, { x, labels }, samples) {
  const terms = exactTerms('laplace', x.subarray(0, samples * dimension), samples, dimension);
  return landscapeProblem(kernels, terms, labels.subarray(0, samples), { sign: -1, mu, penalty: 0 });
}

const stateOf = ({ step }, { rows }) => methodState({ rule: 'gd', stepSize: step, unitRows: true }, rows);

/** A case of the bench as `cases.mjs` says, verified. */
export function landscapeCase([name, workload], native, reference) {
  const data = dataOf(native, workload);
  const got = native.evaluateLandscape(problemOf(native, workload, data, VERIFIED_SAMPLES), data.rows);
  const expected = reference.evaluateLandscape(problemOf(reference, workload, data, VERIFIED_SAMPLES), data.rows);
  requireAgreement(`${name}: the loss`, [got.loss], [expected.loss]);
  requireAgreement(`${name}: the gradient`, got.gradient, expected.gradient);
  const starting = (shape, numbers) => {
    const problem = problemOf(native, shape, numbers, shape.samples);
    return () => {
      const state = stateOf(shape, numbers);
      return (steps) => {
        native.descendLandscape(problem, state, steps, NEVER);
        return state.weights;
      };
    };
  };
  const descend = starting(workload, data);
  const { samples, dimension, neurons, mu, step } = workload;
  return {
    name,
    title: workload.title,
    flops: landscapeFlops(workload),
    inputBytes: 8 * samples * dimension,
    descend,
    idle: starting(
      { ...workload, dimension: 1 },
      { ...data, x: data.x.subarray(0, samples), rows: data.rows.subarray(0, neurons) },
    ),
    final: (steps) => descend()(steps),
    // The peers' loss has no sign: with s = −1 and S_4 of even order their weights are those of the problem, negated.
    job: {
      kind: 'landscape',
      samples,
      dimension,
      neurons,
      diagonal: 1 + mu,
      step,
      arrays: {
        signs: data.x.map(Math.sign),
        weights: problemOf(native, workload, data, samples).weights.map((w) => -w),
        rows: data.rows,
      },
    },
  };
}
