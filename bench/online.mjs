/**
 * Row S: online SGD, erf, d = 1000, K = M = 4, batch 1, against a loop of NumPy: CPU time of a step, alternating, ends on
 * the same samples compared. `node bench/online.mjs [rounds]`; PYTHON names another Python with NumPy.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { descentState } from '../dist/core/descent/descent.js';
import { loadNativeKernels } from '../dist/core/kernels/native.js';
import { parseActivation } from '../dist/core/networks/activations.js';
import { writeNpy } from '../dist/io/npy.js';
import { INSTALLED_PYTHON } from './peers/places.mjs';
import { spread } from './statistics.mjs';

const ROUNDS = Number(process.argv[2] ?? 5);
const [DIMENSION, ROWS, STEP_SIZE, COMPARED, STEPS] = [1000, 4, 0.5 / 1000, 1000, 20000];
const PROGRAM = join(import.meta.dirname, 'peers', 'python', 'online_numpy.py');

const kernels = loadNativeKernels();
const address = { key: [1, 2], trial: 0, purpose: 6 };
const normals = (purpose, count, scale) => {
  const values = new Float64Array(count);
  kernels.normals({ ...address, purpose }, 0, values);
  return values.map((value) => value * scale);
};
const start = normals(3, ROWS * DIMENSION, 0.5 / Math.sqrt(DIMENSION));
// basin's `erf` is √2 erf(z/√2).
const outputWeights = new Float64Array(ROWS).fill(Math.SQRT1_2);
const teacher = { weights: normals(0, ROWS * DIMENSION, 1 / Math.sqrt(DIMENSION)), outputWeights };
const problem = {
  activation: parseActivation('erf'),
  dimension: DIMENSION,
  teacher,
  loss: 'squared',
  noise: 0,
  batch: 1,
};
const samples = { address, sequences: Uint32Array.of(0) };

function descended(steps) {
  const state = descentState({ starts: 1, weights: start, outputWeights }, Float64Array.of(STEP_SIZE), false);
  const before = process.cpuUsage();
  kernels.descendOnline(problem, state, samples, steps);
  const { user, system } = process.cpuUsage(before);
  return { seconds: (user + system) / 1e6 / steps, weights: state.weights };
}

function numpy(folder) {
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' };
  const command = process.env['PYTHON'] ?? INSTALLED_PYTHON;
  const files = ['W0', 'U', 'X'].map((name) => join(folder, `${name}.npy`));
  const args = [PROGRAM, ...files, String(STEP_SIZE), String(STEPS)];
  const { status, stdout, stderr } = spawnSync(command, args, { env, encoding: 'utf8', maxBuffer: 2 ** 24 });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  return JSON.parse(stdout);
}

/** The inputs of the compared steps: a step takes d numbers for x and one for the noise, in whole blocks of four. */
function drawnInputs() {
  const blocks = Math.ceil((DIMENSION + 1) / 4);
  const inputs = new Float32Array(COMPARED * DIMENSION);
  for (let t = 0; t < COMPARED; t++)
    kernels.singleNormals(address, t * blocks, inputs.subarray(t * DIMENSION, (t + 1) * DIMENSION));
  return Float64Array.from(inputs);
}

const folder = mkdtempSync(join(tmpdir(), 'basin-bench-'));
try {
  writeNpy(join(folder, 'W0.npy'), start, [ROWS, DIMENSION]);
  writeNpy(join(folder, 'U.npy'), teacher.weights, [ROWS, DIMENSION]);
  writeNpy(join(folder, 'X.npy'), drawnInputs(), [COMPARED, DIMENSION]);
  descended(STEPS);
  const rounds = Array.from({ length: ROUNDS }, () => ({ own: descended(STEPS), other: numpy(folder) }));
  const { weights } = descended(COMPARED);
  const apart = Math.max(...rounds[0].other.weights.map((w, i) => Math.abs(w - weights[i])));
  if (!(apart < 1e-9)) throw new Error(`the ends differ by ${apart}`);
  const shown = ({ median, low, high }, digits) =>
    `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
  const micro = (of) => shown(spread(rounds.map((round) => of(round).seconds * 1e6)), 2);
  console.log(`${kernels.info().vectorTarget}, ${ROUNDS} rounds, ends agree to ${apart.toExponential(1)}`);
  console.log(`basin ${micro(({ own }) => own)} µs a step, NumPy ${micro(({ other }) => other)} µs`);
  console.log(`ratio ${shown(spread(rounds.map(({ own, other }) => other.seconds / own.seconds)), 1)}`);
} finally {
  rmSync(folder, { recursive: true });
}
