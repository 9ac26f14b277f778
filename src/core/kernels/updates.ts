/**
 * How a gradient becomes a step: the one vocabulary of update rules, for every descent. W is the point at which the
 * gradient g is taken, u and the moments are zero at first, and v moves in the same way when it is trained. Formulas,
 * conventions and sources: docs/derivations/optimizers.md.
 */
import { refuse } from '../../base/errors.js';
import { wordsOf, wordsWith, type Word } from '../../base/vocabulary.js';

interface Rule {
  readonly description: string;
  /** whether β is a parameter of it */
  readonly takesMomentum: boolean;
  /** whether its steps are multiples of gradients, so that a curvature says which step size is stable */
  readonly followsCurvature: boolean;
}

export const UPDATE_RULES = {
  gd: { description: 'gradient descent, W − η g', takesMomentum: false, followsCurvature: true },
  momentum: {
    description: 'heavy ball (Polyak 1964), W − η u with u ← β u + g',
    takesMomentum: true,
    followsCurvature: true,
  },
  nesterov: {
    description: 'Nesterov (1983) at his extrapolated points, W − η (g + β u) with u ← β u + g',
    takesMomentum: true,
    followsCurvature: true,
  },
  adam: {
    description: 'W − η m̂/(√v̂ + 1e-8), decays 0.9 and 0.999 (Kingma and Ba 2015, Algorithm 1)',
    takesMomentum: false,
    followsCurvature: false,
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type UpdateRule = Word<typeof UPDATE_RULES>;
export const UPDATE_RULE_NAMES = wordsOf(UPDATE_RULES);

/** The methods of a descent: the update rules with the gradient of the whole risk, and with those of mini-batches. */
export const METHODS = {
  ...UPDATE_RULES,
  sgd: {
    description: 'stochastic gradient descent, W − η g with g the gradient of a batch of samples',
    takesMomentum: false,
    followsCurvature: true,
  },
} as const;

export type Method = Word<typeof METHODS>;
export const METHOD_NAMES = wordsOf(METHODS);
/** Methods that have a β. */
export const MOMENTUM_METHODS: readonly Method[] = wordsWith(METHODS, { takesMomentum: true });
/** Methods whose step size may follow from a curvature. */
export const CURVATURE_METHODS: readonly Method[] = wordsWith(METHODS, { followsCurvature: true });

/** β where none is given, and the largest one: 1 would never forget a gradient. */
export const USUAL_MOMENTUM = 0.9;
export const MOST_MOMENTUM = 0.999999;

/** Adam's decays and the floor under its denominator. */
export const ADAM = { firstDecay: 0.9, secondDecay: 0.999, floor: 1e-8 } as const;

/** The factor on η of the update that follows t others. It depends on t alone, so cuts into calls do not matter. */
export type StepFactor = (t: number) => number;

/** An update rule with its parameters. */
export interface UpdateMethod {
  readonly rule: UpdateRule;
  /** β, from 0 to `MOST_MOMENTUM`; default: `USUAL_MOMENTUM` */
  readonly momentum?: number;
  /** default: always 1 */
  readonly factor?: StepFactor;
}

/** Running sums of the gradients of L starts, advanced in place. P is the number of variables of a start: W, then v. */
export interface Moments {
  /** (L, P): u, or Adam's running mean of g */
  readonly firstMoment: Float64Array;
  /** (L, P): Adam's running mean of g² */
  readonly secondMoment: Float64Array;
}

/** An update rule and its moments. */
export interface UpdateState extends UpdateMethod, Moments {}

/** Zero moments for starts with `variables` variables in all. */
export function updateState(method: UpdateMethod, variables: number): UpdateState {
  return { ...method, firstMoment: new Float64Array(variables), secondMoment: new Float64Array(variables) };
}

/** Whether every step is −ηg with the same η, as without a method. */
export function isPlain({ rule, factor }: UpdateMethod): boolean {
  return rule === 'gd' && factor === undefined;
}

/**
 * Backtracking undoes steps and halves step sizes, and a sign of v forgets its steps: neither goes with moments or
 * schedules.
 * @throws InputError for a method together with one of them
 */
export function requireNoMethod(what: string, method: UpdateMethod | undefined): void {
  if (method !== undefined && !isPlain(method))
    refuse(what, 'with method gd and a constant schedule', `${method.rule}${method.factor ? ' with a schedule' : ''}`);
}
