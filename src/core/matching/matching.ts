/**
 * The permutation p that minimises Σ_k cost[k, p(k)] for a square cost matrix (K, K), by shortest augmenting paths with
 * potentials (the Hungarian method, O(K³)). Ties go to the smaller column.
 */
export function assign(cost: Float64Array, size: number): Int32Array {
  const rowPotential = new Float64Array(size + 1);
  const columnPotential = new Float64Array(size + 1);
  const rowOfColumn = new Int32Array(size + 1).fill(-1);
  for (let row = 0; row < size; row++) {
    augment(cost, size, row, rowPotential, columnPotential, rowOfColumn);
  }
  const columnOfRow = new Int32Array(size);
  for (let column = 0; column < size; column++) columnOfRow[rowOfColumn[column]] = column;
  return columnOfRow;
}

/** One more row enters the matching: a Dijkstra search over columns from a virtual column `size` that holds the row. */
function augment(
  cost: Float64Array,
  size: number,
  row: number,
  rowPotential: Float64Array,
  columnPotential: Float64Array,
  rowOfColumn: Int32Array,
): void {
  const slack = new Float64Array(size).fill(Infinity);
  const previous = new Int32Array(size).fill(size);
  const visited = new Uint8Array(size + 1);
  rowOfColumn[size] = row;
  let column = size;
  while (rowOfColumn[column] !== -1) {
    visited[column] = 1;
    const current = rowOfColumn[column];
    let next = -1;
    for (let j = 0; j < size; j++) {
      if (visited[j]) continue;
      const reduced = cost[current * size + j] - rowPotential[current] - columnPotential[j];
      if (reduced < slack[j]) {
        slack[j] = reduced;
        previous[j] = column;
      }
      if (next < 0 || slack[j] < slack[next]) next = j;
    }
    shift(size, slack[next], visited, slack, rowPotential, columnPotential, rowOfColumn);
    column = next;
  }
  for (let j = column; j !== size; j = previous[j]) rowOfColumn[j] = rowOfColumn[previous[j]];
}

function shift(
  size: number,
  delta: number,
  visited: Uint8Array,
  slack: Float64Array,
  rowPotential: Float64Array,
  columnPotential: Float64Array,
  rowOfColumn: Int32Array,
): void {
  for (let j = 0; j <= size; j++) {
    if (visited[j]) {
      rowPotential[rowOfColumn[j]] += delta;
      columnPotential[j] -= delta;
    } else if (j < size) {
      slack[j] -= delta;
    }
  }
}

/** The equivalences of networks: the order of the neurons, and their signs where φ is even. */
export interface Equivalence {
  readonly signs: boolean;
}

/** Output weights (K) of both networks, where they are part of what is compared. */
export interface OutputPair {
  readonly v: Float64Array;
  readonly teacher: Float64Array;
}

/**
 * ‖W − P W*‖_F minimised over row permutations P (and row signs where allowed); both (K, m). With output weights of
 * both, that of the rows (w_k, v_k). Rows are matched by the assignment problem on squared distances.
 */
export function matchedDistance(
  weights: Float64Array,
  teacher: Float64Array,
  rows: number,
  equivalence: Equivalence = { signs: false },
  outputs?: OutputPair,
): number {
  const length = teacher.length / rows;
  const cost = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < rows; k++) {
      cost[i * rows + k] = rowDistance(
        weights.subarray(i * length, (i + 1) * length),
        teacher.subarray(k * length, (k + 1) * length),
        equivalence,
      );
      if (outputs !== undefined) cost[i * rows + k] += (outputs.v[i] - outputs.teacher[k]) ** 2;
    }
  }
  let sum = 0;
  assign(cost, rows).forEach((k, i) => (sum += cost[i * rows + k]));
  return Math.sqrt(sum);
}

/**
 * min over permutations p of max_k cost[k, p(k)] for a square cost matrix (K, K); an entry may be Infinity. The
 * smallest entry at which a permutation through entries no larger exists, by bisection over the entries.
 */
export function bottleneck(cost: Float64Array, size: number): number {
  const levels = cost.toSorted();
  let [low, high] = [0, levels.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (hasPermutation(cost, size, levels[middle])) high = middle;
    else low = middle + 1;
  }
  return levels[low];
}

function hasPermutation(cost: Float64Array, size: number, most: number): boolean {
  const forbidden = cost.map((value) => (value <= most ? 0 : 1));
  return assign(forbidden, size).every((column, row) => forbidden[row * size + column] === 0);
}

/**
 * min over permutations π of max_j ‖w*_j − w_π(j)‖/‖w*_j‖, rows of (K, m) (zhong2017, Section 7). With output weights
 * of both, (K), a permutation must also map v to v*; Infinity when none does.
 */
export function largestRelativeError(
  weights: Float64Array,
  teacher: Float64Array,
  rows: number,
  outputs?: OutputPair,
): number {
  const length = teacher.length / rows;
  const cost = new Float64Array(rows * rows);
  for (let j = 0; j < rows; j++) {
    const target = teacher.subarray(j * length, (j + 1) * length);
    for (let i = 0; i < rows; i++) {
      const allowed = outputs === undefined || outputs.v[i] === outputs.teacher[j];
      const distance = rowDistance(weights.subarray(i * length, (i + 1) * length), target, { signs: false });
      cost[j * rows + i] = allowed
        ? Math.sqrt(distance / rowDistance(target, new Float64Array(length), { signs: false }))
        : Infinity;
    }
  }
  return bottleneck(cost, rows);
}

/** ‖a − b‖², or the smaller one of ‖a ∓ b‖² where signs do not count. */
export function rowDistance(a: Float64Array, b: Float64Array, equivalence: Equivalence): number {
  let minus = 0;
  let plus = 0;
  for (let j = 0; j < a.length; j++) {
    minus += (a[j] - b[j]) ** 2;
    plus += (a[j] + b[j]) ** 2;
  }
  return equivalence.signs ? Math.min(minus, plus) : minus;
}
