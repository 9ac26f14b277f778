/**
 * `node bench/sweep.mjs [--target AVX2] [--rounds 3] [--figure FILE.svg]` (after the program is built): the rate of a
 * descent step over dgemm's, for d = 10 … 4000 features and K·L = 1 … 2000 rows of weights, ReLU, one thread. Both are
 * measured in turn, CPU time, the fastest call of a round. A share stands beside the largest that reading X would
 * allow: X is read at least once in a step, from memory where it is larger than the caches.
 */
import { parseArgs } from 'node:util';
import { readRate } from './readRate.mjs';
import { spread } from './statistics.mjs';
import { dataOf, flopsPerIteration, problemOf, stateOf } from './workloads.mjs';

const { values: options } = parseArgs({
  options: {
    target: { type: 'string', default: '' },
    rounds: { type: 'string', default: '3' },
    figure: { type: 'string' },
  },
});
// The addon reads this when it is loaded.
process.env['BASIN_VECTOR_TARGET'] = options.target;
const { loadNativeKernels } = await import('../dist/core/kernels/native.js');
const { parseActivation } = await import('../dist/core/networks/activations.js');
const native = loadNativeKernels();

const DIMENSIONS = [10, 30, 100, 300, 1000, 4000];
const ROWS = [1, 3, 10, 30, 100, 300, 1000, 2000];
/** Rows of one network; more are more starts. */
const MOST_NEURONS = 20;
const [LEAST_SAMPLES, MOST_SAMPLES, NUMBERS] = [1000, 20_000, 4e6];
const DGEMM_SIZE = 1024;
const READ_BYTES = 2 ** 28;
const FLOPS_PER_CALL = 2e8;
const CALLS = 3;
const NEVER = -1;

function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function fastest(call) {
  let least = Infinity;
  for (let i = 0; i < CALLS; i++) {
    const begin = cpuSeconds();
    call();
    least = Math.min(least, cpuSeconds() - begin);
  }
  return least;
}

function workloadOf(dimension, rows) {
  const samples = Math.min(MOST_SAMPLES, Math.max(LEAST_SAMPLES, Math.round(NUMBERS / dimension)));
  const neurons = rows <= MOST_NEURONS ? rows : rows / Math.ceil(rows / MOST_NEURONS);
  return { samples, dimension, neurons, starts: rows / neurons, activation: 'relu', loss: 'squared' };
}

/** GFLOP/s of the steps of a workload. */
function stepRate(workload) {
  const data = dataOf(native, workload);
  const problem = problemOf(native, workload, data, parseActivation(workload.activation));
  const state = stateOf(workload, data);
  const flops = flopsPerIteration(workload);
  const iterations = Math.max(1, Math.round(FLOPS_PER_CALL / flops));
  return (flops * iterations) / fastest(() => native.descend(problem, state, iterations, NEVER)) / 1e9;
}

const squares = [1, 2].map((purpose) => {
  const values = new Float64Array(DGEMM_SIZE ** 2);
  native.normals({ key: [1, 1], trial: 0, purpose }, 0, values);
  return values;
});
const dgemmRate = () =>
  (2 * DGEMM_SIZE ** 3) / fastest(() => native.multiply(...squares, DGEMM_SIZE, DGEMM_SIZE, DGEMM_SIZE)) / 1e9;

function measured(dimension, rows) {
  const workload = workloadOf(dimension, rows);
  const shares = Array.from({ length: Number(options.rounds) }, () => stepRate(workload) / dgemmRate());
  const bytes = 8 * workload.samples * dimension;
  return { d: dimension, rows, n: workload.samples, MB: bytes / 1e6, share: spread(shares).median };
}

/** The largest share of dgemm that one reading of X at memory's rate would leave. */
const allowed = ({ rows }) => Math.min(1, (rows / 2) * (memory / dgemm));

const cells = DIMENSIONS.flatMap((d) => ROWS.map((rows) => measured(d, rows)));
const [dgemm, memory] = [dgemmRate(), readRate(READ_BYTES, fastest)];
const line = (texts) => `| ${texts.join(' | ')} |`;
console.log(`${native.info().vectorTarget}: dgemm ${dgemm.toFixed(1)} GFLOP/s, memory ${memory.toFixed(1)} GB/s`);
console.log(line(['d \\ K·L', ...ROWS]));
console.log(line(['---', ...ROWS.map(() => '---')]));
for (const d of DIMENSIONS)
  console.log(line([d, ...cells.filter((cell) => cell.d === d).map(({ share }) => share.toFixed(2))]));
console.log(line(['X from memory allows', ...ROWS.map((rows) => allowed({ rows }).toFixed(2))]));

if (options.figure !== undefined) {
  const { drawShares } = await import('./heatMap.mjs');
  await drawShares(
    options.figure,
    cells.map(({ d, rows, share }) => ({ d, rows, share })),
    {
      title: `Rate of a descent step over dgemm, ReLU, ${native.info().vectorTarget}`,
      x: 'rows',
      y: 'd',
      value: 'share',
      xTitle: 'rows of weights, K·L',
      yTitle: 'features, d',
      valueTitle: 'of dgemm',
    },
  );
}
