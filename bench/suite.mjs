/** A whole run: the kernels and every other row of the performance table, one after the other. */
import { loadNativeKernels } from '../dist/core/kernels/native.js';
import { provenance } from './machine.mjs';

/** Rounds of what takes longer than a kernel. */
const MOST_ROUNDS = 3;

/** The modules of the rows, and how much of each belongs to a run of `rounds` rounds. */
const ROWS = {
  formulas: (rounds) => ({ rounds }),
  population: (rounds) => ({ rounds }),
  online: (rounds) => ({ rounds }),
  startup: () => ({}),
  coordination: (rounds) => ({ rounds: Math.min(rounds, MOST_ROUNDS), trials: 500_000 }),
  mixedTrials: (rounds) => ({ rounds: Math.min(rounds, MOST_ROUNDS) }),
  trials: (rounds) => ({ rounds: Math.min(rounds, MOST_ROUNDS), trials: 6 }),
  partitions: (rounds) => ({ rounds: Math.min(rounds, MOST_ROUNDS) }),
  stored: (rounds) => ({ rounds: Math.min(rounds, MOST_ROUNDS) }),
};
const KERNELS = 'kernels';
const ALL = [KERNELS, ...Object.keys(ROWS)];

async function measureRow(name, rounds) {
  const { DEFAULTS, measure } = await import(`./${name}.mjs`);
  const { results, details } = await measure({ ...DEFAULTS, ...ROWS[name](rounds) });
  for (const line of details) console.log(`  ${line}`);
  return results;
}

async function measureKernels(rounds) {
  const measurement = await import('./measure.mjs');
  return measurement.measureKernels(rounds);
}

function namesOf(only) {
  const unknown = only.find((name) => !ALL.includes(name));
  if (unknown !== undefined) throw new Error(`--only must name some of ${ALL.join(', ')}, got '${unknown}'`);
  return ALL.filter((name) => only.includes(name));
}

/**
 * @returns the run as it is stored: provenance, what `measureKernels` returns, `results` by measurement, and `failed`,
 *   the message of each measurement that ended with an error
 */
export async function measureRun(rounds, only = ALL) {
  const run = { ...provenance(loadNativeKernels()), results: {}, failed: {} };
  for (const name of namesOf(only)) {
    const begin = performance.now();
    console.log(`${name} …`);
    try {
      if (name === KERNELS) Object.assign(run, await measureKernels(rounds));
      else run.results[name] = await measureRow(name, rounds);
    } catch (error) {
      run.failed[name] = error.message;
      console.log(`  failed: ${error.message}`);
    }
    console.log(`  ${((performance.now() - begin) / 1000).toFixed(0)} s`);
  }
  return run;
}
