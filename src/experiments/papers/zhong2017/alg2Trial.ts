/**
 * One trial of zhong2017-alg2: two descents from one tensor initialization. One reuses its samples, and the other draws
 * fresh samples in each iteration.
 */
import { descentState, runDescent } from '../../../core/descent/descent.js';
import { throwIfCancelled } from '../../../base/errors.js';
import { RunStatus, type DescentState } from '../../../core/kernels/contract.js';
import { matchedDistance } from '../../../core/matching/matching.js';
import { stepSizes } from '../../../core/descent/stepsize.js';
import { frobeniusNorm } from '../../../core/networks/teachers.js';
import { keepEnds, keepSteps } from '../../keeper.js';
import { stepRule, type StepSettings } from '../../common/planted.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';
import { freshProblems } from './fresh.js';
import { drawInitialized, zhong2017Context, type Initialized, type Zhong2017Settings } from './problem.js';

/** A planted problem, its descents, the interval between recorded errors, and the error that counts as recovered. */
interface Alg2Settings extends Zhong2017Settings, StepSettings {
  readonly iterations: number;
  readonly every: number;
  readonly epsilon: number;
}

const METHODS = ['reuse', 'fresh'] as const;
type Method = (typeof METHODS)[number];

export function runTrial(trial: TrialContext<Alg2Settings>): TrialOutcome {
  const context = zhong2017Context(trial);
  const drawn = drawInitialized(context);
  const before = {
    signsRight: drawn.signsRight ? 1 : 0,
    initializationError: relativeError(drawn.initial.weights, drawn),
  };
  // v stays fixed, so neither descent can recover W* with a wrong v.
  const found = drawn.signsRight
    ? { reuse: withSameSamples(context, drawn), fresh: withFreshSamples(context, drawn) }
    : { reuse: neverReached(context.settings), fresh: neverReached(context.settings) };
  const n = context.settings.n;
  return {
    status: 'ok',
    measures: {
      ...before,
      ...Object.fromEntries(METHODS.flatMap((method) => named(method, found[method], n))),
      sampleRatio: Number.isFinite(found.reuse.last + found.fresh.last) ? 1 + found.fresh.last : Number.NaN,
      reuseSuffices: Number.isFinite(found.reuse.first) ? Number(Number.isFinite(found.reuse.last)) : Number.NaN,
    },
  };
}

/** Convergence is linear from this relative error on. The iterations before depend on W_0. */
export const LINEAR_BELOW = 1e-2;

/**
 * The first recorded iterations at which the relative error is at most three levels: `LINEAR_BELOW`, the midpoint
 * between `LINEAR_BELOW` and ε on the log scale, and ε.
 */
class Reached {
  readonly #levels: readonly number[];
  readonly #iterations: number[];

  constructor(epsilon: number) {
    this.#levels = [LINEAR_BELOW, Math.sqrt(LINEAR_BELOW * epsilon), epsilon];
    this.#iterations = this.#levels.map(() => Infinity);
  }

  look(iteration: number, error: number): void {
    this.#levels.forEach((level, i) => {
      if (error <= level) this.#iterations[i] = Math.min(this.#iterations[i], iteration);
    });
  }

  get first(): number {
    return this.#iterations[0];
  }

  get last(): number {
    return this.#iterations[2];
  }

  /**
   * The exponent a in iterations ∝ log(1/ε)^a, counted from the first level on. On the log scale, the distance from the
   * second level to the third equals that from the first to the second. NaN if a level is not reached, or if ε is
   * larger than `LINEAR_BELOW`.
   */
  get exponent(): number {
    const [from, middle, end] = this.#iterations;
    return from < middle && middle < end && end < Infinity ? Math.log2((end - from) / (middle - from)) : Number.NaN;
  }
}

function neverReached({ epsilon }: Pick<Alg2Settings, 'epsilon'>): Reached {
  return new Reached(epsilon);
}

function named(method: Method, { last, exponent }: Reached, n: number): [string, number][] {
  const name = method === 'reuse' ? 'Reuse' : 'Fresh';
  const reached = Number.isFinite(last);
  const samples = method === 'reuse' ? n : n * (1 + last);
  return [
    [`recovered${name}`, reached ? 1 : 0],
    [`iterations${name}`, last],
    [`samples${name}`, reached ? samples : Infinity],
    [`exponent${name}`, exponent],
  ];
}

/** ‖W − W*‖_F/‖W*‖_F, minimised over the orders of the neurons. */
function relativeError(weights: Float64Array, { teacher, teacherOutput }: Initialized): number {
  return matchedDistance(weights, teacher, teacherOutput.length) / frobeniusNorm(teacher);
}

function stateAt({ settings, kernels }: TrialContext<StepSettings>, { problem, initial }: Initialized): DescentState {
  const point = { starts: 1, weights: initial.weights, outputWeights: initial.outputWeights };
  return descentState(point, stepSizes(kernels, problem, point, stepRule(settings), false), false);
}

function withSameSamples(context: TrialContext<Alg2Settings>, drawn: Initialized): Reached {
  const { settings, kernels, cancel, keep } = context;
  const { every, iterations } = settings;
  const state = stateAt(context, drawn);
  const reached = neverReached(settings);
  const schedule = Array.from({ length: Math.floor(iterations / every) + 1 }, (_, i) => i * every);
  const look = (iteration: number): void => {
    if (reached.last === Infinity) reached.look(iteration, relativeError(state.weights, drawn));
  };
  keepSteps(keep, state.stepSizes);
  runDescent(kernels, drawn.problem, state, { iterations, tolerance: 0, cancel, schedule, look });
  keepEnds(keep, drawn.problem.shape.rows, state);
  return reached;
}

/**
 * The same descent with a new training set for every iteration (zhong2017, Algorithm 2). Each iteration has new data,
 * so it needs a separate call.
 */
function withFreshSamples(context: TrialContext<Alg2Settings>, drawn: Initialized): Reached {
  const { settings, cancel } = context;
  const { every, iterations } = settings;
  const state = stateAt(context, drawn);
  const reached = neverReached(settings);
  const draw = freshProblems(context, drawn);
  for (let iteration = 0; iteration <= iterations && state.status[0] !== RunStatus.diverged; iteration++) {
    if (iteration % every === 0) reached.look(iteration, relativeError(state.weights, drawn));
    if (reached.last < Infinity) break;
    context.kernels.descend(draw(iteration), state, 1, 0, cancel);
    throwIfCancelled(cancel);
  }
  return reached;
}
