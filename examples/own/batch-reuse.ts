// Does it matter whether a step sees new samples? One neuron learns f*(x) = φ(w*ᵀx), φ = He₃/√6, from a random start.
import { choice, defineExperiment, number } from '@basin-lab/basin';

/** He₃(z)/√6 and its derivative: the first Hermite coefficient that is not 0 is the third. */
const value = (z: number): number => (z * z * z - 3 * z) / Math.sqrt(6);
const derivative = (z: number): number => (3 * z * z - 3) / Math.sqrt(6);

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, j) => sum + x * b[j], 0);

/** w ← w − step·g on the sphere, g the gradient of ½(φ(wᵀx) − y)² over a batch X (n, d) with labels φ(x_1). */
function descend(w: Float64Array, X: Float64Array, step: number): void {
  const [d, n] = [w.length, X.length / w.length];
  const gradient = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    const x = X.subarray(i * d, (i + 1) * d);
    const z = dot(w, x);
    const pull = ((value(z) - value(x[0])) * derivative(z)) / n;
    for (let j = 0; j < d; j++) gradient[j] += pull * x[j];
  }
  const along = dot(gradient, w);
  for (let j = 0; j < d; j++) w[j] -= step * (gradient[j] - along * w[j]);
  const length = Math.sqrt(dot(w, w));
  for (let j = 0; j < d; j++) w[j] /= length;
}

export default defineExperiment({
  id: 'batch-reuse',
  title: 'Steps on one batch again and again, or on fresh samples?',
  settings: {
    d: number({ description: 'input dimension', integer: true, min: 2, max: 1000, default: 30 }),
    samples: number({ description: 'samples over d', list: true, min: 1, max: 1e4, default: [5, 10, 20, 40] }),
    way: choice(['one-pass', 'reused', 'fresh'], {
      description: 'batches of d samples once; all samples in every step; as many fresh samples in every step',
      list: true,
      default: ['one-pass', 'reused', 'fresh'],
    }),
    steps: number({ description: 'steps of the ways with all samples', integer: true, min: 1, max: 1e5, default: 400 }),
    stepSize: number({ description: 'step size', min: 1e-6, max: 10, default: 0.05 }),
    trials: number({ description: 'trials per cell', integer: true, min: 1, max: 1e6, default: 30 }),
  },
  cells: ({ samples, way, trials }) =>
    way.flatMap((name) => samples.map((ratio) => ({ settings: { way: name, samples: ratio }, trials }))),
  trial({ settings: { d, samples, way, steps, stepSize }, stream }) {
    const [data, n] = [stream('data'), Math.round(samples * d)];
    const w = stream('start').normals(d);
    const length = Math.sqrt(dot(w, w));
    w.forEach((x, j) => (w[j] = x / length));
    const batch = data.normals(n * d);
    const count = way === 'one-pass' ? Math.floor(n / d) : steps;
    for (let t = 0; t < count; t++) {
      if (way === 'one-pass') descend(w, batch.subarray(t * d * d, (t + 1) * d * d), stepSize);
      else descend(w, way === 'reused' ? batch : data.normals(n * d), stepSize);
    }
    return { measures: { overlap: Math.abs(w[0]), found: Math.abs(w[0]) > 0.5 ? 1 : 0 } };
  },
  measures: [
    { name: 'found', of: 'found', description: 'share of trials with |wᵀw*| > ½', statistic: 'rate' },
    { name: 'overlap', of: 'overlap', description: 'mean of |wᵀw*|', statistic: 'share' },
  ],
});
