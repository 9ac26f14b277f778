/**
 * The generalisation error at which online SGD with noisy labels ends, to first order in σ². The teacher's rows are
 * orthonormal, the student has the same output weights. Derivation: docs/derivations/online-sgd.md.
 */
import { solveLinear } from '../linear.js';
import { drift, generalisationError, type OnlineSgd, type OrderParameters } from './dynamics.js';

/** A student with the teacher's rows, and further rows that are all 0; v of every row is that of the teacher. */
export type CommitteeSgd = Pick<
  OnlineSgd,
  'activation' | 'rows' | 'teacherRows' | 'teacherOutput' | 'stepSize' | 'batch'
>;

/** Steps of central differences; the order parameters are of order 1. */
const STEP = 1e-4;

/**
 * lim ε_g/σ² as σ → 0 at the fixed point near W = (U, 0). Further rows stay equal, as they start. Not finite where the
 * linearised equations have no unique fixed point. With η above the first instability it is negative: no run ends there.
 */
export function finalErrorPerNoise(committee: CommitteeSgd): number {
  const { rows, teacherRows: M, teacherOutput } = committee;
  const outputWeights = new Float64Array(rows).fill(teacherOutput[0]);
  const entries = coordinates(rows, M);
  const at = (x: Float64Array): OrderParameters => ({ gram: gramAt(entries, x, rows, M), outputWeights });
  const driftAt = (x: Float64Array, noise: number): Float64Array => {
    const { gram } = drift({ ...committee, noise, trainOutput: false }, at(x));
    return Float64Array.from(entries, ([first]) => gram[first]);
  };
  const noiseless = { ...committee, noise: 0, trainOutput: false };
  const origin = new Float64Array(entries.length);
  const [still, noisy] = [driftAt(origin, 0), driftAt(origin, 1)];
  const columns = entries.map((_, j) => slope((x) => driftAt(x, 0), unit(entries.length, j)));
  const response = solveLinear(
    columns,
    noisy.map((rate, i) => still[i] - rate),
  );
  return slope((x) => Float64Array.of(generalisationError(noiseless, at(x))), response)[0];
}

/** The entries of the Gram matrix that are one coordinate, for every coordinate: of W with U and with itself. */
function coordinates(rows: number, M: number): number[][] {
  const P = rows + M;
  const byName = new Map<string, number[]>();
  // All further rows are the same row.
  const distinct = (i: number): number => Math.min(i, M);
  for (let i = 0; i < rows; i++) {
    for (let n = 0; n < P; n++) {
      const names = n < rows ? [distinct(i), distinct(n)].sort((a, b) => a - b) : [distinct(i), n];
      const own = byName.get(names.join()) ?? [];
      byName.set(names.join(), [...own, i * P + n, n * P + i]);
    }
  }
  return [...byName.values()];
}

/** The Gram matrix of (U, 0; U), plus x in the given entries. */
function gramAt(entries: readonly number[][], x: Float64Array, rows: number, M: number): Float64Array {
  const P = rows + M;
  const gram = new Float64Array(P * P);
  for (let m = 0; m < M; m++) {
    for (const i of [m, rows + m]) {
      for (const n of [m, rows + m]) gram[i * P + n] = 1;
    }
  }
  entries.forEach((own, j) => {
    for (const entry of new Set(own)) gram[entry] += x[j];
  });
  return gram;
}

function unit(size: number, j: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => Number(i === j));
}

/** The derivative of f at 0 along a direction. */
function slope(f: (x: Float64Array) => Float64Array, direction: Float64Array): Float64Array {
  const length = Math.hypot(...direction);
  const [ahead, behind] = [1, -1].map((side) => f(direction.map((x) => (side * STEP * x) / length)));
  return ahead.map((value, i) => ((value - behind[i]) * length) / (2 * STEP));
}
