/**
 * Functions of one variable as piecewise polynomials. The piece of z follows from |z| + 1: each doubling of it has the
 * same number of pieces, so that they are short near 0, where most pre-activations of a network lie. The native kernels
 * evaluate the same tables (native/kernels/pieces.cc).
 */
import { chebyshevFit, COEFFICIENTS, fitted, type Fit } from './fit.js';

/** Numbers of a row: where its polynomial is centred, and coefficients of ascending powers. */
export const ROW_LENGTH = 8;

/** The layout of the pieces. */
export interface Places {
  /** beyond them a function is not a number */
  readonly low: number;
  readonly high: number;
  /** where another polynomial begins, ascending; a kink itself belongs to what is left of it */
  readonly kinks: readonly number[];
  /** log2 of the number of pieces for each doubling of |z| + 1 */
  readonly stepBits: number;
  /** doublings of |z| + 1 */
  readonly octaves: number;
}

/** φ, φ′ and φ″ on these places; each as `Sampled.rows` has it. */
export interface Pieces extends Places {
  readonly rows: readonly [Float64Array, Float64Array, Float64Array];
}

/** A function on these places. */
export interface Sampled {
  /** (kinks + 1, 2, octaves, pieces of an octave, ROW_LENGTH): negative z come second */
  readonly rows: Float64Array;
  /** largest error, divided by the largest value on [−s, s] with s at the end of the octave */
  readonly error: number;
  /** where that is */
  readonly at: number;
}

export function placesOf(low: number, high: number, kinks: readonly number[], stepBits: number): Places {
  const octaves = Math.floor(Math.log2(Math.max(-low, high) + 1)) + 1;
  return { low, high, kinks, stepBits, octaves };
}

interface Piece {
  /** row of the table */
  readonly row: number;
  readonly octave: number;
  readonly from: number;
  readonly to: number;
}

/** The pieces of the segment between two kinks, from left to right; those outside of it have no length. */
function piecesOf({ low, high, kinks, stepBits, octaves }: Places, segment: number): Piece[] {
  const perOctave = 2 ** stepBits;
  const side = octaves * perOctave;
  const [from, to] = [Math.max(low, kinks[segment - 1] ?? low), Math.min(high, kinks[segment] ?? high)];
  const inside = (z: number): number => Math.min(Math.max(z, from), to);
  return Array.from({ length: 2 * side }, (_, place): Piece => {
    const isNegative = place < side;
    const index = isNegative ? side - 1 - place : place - side;
    const octave = Math.floor(index / perOctave);
    const edge = (step: number): number => 2 ** octave * (1 + step / perOctave) - 1;
    const [near, far] = [edge(index % perOctave), edge((index % perOctave) + 1)];
    const row = (2 * segment + (isNegative ? 1 : 0)) * side + index;
    return { row, octave, from: inside(isNegative ? -far : near), to: inside(isNegative ? -near : far) };
  });
}

/** Fits a function on every piece, and measures the error between the nodes. */
export function sampled(value: (z: number) => number, places: Places): Sampled {
  const { kinks, octaves, stepBits } = places;
  const rows = new Float64Array((kinks.length + 1) * 2 * octaves * 2 ** stepBits * ROW_LENGTH);
  const errors: { readonly octave: number; readonly error: number; readonly at: number }[] = [];
  const largest = new Float64Array(octaves);
  for (let segment = 0; segment <= kinks.length; segment++) {
    const pieces = piecesOf(places, segment);
    const filled = pieces.filter(({ from, to }) => to > from);
    let before: Fit | undefined;
    for (const { row, octave, from, to } of filled) {
      const fit = chebyshevFit(value, from, to);
      rows.set([fit.origin, ...fit.coefficients], row * ROW_LENGTH);
      // A kink that was not stated may lie between two pieces.
      const jump = before === undefined ? 0 : Math.abs(fitted(before, from) - fitted(fit, from)) / 2;
      errors.push({ octave, error: fit.error, at: fit.at }, { octave, error: jump, at: from });
      largest[octave] = Math.max(largest[octave], fit.largest);
      before = fit;
    }
    copyToEmpty(rows, pieces);
  }
  for (let octave = 1; octave < octaves; octave++) largest[octave] = Math.max(largest[octave], largest[octave - 1]);
  const relative = errors.map(({ octave, error, at }) => ({ error: error === 0 ? 0 : error / largest[octave], at }));
  const worst = relative.reduce((a, b) => (b.error > a.error || Number.isNaN(b.error) ? b : a), { error: 0, at: 0 });
  return { rows, ...worst };
}

/** |z| + 1 is rounded: a point at the end of a segment may get the neighbouring piece. */
function copyToEmpty(rows: Float64Array, pieces: readonly Piece[]): void {
  const copy = (order: readonly Piece[]): void => {
    let last: Piece | undefined;
    for (const piece of order) {
      if (piece.to > piece.from) last = piece;
      else if (last !== undefined)
        rows.copyWithin(piece.row * ROW_LENGTH, last.row * ROW_LENGTH, (last.row + 1) * ROW_LENGTH);
    }
  };
  copy(pieces);
  const first = pieces.findIndex(({ from, to }) => to > from);
  copy(pieces.slice(0, first + 1).reverse());
}

/** The function at a point, as the native kernels compute it up to rounding; NaN beyond the range. */
export function valueAt({ low, high, kinks, stepBits, octaves }: Places, rows: Float64Array, z: number): number {
  if (!(z >= low && z <= high)) return Number.NaN;
  const u = Math.abs(z) + 1;
  const side = octaves * 2 ** stepBits;
  const rounded = Math.floor(Math.log2(u));
  const octave = 2 ** rounded > u ? rounded - 1 : rounded;
  const piece = Math.floor((octave + u / 2 ** octave - 1) * 2 ** stepBits);
  const segment = kinks.filter((kink) => z > kink).length;
  const row = ROW_LENGTH * ((2 * segment + (z < 0 ? 1 : 0)) * side + piece);
  let sum = 0;
  for (let c = COEFFICIENTS; c > 0; c--) sum = sum * (z - rows[row]) + rows[row + c];
  return sum;
}
