/**
 * `node bench/partitions.mjs [--samples 1000000] [--dimension 60] [--iterations 100] [--rounds 5] [--workers 1,2]`
 * (after the program is built): one training set on one worker and on all of them, through the pool.
 * Every measurement is a process of its own; in each round all numbers of workers take their turn, and ratios are taken
 * inside a round. The weights must have the same bits everywhere. What is compared are the fastest and the median
 * iteration, the processor time of all threads for one, which says what working together costs on a machine that has
 * other things to do, and the whole trial.
 */
import { StudyControl } from '../dist/pool/control.js';
import { startPool } from '../dist/pool/pool.js';
import { inOwnProcess, inRounds, whenAlone } from './alone.mjs';
import { MEASURES, NEURONS } from './partitions/laboratory.mjs';
import { shown } from './statistics.mjs';

export const DEFAULTS = { rounds: 5, workers: '1,2', samples: 1_000_000, dimension: 60, iterations: 100 };

/** One trial on so many workers, in this process: seconds of its stages, resident memory in MiB. */
async function once({ workers, samples, dimension, iterations }) {
  const pool = startPool({
    workers,
    control: new StudyControl(),
    teamEntries: samples * dimension,
    worker: new URL('../dist/pool/worker.js', import.meta.url),
    laboratory: new URL('./partitions/laboratory.mjs', import.meta.url),
  });
  const leaseOf = (n, team) => ({
    experiment: 'one-set',
    settings: { n, d: dimension, iterations },
    key: [2018, 7],
    first: 0,
    count: 1,
    team,
  });
  // The threads are there and the addon is loaded before the clock runs.
  await Promise.all(Array.from({ length: workers }, () => pool.run(leaseOf(64, false))));
  const before = process.memoryUsage().rss;
  const { measures, exceptions } = await pool.run(leaseOf(samples, true));
  const peak = process.resourceUsage().maxRSS * 1024;
  await pool.close();
  if (exceptions.length > 0) throw new Error(exceptions[0].error);
  return { ...measures[0], mebibytes: (peak - before) / 2 ** 20 };
}

function detailsOf(workers, over, { samples, dimension }) {
  const flops = 4 * samples * dimension * NEURONS;
  const of = (name, scale, digits) =>
    shown(
      over((round) => scale * round[workers][name]),
      digits,
    );
  const rate = (amount) => shown(over((round) => amount / round[workers].fastest / 1e9));
  return [
    `one training set on ${workers} workers: iteration ${of('fastest', 1e3, 1)} ms fastest, ${of('median', 1e3, 1)} median, ${of('processor', 1e3, 1)} of processor time`,
    `  ${rate(flops)} GFLOP/s, X at ${rate(8 * samples * dimension)} GB/s, drawing ${of('drawing', 1, 2)} s, step size ${of('stepping', 1, 2)} s, trial ${of('trial', 1, 2)} s, ${of('mebibytes', 1, 0)} MiB`,
  ];
}

/** Memory beyond the idle program, less 32 MiB, over the training set's. */
const memoryShare = ({ mebibytes }, { samples, dimension }) => (mebibytes - 32) / ((8 * samples * dimension) / 2 ** 20);

export function measure({ rounds: count, workers, ...size }) {
  const counts = workers.split(',').map(Number);
  const { rounds, over } = inRounds(count, () =>
    Object.fromEntries(counts.map((w) => [w, inOwnProcess(import.meta, { workers: w, ...size })])),
  );
  const all = rounds.flatMap((round) => Object.values(round));
  if (all.some((one) => one.digest !== all[0].digest || MEASURES.some((name) => !(one[name] > 0))))
    throw new Error('the weights differ: the measurement is void');
  const [base, ...more] = counts;
  const against = (w, name) => over((round) => round[base][name] / round[w][name]);
  return {
    results: {
      ...Object.fromEntries(more.map((w) => [`one training set: ${w} workers / ${base}`, against(w, 'median')])),
      'memory beyond 32 MiB: of the training set': over((round) => memoryShare(round[base], size)),
    },
    details: [
      ...counts.flatMap((w) => detailsOf(w, over, size)),
      ...more.map(
        (w) =>
          `one training set: ${w} workers / ${base}: fastest iteration ${shown(against(w, 'fastest'), 2)}, whole trial ${shown(against(w, 'trial'), 2)}`,
      ),
    ],
  };
}

await whenAlone(import.meta, { DEFAULTS, measure, once });
