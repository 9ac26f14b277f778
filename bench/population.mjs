/**
 * Row P: descents on the population risk, ReLU, k = n = 20, 100 starts, against batched NumPy: CPU time of an iteration,
 * alternating, ends compared. `node bench/population.mjs [--rounds 5]`; PYTHON names another Python with NumPy.
 */
import { loadNativeKernels } from '../dist/core/kernels/native.js';
import { descentState } from '../dist/core/descent/descent.js';
import { parseActivation } from '../dist/core/networks/activations.js';
import { cpuSeconds, inRounds, whenAlone } from './alone.mjs';
import { runNumpy } from './peers/numpy.mjs';
import { shown } from './statistics.mjs';

export const DEFAULTS = { rounds: 5 };

const [ITERATIONS, STEP, size, starts] = [200, 0.01, 20, 100];
const LARGEST_DIFFERENCE = 1e-9;

function startsOf(kernels) {
  const weights = new Float64Array(starts * size * size);
  kernels.normals({ key: [1, 2], trial: 0, purpose: 3 }, 0, weights);
  return weights.map((w) => w / Math.sqrt(size));
}

/** Descents on the risk against the teacher I: CPU seconds of an iteration, and where they end. */
function basinOn(kernels, weights) {
  const identity = Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
  const teacher = { weights: identity, outputWeights: new Float64Array(size).fill(1) };
  const problem = { activation: parseActivation('relu'), dimension: size, teacher };
  return () => {
    const outputWeights = new Float64Array(starts * size).fill(1);
    const state = descentState({ starts, weights, outputWeights }, new Float64Array(starts).fill(STEP), false);
    const seconds = cpuSeconds(() => kernels.descendPopulation(problem, state, ITERATIONS, -1)) / ITERATIONS;
    kernels.descendPopulation(problem, state, 0, -1);
    return { seconds, risk: [...state.loss] };
  };
}

export function measure({ rounds: count }) {
  const kernels = loadNativeKernels();
  const weights = startsOf(kernels);
  const basin = basinOn(kernels, weights);
  const numpy = () => runNumpy('population_numpy.py', { W0: [weights, [starts, size, size]] }, [ITERATIONS]);
  basin();
  const { rounds, over } = inRounds(count, () => ({ own: basin(), other: numpy() }));
  const apart = Math.max(...rounds[0].own.risk.map((risk, l) => Math.abs(risk - rounds[0].other.risk[l])));
  if (!(apart < LARGEST_DIFFERENCE)) throw new Error(`P: the ends differ by ${apart}`);
  const micro = (of) =>
    shown(
      over((round) => of(round).seconds * 1e6),
      0,
    );
  return {
    results: { 'P: × NumPy batched': over(({ own, other }) => other.seconds / own.seconds) },
    details: [
      `P: basin ${micro(({ own }) => own)} µs an iteration, NumPy ${micro(({ other }) => other)} µs; ends agree to ${apart.toExponential(1)}`,
    ],
  };
}

await whenAlone(import.meta, { DEFAULTS, measure });
