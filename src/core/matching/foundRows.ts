/**
 * Which rows of a teacher a student of any width has found. A network is a sum of atoms: a place θ and a mass m for each
 * row, f(x) = Σ m φ(θᵀx). If φ is homogeneous of degree p, the place is the direction w/‖w‖ and the mass is v‖w‖^p;
 * otherwise they are w and v. Rows of one place add their masses. Derivation: docs/derivations/widths.md.
 */
import type { Activation } from '../networks/activations.js';
import { frobeniusNorm } from '../networks/teachers.js';

/** W (K, m) and v (K) of a fully connected network. */
export interface NetworkWeights {
  readonly weights: Float64Array;
  readonly v: Float64Array;
}

export interface FoundRows {
  /** found rows of the teacher, divided by all its rows */
  readonly found: number;
  /** rows of the student in the groups of found rows, divided by the number of these; NaN if no row is found */
  readonly perFound: number;
  /** rows of the student in no such group, divided by all its rows */
  readonly spare: number;
}

interface Atom {
  readonly place: Float64Array;
  readonly mass: number;
}

/**
 * A row j of the teacher is found if the masses of the student's rows near its place add up to its own, up to the share
 * `within`. Near is at most √within times the size of the place, as rows around a place change the function by the
 * square of their distance from it. A row of the student belongs to the nearest place of the teacher. Undefined if φ is
 * homogeneous and a polynomial: then other rows have the same function.
 */
export function foundRows(
  student: NetworkWeights,
  teacher: NetworkWeights,
  activation: Activation,
  within: number,
): FoundRows | undefined {
  if (isMonomial(activation)) return undefined;
  const [rows, targets] = [atomsOf(student, activation), atomsOf(teacher, activation)];
  const groups = targets.map(() => ({ count: 0, mass: 0 }));
  for (const row of rows) {
    const { index, mass } = nearest(row, targets, activation, Math.sqrt(within));
    if (index < 0) continue;
    groups[index].count += 1;
    groups[index].mass += mass;
  }
  const found = groups.filter(
    ({ count, mass }, j) => count > 0 && Math.abs(mass - targets[j].mass) <= within * Math.abs(targets[j].mass),
  );
  const used = found.reduce((sum, { count }) => sum + count, 0);
  return {
    found: found.length / targets.length,
    perFound: found.length === 0 ? Number.NaN : used / found.length,
    spare: (rows.length - used) / rows.length,
  };
}

/** z² and z: sums of them have other rows with the same function. */
function isMonomial({ degree, parity }: Activation): boolean {
  return degree !== undefined && parity === (degree % 2 === 0 ? 'even' : 'odd');
}

function atomsOf({ weights, v }: NetworkWeights, { degree }: Activation): Atom[] {
  const length = weights.length / v.length;
  return Array.from(v, (output, k) => {
    const w = weights.subarray(k * length, (k + 1) * length);
    if (degree === undefined) return { place: w, mass: output };
    const norm = frobeniusNorm(w);
    return { place: norm === 0 ? w : w.map((entry) => entry / norm), mass: output * norm ** degree };
  });
}

/** The nearest target within the tolerance, and the mass there: its sign changes with that of w if φ is odd. */
function nearest(
  { place, mass }: Atom,
  targets: readonly Atom[],
  { parity }: Activation,
  within: number,
): { readonly index: number; readonly mass: number } {
  let best = { index: -1, mass, distance: Infinity };
  targets.forEach((target, index) => {
    for (const sign of parity === 'none' ? [1] : [1, -1]) {
      const distance = frobeniusNorm(target.place.map((entry, j) => entry - sign * place[j]));
      if (distance < best.distance && distance <= within * frobeniusNorm(target.place))
        best = { index, mass: parity === 'odd' ? sign * mass : mass, distance };
    }
  });
  return best;
}
