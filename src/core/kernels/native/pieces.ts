/** Piecewise polynomials passed to the addon: each gets a number there, among those of formulas. */
import type { Pieces } from '../../networks/pieces/pieces.js';

export interface PiecesAddon {
  definePieces: (
    stepBits: number,
    octaves: number,
    low: number,
    high: number,
    kinks: Float64Array,
    values: Float64Array,
    slopes: Float64Array,
    curvatures: Float64Array,
  ) => number;
}

/** The number of piecewise polynomials in the addon. */
export function piecesNumbers(addon: PiecesAddon): (pieces: Pieces) => number {
  const known = new WeakMap<Pieces, number>();
  return (pieces) => {
    const { stepBits, octaves, low, high, kinks, rows } = pieces;
    const number =
      known.get(pieces) ?? addon.definePieces(stepBits, octaves, low, high, Float64Array.from(kinks), ...rows);
    known.set(pieces, number);
    return number;
  };
}
