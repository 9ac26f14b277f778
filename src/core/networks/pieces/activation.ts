/** Activations that are given as functions. They are sampled once and are then as fast as any other. */
import { InputError, refuse } from '../../../base/errors.js';
import type { Activation, Functions } from '../activationTable.js';
import { checkedActivation, FARTHEST } from '../formulas/activation.js';
import { placesOf, sampled, valueAt, type Pieces, type Places } from './pieces.js';

export interface GivenFunctions extends Functions {
  /** one that no other activation has */
  readonly name: string;
  /** where a derivative jumps */
  readonly kinks: readonly number[];
  /** interval of its arguments; NaN beyond it */
  readonly range: readonly [number, number];
}

/** Accuracy, relative to the largest value up to the end of an octave of |z| + 1. */
const ACCURACY = 1e-13;
/** log2 of the pieces for each octave: as few as give the accuracy. */
const STEP_BITS = [4, 5, 6, 7, 8, 9];
const MOST_KINKS = 16;
const WIDEST = 1e6;

const PARTS = ['value', 'derivative', 'secondDerivative'] as const;
type Part = (typeof PARTS)[number];

/**
 * φ with its derivatives as piecewise polynomials, with an error of at most 1e-13 of the largest value.
 * @throws InputError where they are not smooth enough for that, not finite, jump, or where a derivative is not that of
 *   what it should be
 */
export function piecewiseActivation(given: GivenFunctions): Activation {
  requireNumbers('range', given.range);
  requireNumbers('kinks', given.kinks);
  requireRange(given.range);
  const kinks = [...given.kinks].sort((a, b) => a - b);
  requireKinks(kinks, given.range);
  const pieces = piecesOf(given, kinks);
  const part = (which: 0 | 1 | 2) => (z: number) => valueAt(pieces, pieces.rows[which], z);
  const [value, derivative, secondDerivative] = [part(0), part(1), part(2)];
  const { name: text } = given;
  const activation = checkedActivation({ text, kinks, value, derivative, secondDerivative, within: given.range });
  requireDerivative(given, 'value', 'derivative');
  requireDerivative(given, 'derivative', 'secondDerivative');
  return { ...activation, kind: 'pieces', pieces };
}

/** In JavaScript, no compiler reports a mistake. */
function requireNumbers(what: string, values: unknown): void {
  if (!Array.isArray(values) || values.some((value) => typeof value !== 'number'))
    refuse(what, 'a list of numbers', JSON.stringify(values));
}

function requireRange([low, high]: readonly [number, number]): void {
  if (low <= -FARTHEST && high >= FARTHEST && low >= -WIDEST && high <= WIDEST) return;
  throw new InputError(
    `range must have [low, high] with ${-WIDEST} ≤ low ≤ ${-FARTHEST} and ${FARTHEST} ≤ high ≤ ${WIDEST}, got [${low}, ${high}]`,
  );
}

function requireKinks(kinks: readonly number[], [low, high]: readonly [number, number]): void {
  if (kinks.length > MOST_KINKS) refuse('kinks', `at most ${MOST_KINKS}`, kinks.length);
  const bad = kinks.find((kink, i) => !(kink > low && kink < high) || kink === kinks[i - 1]);
  if (bad !== undefined) refuse('kinks', `different numbers between ${low} and ${high}`, bad);
}

function piecesOf(given: GivenFunctions, kinks: readonly number[]): Pieces {
  const [low, high] = given.range;
  const tries = (stepBits: number): Pieces | string => {
    const places = placesOf(low, high, kinks, stepBits);
    const [value, derivative, secondDerivative] = PARTS.map((part) => rowsOf(given, part, places));
    const wrong = [value, derivative, secondDerivative].find((one) => typeof one === 'string');
    if (wrong !== undefined || typeof value === 'string' || typeof derivative === 'string') return String(wrong);
    return { ...places, rows: [value, derivative, secondDerivative as Float64Array] };
  };
  let complaint = '';
  for (const stepBits of STEP_BITS) {
    const pieces = tries(stepBits);
    if (typeof pieces !== 'string') return pieces;
    complaint = pieces;
  }
  throw new InputError(complaint);
}

/** The rows of one of the functions, or why there are none. */
function rowsOf(given: GivenFunctions, part: Part, places: Places): Float64Array | string {
  const { rows, error, at } = sampled((z) => given[part](z), places);
  if (error <= ACCURACY) return rows;
  const near = Number(at.toPrecision(4));
  const [low, high] = given.range;
  if (Number.isNaN(error))
    return `${part} must be a finite number on its range [${low}, ${high}], got ${given[part](at)} at z = ${near}; a smaller range may be given`;
  return `${part} must be smooth between its kinks: polynomials on pieces are off by ${error.toExponential(1)} of its largest value near z = ${near}, at most ${ACCURACY} is allowed; give a kink there, a smaller range than [${low}, ${high}], or a formula`;
}

const STEP = 1e-4;
/** Points on [−12, 12] at which derivatives are looked at; farther out there are three on each octave. */
const LOOKS = 97;
const OCTAVE = 2 ** (1 / 3);
/** Of the largest derivative nearby, for a difference over two steps; and the rounding of that difference. */
const LIKE = 1e-5;
const ROUNDING = 1e-10;

/** Whether one function is the derivative of another, away from the kinks. */
function requireDerivative(given: GivenFunctions, of: Part, is: Part): void {
  const points = looksOf(given);
  const largest = (part: Part, z: number): number =>
    Math.max(...points.map((at) => (Math.abs(at) <= 2 * (Math.abs(z) + 1) ? Math.abs(given[part](at)) : 0)));
  const slope = (z: number): number => (given[of](z + STEP) - given[of](z - STEP)) / (2 * STEP);
  const isLike = (z: number): boolean =>
    Math.abs(slope(z) - given[is](z)) <= LIKE * largest(is, z) + ROUNDING * largest(of, z);
  const bad = points.find((z) => !isLike(z));
  if (bad === undefined) return;
  throw new InputError(
    `${is} must be the derivative of ${of}, got ${given[is](bad).toPrecision(4)} at z = ${bad.toPrecision(4)}, where ${of} rises by ${slope(bad).toPrecision(4)} per unit of z`,
  );
}

/** Points over the whole range, away from its ends and from the kinks. */
function looksOf({ range: [low, high], kinks }: GivenFunctions): number[] {
  const near = Array.from({ length: LOOKS }, (_, i) => FARTHEST * ((2 * (i + 0.3)) / LOOKS - 1));
  const far = [];
  for (let z = 1.01 * FARTHEST; z < WIDEST; z *= OCTAVE) far.push(-z, z);
  const edges = [low, high, ...kinks];
  return [...near, ...far].filter((z) => z > low && z < high && edges.every((edge) => Math.abs(z - edge) > 10 * STEP));
}
