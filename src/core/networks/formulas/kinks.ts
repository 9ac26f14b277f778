/** The kinks of a formula: the zeros of the arguments of its comparisons, signs and maxima. */
import { evaluate, type AppliedTerm, type OperatorName, type Term } from './terms.js';

/** Kinks at pre-activations beyond this are not searched for. */
const FARTHEST = 100;
/** Steps of the search on either side; each is a little longer than the one before. */
const STEPS = 2000;

/**
 * The kinks of a term of one variable within ±100, ascending. Two zeros of one switch that are closer than its steps,
 * 1e-3 near 0, may be missed.
 */
export function kinksOf(term: Term, variable: string): number[] {
  const kinks = new Set<number>();
  const visit = (one: Term, seen: Set<number>): void => {
    if (one.kind !== 'applied' || seen.has(one.id)) return;
    seen.add(one.id);
    const gap = gapOf(one);
    const zeros = gap === undefined ? [] : zerosOf((z) => gap({ [variable]: z }));
    zeros.forEach((zero) => kinks.add(zero));
    one.parts.forEach((part) => visit(part, seen));
  };
  visit(term, new Set());
  return [...kinks].sort((a, b) => a - b);
}

type Gap = (point: Readonly<Record<string, number>>) => number;

const OF_ONE: readonly OperatorName[] = ['abs', 'sign', 'relu'];
const OF_TWO: readonly OperatorName[] = ['max', 'min', 'less', 'lessEqual'];

/** The term whose sign change makes an operator switch. */
function gapOf({ operator, parts: [a, b] }: AppliedTerm): Gap | undefined {
  if (OF_ONE.includes(operator)) return (point) => evaluate(a, point);
  return OF_TWO.includes(operator) ? (point) => evaluate(a, point) - evaluate(b, point) : undefined;
}

/** Zeros on a mesh that is finer near 0, each bisected to the last digit. */
function zerosOf(gap: (z: number) => number): number[] {
  const mesh = Array.from(
    { length: 2 * STEPS + 1 },
    (_, i) => FARTHEST * Math.sign(i - STEPS) * (Math.abs(i - STEPS) / STEPS) ** 2,
  );
  const values = mesh.map(gap);
  return mesh.flatMap((z, i) => {
    if (values[i] === 0) return values[i - 1] === 0 && values[i + 1] === 0 ? [] : [z];
    return i > 0 && values[i - 1] * values[i] < 0 ? [bisected(gap, mesh[i - 1], z)] : [];
  });
}

function bisected(gap: (z: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  const rising = gap(low) < 0;
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    const value = gap(middle);
    if (value === 0) return middle;
    if (value < 0 === rising) low = middle;
    else high = middle;
  }
  return high;
}
