/**
 * Row S: online SGD, erf, d = 1000, K = M = 4, batch 1, against a loop of NumPy: CPU time of a step, alternating, ends on
 * the same samples compared. `node bench/online.mjs [--rounds 5]`; PYTHON names another Python with NumPy.
 */
import { descentState } from '../dist/core/descent/descent.js';
import { loadNativeKernels } from '../dist/core/kernels/native.js';
import { parseActivation } from '../dist/core/networks/activations.js';
import { cpuSeconds, inRounds, whenAlone } from './alone.mjs';
import { runNumpy } from './peers/numpy.mjs';
import { shown } from './statistics.mjs';

export const DEFAULTS = { rounds: 5 };

const [DIMENSION, ROWS, STEP_SIZE, COMPARED, STEPS] = [1000, 4, 0.5 / 1000, 1000, 20000];
const LARGEST_DIFFERENCE = 1e-9;
const ADDRESS = { key: [1, 2], trial: 0, purpose: 6 };

function networks(kernels) {
  const normals = (purpose, count, scale) => {
    const values = new Float64Array(count);
    kernels.normals({ ...ADDRESS, purpose }, 0, values);
    return values.map((value) => value * scale);
  };
  return {
    start: normals(3, ROWS * DIMENSION, 0.5 / Math.sqrt(DIMENSION)),
    teacher: normals(0, ROWS * DIMENSION, 1 / Math.sqrt(DIMENSION)),
    // basin's `erf` is √2 erf(z/√2).
    outputWeights: new Float64Array(ROWS).fill(Math.SQRT1_2),
  };
}

/** CPU seconds of a step of so many, and where they end. */
function basinOn(kernels, { start, teacher, outputWeights }) {
  const problem = {
    activation: parseActivation('erf'),
    dimension: DIMENSION,
    teacher: { weights: teacher, outputWeights },
    loss: 'squared',
    noise: 0,
    batch: 1,
  };
  const samples = { address: ADDRESS, sequences: Uint32Array.of(0) };
  return (steps) => {
    const state = descentState({ starts: 1, weights: start, outputWeights }, Float64Array.of(STEP_SIZE), false);
    const seconds = cpuSeconds(() => kernels.descendOnline(problem, state, samples, steps)) / steps;
    return { seconds, weights: state.weights };
  };
}

/** The inputs of the compared steps: a step takes d numbers for x and one for the noise, in whole blocks of four. */
function drawnInputs(kernels) {
  const blocks = Math.ceil((DIMENSION + 1) / 4);
  const inputs = new Float32Array(COMPARED * DIMENSION);
  for (let t = 0; t < COMPARED; t++)
    kernels.singleNormals(ADDRESS, t * blocks, inputs.subarray(t * DIMENSION, (t + 1) * DIMENSION));
  return Float64Array.from(inputs);
}

export function measure({ rounds: count }) {
  const kernels = loadNativeKernels();
  const { start, teacher, outputWeights } = networks(kernels);
  const descended = basinOn(kernels, { start, teacher, outputWeights });
  const arrays = {
    W0: [start, [ROWS, DIMENSION]],
    U: [teacher, [ROWS, DIMENSION]],
    X: [drawnInputs(kernels), [COMPARED, DIMENSION]],
  };
  descended(STEPS);
  const { rounds, over } = inRounds(count, () => ({
    own: descended(STEPS),
    other: runNumpy('online_numpy.py', arrays, [STEP_SIZE, STEPS]),
  }));
  const { weights } = descended(COMPARED);
  const apart = Math.max(...rounds[0].other.weights.map((w, i) => Math.abs(w - weights[i])));
  if (!(apart < LARGEST_DIFFERENCE)) throw new Error(`S: the ends differ by ${apart}`);
  const micro = (of) =>
    shown(
      over((round) => of(round).seconds * 1e6),
      2,
    );
  return {
    results: { "S: × NumPy's loop": over(({ own, other }) => other.seconds / own.seconds) },
    details: [
      `S: basin ${micro(({ own }) => own)} µs a step, NumPy ${micro(({ other }) => other)} µs; ends agree to ${apart.toExponential(1)}`,
    ],
  };
}

await whenAlone(import.meta, { DEFAULTS, measure });
