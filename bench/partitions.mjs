/**
 * `node bench/partitions.mjs [--samples 1000000] [--dimension 60] [--iterations 100] [--rounds 5] [--workers 1,2]
 * [--out FILE]` (after the program is built): one training set on one worker and on all of them, through the pool.
 * Every measurement is a process of its own; in each round all numbers of workers take their turn, and ratios are taken
 * inside a round. The weights must have the same bits everywhere. What is compared are the fastest and the median
 * iteration, the processor time of all threads for one, which says what working together costs on a machine that has
 * other things to do, and the whole trial.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { StudyControl } from '../dist/pool/control.js';
import { startPool } from '../dist/pool/pool.js';
import { loadNativeKernels } from '../dist/core/kernels/native.js';
import { provenance } from './machine.mjs';
import { MEASURES, NEURONS } from './partitions/laboratory.mjs';

const { values: options } = parseArgs({
  options: {
    samples: { type: 'string', default: '1000000' },
    dimension: { type: 'string', default: '60' },
    iterations: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '5' },
    workers: { type: 'string', default: '1,2' },
    out: { type: 'string', default: 'out/bench-partitions.json' },
    alone: { type: 'boolean', default: false },
  },
});
const [n, d, iterations] = [options.samples, options.dimension, options.iterations].map(Number);

/** One trial on so many workers, in this process: seconds of its stages, resident memory in MiB. */
async function measure(workers) {
  const pool = startPool({
    workers,
    control: new StudyControl(),
    teamEntries: n * d,
    worker: new URL('../dist/pool/worker.js', import.meta.url),
    laboratory: new URL('./partitions/laboratory.mjs', import.meta.url),
  });
  // The threads are there and the addon is loaded before the clock runs.
  await Promise.all(Array.from({ length: workers }, () => pool.run(leaseOf(64, false))));
  const before = process.memoryUsage().rss;
  const { measures, exceptions } = await pool.run(leaseOf(n, true));
  const peak = process.resourceUsage().maxRSS * 1024;
  await pool.close();
  if (exceptions.length > 0) throw new Error(exceptions[0].error);
  return { ...JSON.parse(measures[0]), mebibytes: (peak - before) / 2 ** 20 };
}

function leaseOf(samples, team) {
  return { experiment: 'one-set', settings: { n: samples, d, iterations }, key: [2018, 7], first: 0, count: 1, team };
}

function measureApart(workers) {
  const args = ['--alone', '--workers', workers, '--samples', n, '--dimension', d, '--iterations', iterations].map(
    String,
  );
  return JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), ...args], { encoding: 'utf8' }));
}

function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: sorted[Math.floor((sorted.length - 1) / 2)], low: sorted[0], high: sorted.at(-1) };
}

function shown({ median, low, high }, digits) {
  return `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

function report(rounds, counts) {
  const flops = 4 * n * d * NEURONS;
  console.log(`one training set n=${n} d=${d} K=${NEURONS} L=1, ${(8 * n * d) / 1e6} MB, ${rounds.length} rounds`);
  const table = Object.fromEntries(
    counts.map((workers) => {
      const of = (name, scale = 1) => spread(rounds.map((round) => scale * round[workers][name]));
      const against = (name) => shown(spread(rounds.map((round) => round[counts[0]][name] / round[workers][name])), 2);
      return [
        `${workers} workers`,
        {
          'fastest ms': shown(of('fastest', 1e3), 1),
          'median ms': shown(of('median', 1e3), 1),
          'processor ms': shown(of('processor', 1e3), 1),
          'GFLOP/s': shown(spread(rounds.map((round) => flops / round[workers].fastest / 1e9)), 1),
          'GB/s of X': shown(spread(rounds.map((round) => (8 * n * d) / round[workers].fastest / 1e9)), 1),
          'drawing s': shown(of('drawing'), 2),
          'step size s': shown(of('stepping'), 2),
          'trial s': shown(of('trial'), 2),
          'ratio fastest': against('fastest'),
          'ratio median': against('median'),
          'ratio trial': against('trial'),
          MiB: shown(of('mebibytes'), 0),
        },
      ];
    }),
  );
  console.table(table);
  return table;
}

const counts = options.workers.split(',').map(Number);
if (options.alone) {
  console.log(JSON.stringify(await measure(counts[0])));
} else {
  const rounds = Array.from({ length: Number(options.rounds) }, () =>
    Object.fromEntries(counts.map((workers) => [workers, measureApart(workers)])),
  );
  const all = rounds.flatMap((round) => Object.values(round));
  if (all.some((one) => one.digest !== all[0].digest || MEASURES.some((name) => !(one[name] > 0))))
    throw new Error('the weights differ: the measurement is void');
  const table = report(rounds, counts);
  mkdirSync(dirname(options.out), { recursive: true });
  writeFileSync(options.out, `${JSON.stringify({ ...provenance(loadNativeKernels()), table, rounds }, null, 2)}\n`);
  console.log(`written to ${options.out}`);
}
