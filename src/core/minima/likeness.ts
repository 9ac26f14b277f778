/** Whether two minima are one, up to what does not change the risk. */
import type { Rows } from '../kernels/populationContract.js';
import { bottleneck, rowDistance } from '../matching/matching.js';
import type { Parity } from '../networks/activations.js';
import { frobeniusNorm } from '../networks/teachers.js';
import { areCongruent, type LabelledVector } from './congruence.js';
import type { Likeness } from './sorting.js';

/** Which students count as one, beside those that differ in the order of their neurons. */
export interface Symmetry {
  /** rows of W: K, or 1 in a cnn, whose strides have a fixed order */
  readonly rows: number;
  /** even: w and −w are one; odd: (w, v) and (−w, −v) */
  readonly parity: Parity;
  /**
   * with the population risk of this teacher: students are one too when an orthogonal map of the inputs leads from one
   * to the other and the teacher to itself. Rows of I may then change places together with the columns of W
   */
  readonly teacher?: Rows;
}

/** A point where the gradient vanishes and the Hessian is positive definite, to rounding. */
export interface Minimum {
  /** (rows, m) */
  readonly weights: Float64Array;
  /** v (K) */
  readonly outputWeights: Float64Array;
  readonly loss: number;
  /** how far the loss may be from that of the exact minimum */
  readonly lossError: number;
  /** how far the point may be from the exact minimum, to first order: ‖∇f‖/λ_min */
  readonly reach: number;
}

/** Points are one when they are this many times their reaches apart, or less; different when farther than the second. */
const SAME = 10;
const APART = 1e4;

/** Different losses decide; otherwise distance does, as a multiple of how far the points may be from exact minima. */
export function likeness(first: Minimum, second: Minimum, symmetry: Symmetry): Likeness {
  if (Math.abs(first.loss - second.loss) > SAME * (first.lossError + second.lossError)) return 'different';
  const reach = first.reach + second.reach;
  if (areWithin(first, second, SAME * reach, symmetry) === true) return 'same';
  return areWithin(first, second, APART * reach, symmetry) === false ? 'different' : 'unclear';
}

/** Whether neurons can be matched so that no two are farther apart; undefined where a search for it is too long. */
function areWithin(first: Minimum, second: Minimum, distance: number, symmetry: Symmetry): boolean | undefined {
  const [one, two] = [first, second].map((minimum) => neuronsOf(minimum, symmetry));
  const { teacher, parity } = symmetry;
  if (teacher === undefined) return largestDistance(one, two, parity) <= distance;
  const planted = neuronsOf(teacher, { rows: teacher.outputWeights.length, parity });
  const longest = Math.max(...[...one, ...two, ...planted].map(({ w }) => frobeniusNorm(w)));
  const sets = [one, two].map((student) => [...labelled('student', student), ...labelled('teacher', planted)]);
  const [a, b] = sets.map((set) => (parity === 'even' ? withBothSigns(set) : set));
  return areCongruent(a, b, (2 * longest + distance) * distance);
}

interface Neuron {
  readonly w: Float64Array;
  /** one number, or those of all strides */
  readonly v: Float64Array;
}

/** The neurons, of an odd φ those with a first v of at least 0. */
function neuronsOf(
  { weights, outputWeights }: Pick<Minimum, 'weights' | 'outputWeights'>,
  { rows, parity }: Pick<Symmetry, 'rows' | 'parity'>,
): Neuron[] {
  const part = (values: Float64Array, i: number): Float64Array =>
    values.subarray((i * values.length) / rows, ((i + 1) * values.length) / rows);
  return Array.from({ length: rows }, (_, i) => {
    const [w, v] = [part(weights, i), part(outputWeights, i)];
    return parity === 'odd' && v[0] < 0 ? { w: negated(w), v: negated(v) } : { w, v };
  });
}

function negated(values: Float64Array): Float64Array {
  return values.map((value) => -value);
}

/** Neurons with unequal v are never matched. */
function largestDistance(first: readonly Neuron[], second: readonly Neuron[], parity: Parity): number {
  const cost = first.flatMap(({ w, v }) =>
    second.map((other) =>
      labelOf(v) === labelOf(other.v) ? Math.sqrt(rowDistance(w, other.w, { signs: parity === 'even' })) : Infinity,
    ),
  );
  return bottleneck(Float64Array.from(cost), first.length);
}

function labelled(kind: string, neurons: readonly Neuron[]): LabelledVector[] {
  return neurons.map(({ w, v }) => ({ label: `${kind} ${labelOf(v)}`, vector: w }));
}

function labelOf(v: Float64Array): string {
  return v.join(' ');
}

/** A matching of all vectors with their negatives is one modulo signs. */
function withBothSigns(vectors: readonly LabelledVector[]): LabelledVector[] {
  return [...vectors, ...vectors.map(({ label, vector }) => ({ label, vector: negated(vector) }))];
}
