/** Whether two sets of labelled vectors are images of each other under an orthogonal map. */
import { dot } from '../tensor/dense.js';

export interface LabelledVector {
  /** vectors with different labels are never images of each other */
  readonly label: string;
  readonly vector: Float64Array;
}

/** The comparisons of pairs after which a search ends without a result. */
const MOST_TRIES = 10_000;

/**
 * True when a bijection of the vectors keeps labels, and inner products to `tolerance`: two sets are congruent exactly
 * when their Gram matrices agree. Undefined when the search is too long. It assigns the vector with the fewest
 * candidates first, and drops the candidates that contradict. The tries are about as many as there are vectors unless
 * sets agree in many small parts but not as a whole.
 */
export function areCongruent(
  first: readonly LabelledVector[],
  second: readonly LabelledVector[],
  tolerance: number,
): boolean | undefined {
  const [one, two] = [gramOf(first), gramOf(second)];
  const open = first.map((_, a) => a);
  const labels = [...new Set(first.map(({ label }) => label))];
  const [profiles, others] = [profilesOf(first, one, labels), profilesOf(second, two, labels)];
  const isNear = (a: readonly number[], b: readonly number[]): boolean =>
    a.length === b.length && a.every((value, i) => Math.abs(value - b[i]) <= tolerance);
  let tries = 0;

  const extended = (candidates: readonly (readonly number[])[], left: readonly number[]): boolean | undefined => {
    if (left.length === 0) return true;
    const a = left.reduce((least, x) => (candidates[x].length < candidates[least].length ? x : least));
    const rest = left.filter((x) => x !== a);
    for (const b of candidates[a]) {
      if (++tries > MOST_TRIES) return undefined;
      const next = candidates.map((all, x) =>
        all.filter((y) => y !== b && Math.abs(one[a][x] - two[b][y]) <= tolerance),
      );
      const found = rest.every((x) => next[x].length > 0) && extended(next, rest);
      if (found !== false) return found;
    }
    return false;
  };

  if (second.length !== first.length) return false;
  return extended(
    first.map(({ label }, a) => open.filter((b) => second[b].label === label && isNear(profiles[a], others[b]))),
    open,
  );
}

function gramOf(vectors: readonly LabelledVector[]): number[][] {
  return vectors.map((a) => vectors.map((b) => dot(a.vector, b.vector)));
}

/** Of each vector its squared norm and, label by label, its sorted products: they move no more than the products do. */
function profilesOf(vectors: readonly LabelledVector[], gram: number[][], labels: readonly string[]): number[][] {
  return gram.map((products, a) => [
    products[a],
    ...labels.flatMap((label) => products.filter((_, b) => vectors[b].label === label).sort((x, y) => x - y)),
  ]);
}
