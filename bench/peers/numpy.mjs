import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { STEP_SIZE } from '../workloads.mjs';

const script = (name) => fileURLToPath(new URL(name, import.meta.url));
const DESCENT = script('numpy_descent.py');
const LANDSCAPE = script('numpy_landscape.py');
const PYTHON = process.env.PYTHON ?? 'python3';
const REPETITIONS = 4;
const ONE_THREAD = {
  ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1',
  XLA_FLAGS: '--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1',
};

/** Why NumPy cannot take part, or null when it can. */
export function numpyMissing() {
  const probe = spawnSync(PYTHON, ['-c', 'import numpy'], { stdio: 'ignore' });
  if (probe.error !== undefined) return `${PYTHON} was not found`;
  return probe.status === 0 ? null : `${PYTHON} has no numpy`;
}

function readDoubles(file) {
  const bytes = readFileSync(file);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** NumPy's seconds per iteration on a workload (the fastest of some repetitions), and its weights after `iterations` for comparison. */
export function runNumpy(workload, data, iterations) {
  const folder = mkdtempSync(join(tmpdir(), 'basin-bench-'));
  try {
    const file = (name) => join(folder, name);
    for (const name of ['x', 'y', 'weights', 'outputWeights']) writeFileSync(file(name), data[name]);
    const job = {
      samples: workload.samples, dimension: workload.dimension, neurons: workload.neurons, starts: workload.starts,
      activation: workload.activation, trainOutput: workload.trainOutput ?? false,
      step: STEP_SIZE, iterations, repetitions: REPETITIONS, x: file('x'), y: file('y'), weights: file('weights'), outputWeights: file('outputWeights'),
      byStartResult: file('byStart'), batchedResult: file('batched'),
    };
    const { version, seconds } = JSON.parse(execFileSync(PYTHON, [DESCENT, JSON.stringify(job)], { env: ONE_THREAD, encoding: 'utf8' }));
    return { version, seconds, weights: { byStart: readDoubles(job.byStartResult), batched: readDoubles(job.batchedResult) } };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Seconds per step of NumPy, and of JAX where there is one, on a landscape, and where each ends after `iterations`. */
export function runLandscapePeers({ samples, dimension, neurons, mu, step }, data, iterations) {
  const folder = mkdtempSync(join(tmpdir(), 'basin-bench-'));
  try {
    const file = (name) => join(folder, name);
    for (const [name, values] of Object.entries(data)) writeFileSync(file(name), values);
    const job = {
      samples, dimension, neurons, diagonal: 1 + mu, step, iterations, repetitions: REPETITIONS,
      signs: file('signs'), weights: file('weights'), rows: file('rows'), results: folder,
    };
    const { seconds } = JSON.parse(execFileSync(PYTHON, [LANDSCAPE, JSON.stringify(job)], { env: ONE_THREAD, encoding: 'utf8' }));
    return { seconds, rows: Object.fromEntries(Object.keys(seconds).map((name) => [name, readDoubles(file(name))])) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
