// Words of one's own for study files: study.yaml beside this file uses them.
import {
  defineActivation,
  defineInputs,
  defineLoss,
  defineMeasure,
  defineStart,
  defineTeacher,
} from '@basin-lab/basin';

/** Neighbouring coordinates of x have correlation rho: x_j = rho x_{j−1} + √(1 − rho²) ε_j, ε ~ N(0, 1). */
export const correlated = defineInputs({
  name: 'correlated',
  description: 'N(0, Σ) with Σ_ij = rho^|i − j|',
  argument: { name: 'rho', min: -0.99, max: 0.99, default: 0.5 },
  draw({ n, d, argument: rho, stream }) {
    const x = stream.normals(n * d);
    const fresh = Math.sqrt(1 - rho * rho);
    for (let i = 0; i < x.length; i++) if (i % d > 0) x[i] = rho * x[i - 1] + fresh * x[i];
    return x;
  },
});

/** The sigmoid linear unit with slope b, `silu:b`. */
export const silu = defineActivation({
  name: 'silu',
  description: 'z σ(bz)',
  argument: { name: 'b', min: 0.01, max: 100, default: 1 },
  formula: (b) => `z*sigmoid(${b}*z)`,
});

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const slope = (z: number): number => sigmoid(z) * sigmoid(-z);
const curvature = (z: number): number => -slope(z) * Math.tanh(z / 2);

/** The same with functions in place of a formula, for what a formula cannot say. */
export const siluByFunctions = defineActivation({
  name: 'silu-by-functions',
  description: 'z σ(z)',
  value: (z) => z * sigmoid(z),
  derivative: (z) => sigmoid(z) + z * slope(z),
  secondDerivative: (z) => 2 * slope(z) + z * curvature(z),
  range: [-600, 600],
});

/** log cosh(f − y) and a constant: near 0 squared, far away absolute. */
export const logCosh = defineLoss({
  name: 'log-cosh',
  description: 'log cosh(f − y)',
  formula: 'softplus(2*(f-y)) - (f-y)',
});

/** Every neuron is the same in one coordinate: rows that are far from orthonormal. */
export const alike = defineTeacher({
  name: 'alike',
  description: 'N(0, 1) entries, the first of each row 1',
  draw({ K, d, stream }) {
    const w = stream.normals(K * d);
    for (let k = 0; k < K; k++) w[k * d] = 1;
    return w;
  },
});

/** Starts on the ray through W*: between 0 and 2 times as long. */
export const scaled = defineStart({
  name: 'on-ray',
  description: 'u W* with u uniform on (0, 2)',
  draw({ L, teacher, stream }) {
    const u = stream.uniforms(L);
    return Float64Array.from({ length: L * teacher.length }, (_, i) => {
      const l = Math.floor(i / teacher.length);
      return 2 * u[l] * teacher[i % teacher.length];
    });
  },
});

/** How wrong the best end is on samples that it has not seen: the mean of (f(x) − f*(x))². */
export const testError = defineMeasure({
  name: 'testError',
  description: 'mean of (f − f*)² of the best start on 1000 fresh samples',
  statistic: 'median',
  measure({ fresh, outputs, bestW, bestV, teacher, teacherV }) {
    const X = fresh(1000);
    const [f, target] = [outputs(X, bestW, bestV), outputs(X, teacher, teacherV)];
    return f.reduce((sum, value, i) => sum + (value - target[i]) ** 2, 0) / f.length;
  },
});
