/** Small training sets and networks for the certificates, with the same problem for the kernels. */
import { parseActivation } from '../../../src/core/networks/activations.js';
import { trainingRows, type Network, type TrainingRows } from '../../../src/core/certificates/linearisation.js';
import type { Points, Problem } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';

export const native = loadNativeKernels();

export function normals(length: number, purpose: number, trial = 0): Float64Array {
  const out = new Float64Array(length);
  native.normals({ key: [17, 4], trial, purpose }, 0, out);
  return out;
}

export interface Small {
  readonly rows: TrainingRows;
  readonly network: Network;
  readonly problem: Problem;
  readonly point: Points;
}

/** n samples of dimension d, K units with v of both signs, random labels unless `planted`. */
export function small(options: {
  n: number;
  d: number;
  K: number;
  activation: string;
  trainOutput?: boolean;
  planted?: boolean;
  trial?: number;
  v?: Float64Array;
}): Small {
  const { n, d, K, trainOutput = true, trial = 0 } = options;
  const activation = parseActivation(options.activation);
  const x = normals(n * d, 1, trial);
  const inputs = native.allocateInputs(n, d);
  inputs.values.set(x);
  const prepared = native.prepare(inputs);
  const shape = { strides: 1, rows: K };
  const teacher = {
    starts: 1,
    weights: normals(K * d, 2, trial).map((w) => w / Math.sqrt(d)),
    outputWeights: new Float64Array(K).fill(1),
  };
  const labels = options.planted === true ? native.outputs(prepared, shape, activation, teacher) : normals(n, 3, trial);
  const weights = normals(K * d, 4, trial).map((w) => w / Math.sqrt(d));
  const outputWeights = options.v ?? Float64Array.from({ length: K }, (_, u) => (u % 2 === 0 ? 1 : -1) * (1 + u / 10));
  return {
    rows: trainingRows(native, x, labels),
    network: { activation, neurons: K, weights, outputWeights, trainOutput },
    problem: { inputs: prepared, labels, shape, activation, loss: 'squared' },
    point: { starts: 1, weights, outputWeights },
  };
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  return Array.from(a).reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i])), 0);
}
