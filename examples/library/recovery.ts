/**
 * Basin as a library, by a program outside of it: a start from the labels' moments, a descent from it, the curvature
 * where it ends; then a study of the same question on a grid, and what its trials say together.
 */
import { fit, hessian, initialize, InputError, openStudy, quantities, runStudy } from '@basin-lab/basin';
import type { NumericArray, TrainingProblem } from '@basin-lab/basin';
import { median } from '@basin-lab/basin/statistics';
import { parseAddress } from '@basin-lab/basin/store';

const [n, d, K] = [4000, 4, 2];

/** N(0, 1) from a generator of this program's own, so that it prints the same everywhere. */
function normals(count: number, seed: number): Float64Array {
  let state = seed;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return Float64Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  );
}

/** y = (1/K) Σ softplus(w_kᵀx) without noise. */
function labelsOf(x: Float64Array, w: Float64Array): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < K; k++) {
      let z = 0;
      for (let j = 0; j < d; j++) z += w[k * d + j] * x[i * d + j];
      sum += Math.log1p(Math.exp(z));
    }
    return sum / K;
  });
}

const x = normals(n * d, 1);
const teacher = normals(K * d, 2);
const inputs: NumericArray = { shape: [n, d], values: x };
const problem: TrainingProblem = { inputs, labels: labelsOf(x, teacher), activation: 'softplus', loss: 'squared' };

const { rho } = await quantities('softplus', 1);
console.log(`rho of softplus at 1: ${rho.fu2018.toPrecision(4)}`);

const start = await initialize({ ...problem, neurons: K, kind: 'regression', seed: 1 });
const fitted = await fit(
  { ...problem, start: start.weights },
  { stepSize: 'auto', iterations: 20_000, tolerance: 1e-9 },
);
const [{ status, loss }] = fitted.starts;
const { smallest } = await hessian({ ...problem, weights: fitted.weights });
console.log(`descent: ${status}, loss below 1e-12: ${loss < 1e-12}, minimum: ${smallest > 0}`);

const text = `
title: Error against n
grid: {K: [2], d: [4], n: [100, 400], activation: [softplus], labels: [regression], noise: [0.1], iterations: 200}
trials: 6
`;
const controller = new AbortController();
const { ending, dir } = await runStudy({ text }, { dir: 'study', workers: 2, signal: controller.signal });
console.log(`study: ${ending}`);

const study = await openStudy(dir);
for (const { settings, measures, trials } of study.cells()) {
  const { value, low, high } = measures.estimationError;
  console.log(`n = ${settings.n}: ${trials} trials, error in its interval: ${low <= value && value <= high}`);
}
const errors = Array.from(study.trials()).filter(({ address }) => parseAddress(address).trial < 3);
console.log(
  `median of ${errors.length} trials: ${median(Float64Array.from(errors, (one) => one.measures.estimationError)).value > 0}`,
);
study.close();

try {
  await fit({ ...problem, activation: 'sotfplus', start: start.weights }, { stepSize: 'auto', iterations: 1 });
} catch (error) {
  console.log(error instanceof InputError ? 'refused in one line' : error);
}
