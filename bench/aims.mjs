/**
 * The numbers to reach, in one list. `result` names what a run measures: a workload and a column of the kernels' table,
 * or a result of another row. `least` or `most` is the aim for each vector target, or for all of them. `or` is another
 * result that meets the aim too. `limit` says what was measured about an aim that is not met; links start in docs/.
 */

/** The result of a workload in a column of the kernels' table. */
export const kernelResult = (workload, column) => `${workload}: ${column}`;

const PROSE = 'performance.md';
const BEST_IS_FAST = `[the contenders run near the machine's products](${PROSE}#numbers)`;
const WIDE = `[wide networks, and reading X](${PROSE}#wide-networks-and-reading-x)`;
const MIXED = `[the share of a trial that is descent in float32](${PROSE}#mixed-precision)`;
const STORED = `[least times of the parts](${PROSE}#stored-trials)`;

/**
 * @typedef {Record<string, number> | number} ByTarget
 * @typedef {{ result: string, least?: ByTarget, most?: ByTarget, or?: { result: string, least: number }, limit?: string
 *   | Record<string, string>, perMachine?: boolean, apart?: string }} Aim
 *   `perMachine`: a time of this machine, which no share of another rate makes comparable; `apart`: takes too long for a
 *   run, and was measured so
 */

/** @type {Aim[]} */
export const AIMS = [
  { result: 'A: of dgemm', least: { AVX3: 0.9, AVX2: 0.75 }, limit: `[its limit](${PROSE}#numbers)` },
  { result: 'A: × best', least: { AVX2: 2.3 }, limit: BEST_IS_FAST },
  { result: 'B: × best', least: 3, limit: `${BEST_IS_FAST}; a sigmoid with slope takes 1.0 to 1.3 ns` },
  { result: 'C: of dgemm', least: { AVX3: 0.75, AVX2: 0.7 }, limit: `[reading X](${PROSE}#limits-known)` },
  { result: 'D: × best', least: 5, limit: `[1144 softplus evaluations of an iteration](${PROSE}#tiny-problems)` },
  {
    result: 'E: of dgemm',
    least: { AVX3: 1.02, AVX2: 0.75 },
    or: { result: 'E: of read rate', least: 0.9 },
    limit: `[reading X](${PROSE}#limits-known)`,
  },
  { result: 'F: of dgemm', least: { AVX3: 0.99, AVX2: 0.9 }, limit: `[its limit](${PROSE}#numbers)` },
  { result: 'W1: of dgemm', least: 0.9, limit: WIDE },
  { result: 'W2: of dgemm', least: 0.8, or: { result: 'W2: of read rate', least: 0.9 }, limit: WIDE },
  { result: 'W3: of dgemm', least: 0.8, limit: WIDE },
  { result: 'W1: × best', least: 1.5, limit: WIDE },
  { result: 'W2: × best', least: 1.5, limit: WIDE },
  { result: 'W3: × best', least: 1.5, limit: WIDE },
  { result: "G `1/(1+exp(-z))`: of A's rate", least: 0.6 },
  { result: "G `z*sigmoid(1.702*z)`: of A's rate", least: 0.6 },
  {
    result: 'P: × NumPy batched',
    least: 20,
    limit: `[products and square roots of an iteration](${PROSE}#population-risk)`,
  },
  { result: "S: × NumPy's loop", least: 10, limit: `[drawing the samples](${PROSE}#online-sgd)` },
  ...['A', 'B', 'C', 'D', 'E'].map((shape) => ({
    result: `mixed ${shape}: float64 / mixed`,
    least: 1.5,
    limit: MIXED,
  })),
  { result: 'trials: 2 workers / 1', least: 1.9, limit: `[other work on the machine](${PROSE}#numbers)` },
  {
    result: 'one training set: 2 workers / 1',
    least: { AVX3: 1.6, AVX2: 1.8 },
    limit: `[memory](${PROSE}#one-training-set-on-all-workers)`,
  },
  { result: 'memory beyond 32 MiB: of the training set', most: 1.2 },
  { result: 'coordination: µs per trial', most: 10, perMachine: true },
  { result: 'stored trials: summary, s', most: 1.5, perMachine: true, limit: STORED },
  { result: 'stored trials: CSV, s', most: 2, perMachine: true, limit: STORED },
  { result: 'stored trials: Parquet, s', most: 2, perMachine: true, limit: STORED },
  { result: 'stored trials: compare, s', most: 5, perMachine: true, limit: STORED },
  ...['`--version`', 'the dearest usage error', 'a mistake in `--set`'].map((line) => ({
    result: `start-up, ${line}: of \`node -e 0\``,
    most: 1.6,
    limit: `[files that are read](${PROSE}#start-up)`,
  })),
  {
    result: 'papers at paper scale: core-hours',
    most: { AVX3: 10 },
    perMachine: true,
    apart: `[about 11](${PROSE}#core-hours-of-the-papers)`,
  },
];

/** @param {ByTarget | undefined} value */
const byTarget = (value, target) => (typeof value === 'object' ? value[target] : value);

/**
 * The bound of an aim for a vector target, undefined where it has none.
 * @param {Pick<Aim, 'least' | 'most'>} aim
 * @param {string} target
 * @returns {number | undefined}
 */
export function boundOf({ least, most }, target) {
  return byTarget(least ?? most, target);
}

/** @param {Pick<Aim, 'limit'>} aim */
export const limitOf = ({ limit = '' }, target) => byTarget(limit, target) ?? '';

/** Every result of a run by its name. Runs of before have the kernels alone. */
export function resultsOf({ table = {}, results = {} }) {
  const kernels = Object.entries(table).flatMap(([workload, row]) =>
    Object.entries(row).map(([column, values]) => [kernelResult(workload, column), values]),
  );
  return new Map([...kernels, ...Object.values(results).flatMap((named) => Object.entries(named))]);
}

/** As many digits as the results are shown with. */
export const AIM_DIGITS = 2;
const rounded = (value) => Number(value.toFixed(AIM_DIGITS));

function isMet(aim, bound, { median }) {
  return aim.least === undefined ? rounded(median) <= bound : rounded(median) >= bound;
}

/**
 * What a run says of an aim of its target.
 * @returns {{ bound: number, values?: object, other?: object, verdict: 'met' | 'not met' | 'not measured' | 'measured
 *   apart' }}
 */
export function judged(aim, run) {
  const results = resultsOf(run);
  const bound = boundOf(aim, run.vectorTarget);
  const values = results.get(aim.result);
  const other = aim.or === undefined ? undefined : results.get(aim.or.result);
  if (values === undefined) return { bound, verdict: aim.apart === undefined ? 'not measured' : 'measured apart' };
  const met = isMet(aim, bound, values) || (other !== undefined && isMet(aim.or, aim.or.least, other));
  return { bound, values, other, verdict: met ? 'met' : 'not met' };
}
