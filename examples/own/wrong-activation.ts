// The student has another activation than the teacher. Does descent still find the directions of W*, and what error is left?
import { choice, defineExperiment, number } from '@basin-lab/basin';

interface Phi {
  readonly value: (z: number) => number;
  readonly slope: (z: number) => number;
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const PHI: Readonly<Record<'relu' | 'softplus' | 'squared-relu' | 'sigmoid', Phi>> = {
  relu: { value: (z) => Math.max(z, 0), slope: (z) => (z > 0 ? 1 : 0) },
  softplus: { value: (z) => Math.log1p(Math.exp(-Math.abs(z))) + Math.max(z, 0), slope: sigmoid },
  'squared-relu': { value: (z) => Math.max(z, 0) ** 2, slope: (z) => 2 * Math.max(z, 0) },
  sigmoid: { value: sigmoid, slope: (z) => sigmoid(z) * sigmoid(-z) },
};

/** f(x_i) = (1/K) Σ_k φ(w_kᵀx_i) for rows W (K, d) and X (n, d). */
function outputs({ value }: Phi, W: Float64Array, X: Float64Array, d: number): Float64Array {
  const K = W.length / d;
  return Float64Array.from({ length: X.length / d }, (_, i) => {
    let f = 0;
    for (let k = 0; k < K; k++) f += value(preactivation(W, k, X, i, d)) / K;
    return f;
  });
}

function preactivation(W: Float64Array, k: number, X: Float64Array, i: number, d: number): number {
  let z = 0;
  for (let j = 0; j < d; j++) z += W[k * d + j] * X[i * d + j];
  return z;
}

/** One step on ½(f + b − y)², the offset b included: activations differ in their means. */
function step(phi: Phi, W: Float64Array, b: number, X: Float64Array, y: Float64Array, d: number, size: number): number {
  const [K, n] = [W.length / d, y.length];
  const f = outputs(phi, W, X, d);
  const gradient = new Float64Array(W.length);
  let offset = 0;
  for (let i = 0; i < n; i++) {
    const residual = (f[i] + b - y[i]) / n;
    offset += residual;
    for (let k = 0; k < K; k++) {
      const pull = (residual * phi.slope(preactivation(W, k, X, i, d))) / K;
      for (let j = 0; j < d; j++) gradient[k * d + j] += pull * X[i * d + j];
    }
  }
  for (let at = 0; at < W.length; at++) W[at] -= size * K * gradient[at];
  return b - size * offset;
}

/** Of the angle between row k of W and of W*, whose rows have norm 1. */
function cosine(W: Float64Array, teacher: Float64Array, k: number, d: number): number {
  const row = W.subarray(k * d, (k + 1) * d);
  return row.reduce((sum, w, j) => sum + w * teacher[k * d + j], 0) / Math.hypot(...row);
}

export default defineExperiment({
  id: 'wrong-activation',
  title: 'Directions of W* found by a student with another activation',
  settings: {
    K: number({
      description: 'neurons; row k of W* is (2 e_2k−1 + e_2k)/√5',
      integer: true,
      list: true,
      min: 1,
      max: 3,
      default: [1, 3],
    }),
    n: number({ description: 'samples', integer: true, list: true, min: 1, max: 1e5, default: [300, 1500] }),
    d: number({ description: 'input dimension', integer: true, min: 6, max: 100, default: 6 }),
    student: choice(['relu', 'softplus', 'squared-relu', 'sigmoid'], {
      description: 'activation of the student; the teacher has relu',
      list: true,
      default: ['relu', 'softplus', 'squared-relu', 'sigmoid'],
    }),
    inputs: choice(['gaussian', 'signs'], {
      description: 'N(0, I), or independent ±1',
      list: true,
      default: ['gaussian', 'signs'],
    }),
    steps: number({ description: 'steps', integer: true, min: 1, max: 1e5, default: 500 }),
    stepSize: number({ description: 'step size', min: 1e-6, max: 10, default: 0.5 }),
    trials: number({ description: 'trials per cell', integer: true, min: 1, max: 1e6, default: 10 }),
  },
  cells: ({ K, n, student, inputs, trials }) =>
    K.flatMap((neurons) =>
      inputs.flatMap((law) =>
        student.flatMap((phi) =>
          n.map((size) => ({ settings: { K: neurons, inputs: law, n: size, student: phi }, trials })),
        ),
      ),
    ),
  trial({ settings: { K, n, d, student, inputs, steps, stepSize }, stream }) {
    const teacher = new Float64Array(K * d);
    for (let k = 0; k < K; k++) teacher.set([2 / Math.sqrt(5), 1 / Math.sqrt(5)], k * d + 2 * k);
    const draw = (purpose: string): Float64Array => {
      const x = stream(purpose).normals(n * d);
      return inputs === 'gaussian' ? x : x.map(Math.sign);
    };
    const [X, fresh, phi] = [draw('data'), draw('test'), PHI[student]];
    const y = outputs(PHI.relu, teacher, X, d);
    const W = stream('start')
      .normals(K * d)
      .map((z, at) => teacher[at] + 0.2 * z);
    let b = 0;
    for (let t = 0; t < steps; t++) b = step(phi, W, b, X, y, d, stepSize);
    const [f, target] = [outputs(phi, W, fresh, d), outputs(PHI.relu, teacher, fresh, d)];
    const mean = target.reduce((sum, value) => sum + value / n, 0);
    const variance = target.reduce((sum, value) => sum + (value - mean) ** 2 / n, 0);
    const cosines = Array.from({ length: K }, (_, k) => cosine(W, teacher, k, d));
    return {
      measures: {
        angle: (180 / Math.PI) * Math.acos(Math.min(1, Math.min(...cosines))),
        error: f.reduce((sum, value, i) => sum + (value + b - target[i]) ** 2 / n, 0) / variance,
      },
    };
  },
  measures: [
    {
      name: 'angle',
      of: 'angle',
      description: 'median of the largest angle between a row and its row of W*, degrees',
      statistic: 'median',
    },
    {
      name: 'error',
      of: 'error',
      description: 'median of the error on fresh samples over the variance of f*',
      statistic: 'median',
    },
  ],
});
