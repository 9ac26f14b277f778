/** The losses that gao2018 compares, each with the descent method of the paper's figures. */
import { RunStatus } from '../../../core/kernels/contract.js';
import type { MethodState } from '../../../core/kernels/landscapeContract.js';
import type { InputLaw } from '../../../core/networks/inputs.js';
import { methodState, runMethod, type Method, type Objective } from '../../../core/landscape/method.js';
import { parameterErrors } from '../../../core/landscape/parameterError.js';
import { landscapeProblem } from '../../../core/landscape/problem.js';
import { exactTerms, gaussianTerms, type ScoreTerms } from '../../../core/landscape/terms.js';
import { outputWeights } from '../../../core/networks/networks.js';
import { keepEnds, keepSteps } from '../../keeper.js';
import type { TrialContext } from '../../spec.js';
import { RELU, type Regression } from './regression.js';

/**
 * `L` uses the exact score of the inputs and `G` the score of N(0, I). `l2-adam` and `l2-descent` are the mean squared
 * error.
 */
export const GAO_LOSSES = ['L', 'G', 'l2-adam', 'l2-descent'] as const;
export type GaoLoss = (typeof GAO_LOSSES)[number];

/** The sign of κ* for ReLU: g⁗ = δ″, and the densities of ⟨a*, x⟩ are concave at 0. */
const RELU_SIGN = -1;

export function isSquared(loss: string): boolean {
  return loss.startsWith('l2');
}

/** The parameters of a landscape loss. */
interface LandscapeSettings {
  readonly mu: number;
  readonly penalty: number;
}

/**
 * The parameters of the descents. The ℓ2 losses have the same step size as the others unless a separate one is given.
 */
interface MethodSettings {
  readonly rows: 'unit' | 'free';
  readonly stepSize: number;
  readonly stepSizeL2?: number;
}

interface WatchedSettings extends MethodSettings {
  readonly iterations: number;
  readonly settled: number;
}

/** A landscape loss of a regression problem with the given score. */
export function landscapeOf(
  { kernels, settings }: Pick<TrialContext<LandscapeSettings>, 'kernels' | 'settings'>,
  { labels }: Pick<Regression, 'labels'>,
  terms: ScoreTerms,
): Extract<Objective, { kind: 'landscape' }> {
  const problem = landscapeProblem(kernels, terms, labels, {
    sign: RELU_SIGN,
    mu: settings.mu,
    penalty: settings.penalty,
  });
  return { kind: 'landscape', problem };
}

/** The objective that belongs to a loss's name. L uses the exact score of the law of the inputs. */
export function objectiveOf(
  context: TrialContext<LandscapeSettings & { readonly inputs: InputLaw }>,
  regression: Regression,
  loss: GaoLoss,
): Objective {
  const { rows, samples, dimension, inputs, labels } = regression;
  if (loss === 'L')
    return landscapeOf(context, regression, exactTerms(context.settings.inputs, rows, samples, dimension));
  if (loss === 'G') return landscapeOf(context, regression, gaussianTerms(rows, samples, dimension));
  const problem = {
    inputs,
    labels,
    shape: { strides: 1, rows: dimension },
    activation: RELU,
    loss: 'squared',
  } as const;
  return { kind: 'risk', problem, outputWeights: outputWeights('sum', 1, dimension) };
}

/** The descent method of a loss: Adam on ℓ2 as in the paper's figure, otherwise plain steps. */
export function methodOf(settings: MethodSettings, loss: string): Method {
  const unitRows = settings.rows === 'unit';
  if (!isSquared(loss)) return { rule: 'gd', stepSize: settings.stepSize, unitRows };
  const step = settings.stepSizeL2 ?? settings.stepSize;
  // The paper's ℓ2 is the mean of (ŷ − y)², and ours is half of it. Therefore the same plain step is twice as long
  // here. For Adam the factor makes no difference.
  return loss === 'l2-adam' ? { rule: 'adam', stepSize: step, unitRows } : { rule: 'gd', stepSize: 2 * step, unitRows };
}

export interface DescentRecord {
  readonly state: MethodState;
  readonly diverged: boolean;
  /** e(A) at the scheduled steps */
  readonly errors: Float64Array;
  readonly losses: Float64Array;
  /** norms of the gradient, tangential for unit rows, at the same steps */
  readonly gradients: Float64Array;
}

/**
 * Descends on an objective from the start of a regression problem, and records e(A) on a schedule. A diverged run has
 * error ∞.
 */
export function descendAndWatch(
  { kernels, settings, cancel, keep }: TrialContext<WatchedSettings>,
  { start, teacher, dimension }: Regression,
  objective: Objective,
  loss: string,
  schedule: readonly number[],
): DescentRecord {
  const method = methodOf(settings, loss);
  const state = methodState(method, start);
  const [errors, losses, gradients]: [number[], number[], number[]] = [[], [], []];
  const diverged = (): boolean => state.status[0] === RunStatus.diverged;
  runMethod(kernels, objective, state, {
    iterations: settings.iterations,
    tolerance: method.rule === 'adam' ? -1 : settings.settled / method.stepSize,
    cancel,
    schedule,
    look: () => {
      errors.push(diverged() ? Infinity : parameterErrors(kernels, state.weights, teacher, dimension).error);
      losses.push(state.loss[0]);
      gradients.push(state.gradientNorm[0]);
    },
  });
  keepSteps(keep, Float64Array.of(method.stepSize));
  keepEnds(keep, dimension, { starts: 1, weights: state.weights, outputWeights: outputWeights('sum', 1, dimension) });
  return {
    state,
    diverged: diverged(),
    errors: Float64Array.from(errors),
    losses: Float64Array.from(losses),
    gradients: Float64Array.from(gradients),
  };
}
