/**
 * Row P: descents on the population risk, ReLU, k = n = 20, 100 starts, against batched NumPy: CPU time of an iteration,
 * alternating, ends compared. `node bench/population.mjs [rounds]`; PYTHON names another Python with NumPy.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadNativeKernels } from '../dist/core/kernels/native.js';
import { descentState } from '../dist/core/descent/descent.js';
import { parseActivation } from '../dist/core/networks/activations.js';
import { writeNpy } from '../dist/io/npy.js';
import { INSTALLED_PYTHON } from './peers/places.mjs';
import { spread } from './statistics.mjs';

const ROUNDS = Number(process.argv[2] ?? 5);
const [ITERATIONS, STEP, size, starts] = [200, 0.01, 20, 100];
const PROGRAM = join(import.meta.dirname, 'peers', 'python', 'population_numpy.py');

const kernels = loadNativeKernels();
const weights = new Float64Array(starts * size * size);
kernels.normals({ key: [1, 2], trial: 0, purpose: 3 }, 0, weights);
weights.forEach((w, i) => (weights[i] = w / Math.sqrt(size)));
const identity = Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
const teacher = { weights: identity, outputWeights: new Float64Array(size).fill(1) };
const problem = { activation: parseActivation('relu'), dimension: size, teacher };

function basin() {
  const outputWeights = new Float64Array(starts * size).fill(1);
  const state = descentState({ starts, weights, outputWeights }, new Float64Array(starts).fill(STEP), false);
  const before = process.cpuUsage();
  kernels.descendPopulation(problem, state, ITERATIONS, -1);
  const { user, system } = process.cpuUsage(before);
  kernels.descendPopulation(problem, state, 0, -1);
  return { seconds: (user + system) / 1e6 / ITERATIONS, risk: [...state.loss] };
}

function numpy(file) {
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' };
  const command = process.env['PYTHON'] ?? INSTALLED_PYTHON;
  const { status, stdout, stderr } = spawnSync(command, [PROGRAM, file, String(ITERATIONS)], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  return JSON.parse(stdout);
}

const folder = mkdtempSync(join(tmpdir(), 'basin-bench-'));
try {
  const file = join(folder, 'W0.npy');
  writeNpy(file, weights, [starts, size, size]);
  basin();
  const rounds = Array.from({ length: ROUNDS }, () => ({ own: basin(), other: numpy(file) }));
  const apart = Math.max(...rounds[0].own.risk.map((risk, l) => Math.abs(risk - rounds[0].other.risk[l])));
  if (!(apart < 1e-9)) throw new Error(`the ends differ by ${apart}`);
  const shown = ({ median, low, high }, digits) =>
    `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
  const micro = (of) => shown(spread(rounds.map((round) => of(round).seconds * 1e6)), 0);
  console.log(`${kernels.info().vectorTarget}, ${ROUNDS} rounds, ends agree to ${apart.toExponential(1)}`);
  console.log(`basin ${micro(({ own }) => own)} µs an iteration, NumPy ${micro(({ other }) => other)} µs`);
  console.log(`ratio ${shown(spread(rounds.map(({ own, other }) => other.seconds / own.seconds)), 1)}`);
} finally {
  rmSync(folder, { recursive: true });
}
