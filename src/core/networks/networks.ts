import { refuse } from '../../base/errors.js';
import { wordsOf, wordsWith, type Word, type WordWith } from '../../base/vocabulary.js';
import type { NetworkShape } from '../kernels/contract.js';

/** The table of network shapes: `fcn` has K weight rows of length d, `cnn` one of length m = d/K. */
export const ARCHITECTURE_TABLE = {
  fcn: { description: 'fully connected' },
  cnn: { description: 'one filter on K strides that do not overlap (fu2019)' },
} as const satisfies Readonly<Record<string, { readonly description: string }>>;
export type Architecture = Word<typeof ARCHITECTURE_TABLE>;
export const ARCHITECTURES = wordsOf(ARCHITECTURE_TABLE);

interface OutputLaw {
  readonly description: string;
  /** The largest Σ_k |v_k| for K units. */
  readonly total: (units: number) => number;
  /** The root mean square of v_k. */
  readonly size: (units: number) => number;
  /** True when all v_k are equal, positive and known; otherwise they are random. */
  readonly isKnown: boolean;
}

/** The table of output weights v of f = Σ_k v_k φ. */
export const OUTPUTS = {
  mean: { description: 'f = (1/K) Σ φ', total: () => 1, size: (units) => 1 / units, isKnown: true },
  sum: { description: 'f = Σ φ', total: (units) => units, size: () => 1, isKnown: true },
  signs: { description: 'f = Σ v_k φ with v_k = ±1 at random', total: (units) => units, size: () => 1, isKnown: false },
  gaussian: { description: 'f = Σ v_k φ with v_k ~ N(0, 1)', total: () => Infinity, size: () => 1, isKnown: false },
} as const satisfies Readonly<Record<string, OutputLaw>>;

/** What a teacher's v may be. */
export type TeacherOutput = Word<typeof OUTPUTS>;
export const TEACHER_OUTPUTS = wordsOf(OUTPUTS);

/** What a given network's v may be: known. */
export type Output = WordWith<typeof OUTPUTS, { readonly isKnown: true }>;
export const KNOWN_OUTPUTS: readonly Output[] = wordsWith(OUTPUTS, { isKnown: true });

/** What only a teacher's v may be: random. */
export type DrawnOutput = Exclude<TeacherOutput, Output>;

/** Whether a teacher's v is random. */
export function isDrawnOutput(output: TeacherOutput): output is DrawnOutput {
  return !outputOf(output).isKnown;
}

export function outputOf(output: TeacherOutput): OutputLaw {
  return OUTPUTS[output];
}

/**
 * The shape of a network with K hidden units on inputs of dimension d.
 * @throws InputError when K does not divide d for a cnn
 */
export function networkShape(architecture: Architecture, neurons: number, dimension: number): NetworkShape {
  if (architecture === 'fcn') return { strides: 1, rows: neurons };
  if (dimension % neurons !== 0) refuse('the number of neurons K of a cnn', `a divisor of d = ${dimension}`, neurons);
  return { strides: neurons, rows: 1 };
}

/** K = strides·rows, the number of hidden units. */
export function unitCount(shape: NetworkShape): number {
  return shape.strides * shape.rows;
}

/** v of L starts for a named output: (L, K). */
export function outputWeights(output: Output, starts: number, units: number): Float64Array {
  return new Float64Array(starts * units).fill(outputOf(output).size(units));
}

/** The same values for each of L starts: (L, …). */
export function repeated(values: Float64Array, starts: number): Float64Array {
  const out = new Float64Array(values.length * starts);
  for (let l = 0; l < starts; l++) out.set(values, l * values.length);
  return out;
}
