// Trials that compute for a given time and do nothing else: what the worker threads of bench/manyCores.mjs load.
import { performance } from 'node:perf_hooks';

const counts = (value, list = false) => ({
  description: '',
  kind: 'integer',
  min: 0,
  max: 1e9,
  list,
  default: { smoke: value, quick: value, paper: value },
});

export const spin = {
  id: 'spin',
  version: 1,
  paper: 'none',
  source: 'none',
  title: 'trials of a given length',
  openChoices: [],
  settings: { microseconds: counts([100], true), trials: counts(1000) },
  measures: [],
  alsoStored: ['u', 'hit'],
  cells: ({ microseconds, trials }) => microseconds.map((value) => ({ settings: { microseconds: value }, trials })),
  cost: ({ microseconds }) => 1e4 * Math.max(1, microseconds),
  claims: () => [],
  figures: () => [],
  trial({ settings: { microseconds } }) {
    const end = performance.now() + microseconds / 1000;
    while (performance.now() < end);
    return { status: 'ok', measures: { u: 1 / 3, hit: 1 } };
  },
};

export function findExperiment(id) {
  if (id !== spin.id) throw new Error(`no bench experiment '${id}'`);
  return spin;
}

/** Spinning needs no kernels. */
export function loadNativeKernels() {
  return { name: 'native' };
}
