/** One trial of zhong2017-alg2: descent from one tensor initialization, with its own samples again and with fresh ones each iteration. */
import { descentState, runDescent } from '../../core/descent.js';
import { throwIfCancelled } from '../../core/errors.js';
import { RunStatus, type DescentState, type Problem } from '../../core/kernels/contract.js';
import { matchedDistance } from '../../core/matching.js';
import { stepSizes } from '../../core/stepsize.js';
import { Purpose } from '../../core/streams.js';
import { frobeniusNorm } from '../../core/teachers.js';
import { numberOf, stepRule } from '../planted.js';
import type { TrialContext, TrialOutcome } from '../spec.js';
import { drawInitialized, zhong2017Context, type Initialized } from './problem.js';

const METHODS = ['reuse', 'fresh'] as const;
type Method = (typeof METHODS)[number];

export function runTrial(trial: TrialContext): TrialOutcome {
  const context = zhong2017Context(trial);
  const drawn = drawInitialized(context);
  const before = { signsRight: drawn.signsRight ? 1 : 0, initializationError: relativeError(drawn.initial.weights, drawn) };
  // With a wrong v, which stays fixed, neither can recover.
  const found = drawn.signsRight ? { reuse: withSameSamples(context, drawn), fresh: withFreshSamples(context, drawn) } : { reuse: NOT_REACHED, fresh: NOT_REACHED };
  const n = numberOf(context.settings, 'n');
  return {
    status: 'ok',
    measures: {
      ...before,
      ...Object.fromEntries(METHODS.flatMap((method) => named(method, found[method], method === 'reuse' ? n : n * (1 + found[method])))),
      sampleRatio: Number.isFinite(found.reuse + found.fresh) ? 1 + found.fresh : Number.NaN,
    },
  };
}

const NOT_REACHED = Infinity;

function named(method: Method, iterations: number, samples: number): [string, number][] {
  const name = method === 'reuse' ? 'Reuse' : 'Fresh';
  const reached = Number.isFinite(iterations);
  return [[`recovered${name}`, reached ? 1 : 0], [`iterations${name}`, iterations], [`samples${name}`, reached ? samples : Infinity]];
}

/** ‖W − W*‖_F/‖W*‖_F up to the order of neurons. */
function relativeError(weights: Float64Array, { teacher, teacherOutput }: Initialized): number {
  return matchedDistance(weights, teacher, teacherOutput.length) / frobeniusNorm(teacher);
}

function stateAt({ settings, kernels }: TrialContext, { problem, initial }: Initialized): DescentState {
  const point = { starts: 1, weights: initial.weights, outputWeights: initial.outputWeights };
  return descentState(point, stepSizes(kernels, problem, point, stepRule(settings), false), false);
}

/** The first recorded iteration with a relative error of at most ε. */
function withSameSamples(context: TrialContext, drawn: Initialized): number {
  const { settings, kernels, cancel } = context;
  const [every, iterations, epsilon] = [numberOf(settings, 'every'), numberOf(settings, 'iterations'), numberOf(settings, 'epsilon')];
  const state = stateAt(context, drawn);
  let reached = NOT_REACHED;
  const schedule = Array.from({ length: Math.floor(iterations / every) + 1 }, (_, i) => i * every);
  const look = (iteration: number): void => {
    if (reached === NOT_REACHED && relativeError(state.weights, drawn) <= epsilon) reached = iteration;
  };
  runDescent(kernels, drawn.problem, state, { iterations, tolerance: 0, cancel, schedule, look });
  return reached;
}

/** The same with a training set of its own for every iteration (zhong2017, Algorithm 2): one call per iteration, as each has new data. */
function withFreshSamples(context: TrialContext, drawn: Initialized): number {
  const { settings, cancel } = context;
  const [every, iterations, epsilon] = [numberOf(settings, 'every'), numberOf(settings, 'iterations'), numberOf(settings, 'epsilon')];
  const state = stateAt(context, drawn);
  const draw = freshProblems(context, drawn);
  for (let iteration = 0; iteration <= iterations && state.status[0] !== RunStatus.diverged; iteration++) {
    if (iteration % every === 0 && relativeError(state.weights, drawn) <= epsilon) return iteration;
    context.kernels.descend(draw(iteration), state, 1, 0, cancel);
    throwIfCancelled(cancel);
  }
  return NOT_REACHED;
}

/** Training sets of the same teacher, one per iteration, all in one piece of memory. */
function freshProblems({ kernels, stream }: TrialContext, { problem, teacher, teacherOutput }: Initialized): (iteration: number) => Problem {
  const { samples, dimension } = problem.inputs;
  const inputs = kernels.allocateInputs(samples, dimension);
  const values = inputs.values.subarray(0, samples * dimension);
  const blocks = Math.ceil(values.length / 2);
  return (iteration) => {
    kernels.normals(stream(Purpose.freshData), iteration * blocks, values);
    const prepared = kernels.prepare(inputs);
    return { ...problem, inputs: prepared, labels: kernels.outputs(prepared, problem.shape, problem.activation, { starts: 1, weights: teacher, outputWeights: teacherOutput }) };
  };
}
