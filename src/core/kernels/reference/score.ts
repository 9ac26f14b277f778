import type { LocalMoments, PreparedInputs, ScoreKernels } from '../contract.js';

/** Weights below the smallest normal double are dropped: they carry no digits. */
const LEAST_EXPONENT = -708;

export const referenceScore: Omit<ScoreKernels, 'callFlops'> = { localMoments };

function localMoments(inputs: PreparedInputs, points: Float64Array, bandwidth: number, leftOut?: number): LocalMoments {
  const { dimension: d } = inputs;
  const count = points.length / d;
  const moments = {
    shares: new Float64Array(count),
    means: new Float64Array(points.length),
    covariances: new Float64Array(points.length * d),
  };
  for (let p = 0; p < count; p++) {
    const samples = rowsOf(inputs).filter((_, i) => leftOut === undefined || i !== leftOut + p);
    addPoint(samples, points.subarray(p * d, (p + 1) * d), bandwidth, p, moments);
  }
  return moments;
}

function rowsOf({ samples, dimension, values }: PreparedInputs): Float64Array[] {
  return Array.from({ length: samples }, (_, i) => values.subarray(i * dimension, (i + 1) * dimension));
}

/** All moments are taken about the nearest sample first: exact duplicates of it then lie at zero exactly. */
function addPoint(
  samples: readonly Float64Array[],
  x: Float64Array,
  bandwidth: number,
  p: number,
  moments: LocalMoments,
): void {
  const d = x.length;
  const nearest = nearestTo(x, samples);
  const weights = samples.map((sample) => weight(sample, nearest, x, bandwidth));
  const total = weights.reduce((sum, w) => sum + w, 0);
  const elsewhere = weights.filter((_, i) => squaredDistance(samples[i], nearest) > 0);
  moments.shares[p] = elsewhere.reduce((sum, w) => sum + w, 0) / total;
  const mean = Float64Array.from(
    nearest,
    (n, j) => samples.reduce((sum, sample, i) => sum + weights[i] * (sample[j] - n), 0) / total,
  );
  mean.forEach((m, j) => {
    moments.means[p * d + j] = nearest[j] - x[j] + m;
  });
  const centred = samples.map((sample) => sample.map((value, j) => value - nearest[j] - mean[j]));
  for (let j = 0; j < d; j++) {
    for (let k = 0; k < d; k++) {
      moments.covariances[(p * d + j) * d + k] =
        centred.reduce((sum, y, i) => sum + weights[i] * y[j] * y[k], 0) / total;
    }
  }
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, j) => sum + (value - b[j]) ** 2, 0);
}

/** The first of the samples that are nearest. */
function nearestTo(x: Float64Array, samples: readonly Float64Array[]): Float64Array {
  const distances = samples.map((sample) => squaredDistance(sample, x));
  return samples[distances.indexOf(Math.min(...distances))];
}

/**
 * w_i/w_* = exp(−(‖X_i − x‖² − ‖X_* − x‖²)/2h²), the difference of squares as (X_i − X_*)·(X_i − x + X_* − x), since
 * subtracting two large distances would lose digits.
 */
function weight(sample: Float64Array, nearest: Float64Array, x: Float64Array, bandwidth: number): number {
  const farther = sample.reduce(
    (sum, value, j) => sum + (value - nearest[j]) * (value - x[j] + (nearest[j] - x[j])),
    0,
  );
  const exponent = -farther / (2 * bandwidth * bandwidth);
  return exponent > LEAST_EXPONENT ? Math.exp(exponent) : 0;
}
