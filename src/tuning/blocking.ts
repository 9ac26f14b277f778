/** Measures which block sizes of the kernels are fastest. */
import { parseActivation } from '../core/networks/activations.js';
import { descentFlops } from '../core/descent/descent.js';
import {
  DEFAULT_BLOCKING,
  NEVER,
  type Blocking,
  type DescentState,
  type NativeKernels,
  type Problem,
} from '../core/kernels/contract.js';

/** A kind of descent that researchers run: a wide batch, many neurons, one start, a tiny training set. */
interface Workload {
  readonly samples: number;
  readonly dimension: number;
  readonly neurons: number;
  readonly starts: number;
  readonly activation: string;
}

const WORKLOADS: readonly Workload[] = [
  { samples: 5000, dimension: 60, neurons: 3, starts: 20, activation: 'sigmoid' },
  { samples: 2000, dimension: 30, neurons: 10, starts: 50, activation: 'softplus' },
  { samples: 10_000, dimension: 100, neurons: 5, starts: 1, activation: 'squared-relu' },
  { samples: 100, dimension: 10, neurons: 11, starts: 10, activation: 'softplus' },
];

/** One timed call: some milliseconds, so that many rounds fit in. */
const CALL_FLOPS = 2e8;

export const GROUP_UNITS = [8, 16, 32, 64, 128, 256] as const;
export const TILE_ROWS = [3, 4, 5, 6] as const;

/** The speed of a candidate relative to the default, in rounds in which both were timed. */
export interface Comparison {
  readonly blocking: Blocking;
  /**
   * time of the default over that of the candidate, geometric mean over the workloads: median, lower and upper quartile
   * of the rounds
   */
  readonly speed: { readonly median: number; readonly low: number; readonly high: number };
}

export function isDefault({ groupUnits, tileRows }: Blocking): boolean {
  return groupUnits === DEFAULT_BLOCKING.groupUnits && tileRows === DEFAULT_BLOCKING.tileRows;
}

/** With fewer rounds quartiles are meaningless. */
export const LEAST_ROUNDS = 5;

/** The least gain for which the default is changed. */
const LEAST_GAIN = 1.02;

export interface MeasureOptions {
  readonly seconds: number;
  /** processor or wall-clock time in seconds */
  readonly clock: () => number;
  readonly onRound?: (share: number) => void;
}

/**
 * Times all candidates in turn until the time is up, and at least `LEAST_ROUNDS` times: first group sizes, then tile
 * heights with the best group size. Afterwards the kernels have their default again. Throws when a candidate changes a
 * bit, which would be a defect of the kernels.
 */
export function measureBlocking(
  kernels: NativeKernels,
  { seconds, clock, onRound }: MeasureOptions,
): { readonly best: Blocking; readonly compared: readonly Comparison[] } {
  const tasks = WORKLOADS.map((workload) => taskOf(kernels, workload));
  const half = (candidates: readonly Blocking[], done: number): Comparison[] =>
    compare(kernels, tasks, candidates, {
      seconds: seconds / 2,
      clock,
      onRound: (share) => onRound?.(done + share / 2),
    });
  try {
    const groups = half(
      GROUP_UNITS.map((groupUnits) => ({ ...DEFAULT_BLOCKING, groupUnits })),
      0,
    );
    const { groupUnits } = bestOf(groups);
    const tiles = half(
      TILE_ROWS.map((tileRows) => ({ groupUnits, tileRows })),
      0.5,
    );
    const compared = [...groups, ...tiles];
    return { best: bestOf(compared), compared };
  } finally {
    kernels.tune(DEFAULT_BLOCKING);
  }
}

interface Task {
  /** runs a descent from the same point each time and returns its final weights */
  readonly run: () => Float64Array;
  readonly expected: Float64Array;
}

function taskOf(kernels: NativeKernels, { samples, dimension, neurons, starts, activation }: Workload): Task {
  const drawn = (length: number, purpose: number): Float64Array => {
    const out = new Float64Array(length);
    kernels.normals({ key: [0, 0], trial: 0, purpose }, 0, out);
    return out;
  };
  const inputs = kernels.allocateInputs(samples, dimension);
  inputs.values.set(drawn(samples * dimension, 1));
  const problem: Problem = {
    inputs: kernels.prepare(inputs),
    labels: drawn(samples, 2),
    shape: { strides: 1, rows: neurons },
    activation: parseActivation(activation),
    loss: 'squared',
  };
  const weights = drawn(starts * neurons * dimension, 3).map((w) => w / Math.sqrt(dimension));
  const updates = Math.max(1, Math.round(CALL_FLOPS / descentFlops(samples, dimension, neurons, starts, 1)));
  const run = (): Float64Array => {
    const state = stateAt(starts, weights.slice(), new Float64Array(starts * neurons).fill(1 / neurons));
    kernels.descend(problem, state, updates, NEVER);
    return state.weights;
  };
  kernels.tune(DEFAULT_BLOCKING);
  return { run, expected: run() };
}

function stateAt(starts: number, weights: Float64Array, outputWeights: Float64Array): DescentState {
  const perStart = (value: number): Float64Array => new Float64Array(starts).fill(value);
  return {
    starts,
    weights,
    outputWeights,
    trainOutput: false,
    stepSizes: perStart(1e-3),
    status: new Int32Array(starts),
    iterations: new Int32Array(starts),
    firstLoss: perStart(Number.NaN),
    loss: perStart(0),
    gradientNorm: perStart(0),
  };
}

function compare(
  kernels: NativeKernels,
  tasks: readonly Task[],
  candidates: readonly Blocking[],
  { seconds, clock, onRound }: MeasureOptions,
): Comparison[] {
  const ratios: number[][] = candidates.map(() => []);
  const begin = clock();
  for (let round = 0; round < LEAST_ROUNDS || clock() - begin < seconds; round++) {
    const base = tasks.map((task) => timed(kernels, DEFAULT_BLOCKING, task, clock));
    candidates.forEach((blocking, c) => {
      const logs = tasks.map((task, i) => Math.log(base[i] / timed(kernels, blocking, task, clock)));
      ratios[c].push(Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length));
    });
    onRound?.(Math.min(1, (clock() - begin) / seconds));
  }
  return candidates.map((blocking, c) => ({ blocking, speed: quartiles(ratios[c]) }));
}

function timed(kernels: NativeKernels, blocking: Blocking, { run, expected }: Task, clock: () => number): number {
  kernels.tune(blocking);
  const begin = clock();
  const weights = run();
  const seconds = clock() - begin;
  if (!weights.every((w, i) => Object.is(w, expected[i])))
    throw new Error(`the blocking ${JSON.stringify(blocking)} changed bits: please report this`);
  return Math.max(seconds, 1e-9);
}

function quartiles(values: readonly number[]): Comparison['speed'] {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))];
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

/**
 * The fastest candidate whose gain exceeds the scatter of its own rounds and of the default against itself; the default
 * where none does.
 */
export function bestOf(compared: readonly Comparison[]): Blocking {
  const scatter = compared.filter(({ blocking }) => isDefault(blocking)).map(({ speed }) => speed.high);
  const least = Math.max(LEAST_GAIN, ...scatter);
  const gaining = compared.filter(
    ({ blocking, speed }) => !isDefault(blocking) && speed.median >= least && speed.low > 1,
  );
  return gaining.toSorted((a, b) => b.speed.median - a.speed.median).at(0)?.blocking ?? DEFAULT_BLOCKING;
}
