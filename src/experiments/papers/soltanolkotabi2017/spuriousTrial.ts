/**
 * One trial of Figures 2 and 3, with one W* and its training set: does descent from every start find a global minimum?
 */
import { OUTCOMES, polishedOutcome, type PolishedOutcome } from '../../../core/certificates/outcome.js';
import { RunStatus, type DescentState } from '../../../core/kernels/contract.js';
import { meanShare, median } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import { meanIterations } from '../../../statistics/ranges.js';
import type { Measure, TrialContext, TrialOutcome } from '../../spec.js';
import { descendProblem, drawProblem, networkAt, type Drawn, type ProblemSettings } from './problem.js';

/** The problem, the number of Newton steps, and the number of starts that get them. */
interface SpuriousSettings extends ProblemSettings {
  readonly certificates: number;
  readonly newtonSteps: number;
}

/** τ: descent from a start has found a global minimum when its loss is at most τ times its first loss. */
export const TAUS = { 4: 1e-4, 6: 1e-6, 8: 1e-8 } as const;
/** A descent stops when it satisfies the strictest τ. */
const LOSS_TOLERANCE = TAUS[8];
/** Caps on the iterations that are judged within one descent, as shares of `iterations`. */
const CAPS = { Hundredth: 0.01, Tenth: 0.1, '': 1 } as const;

/** The planted problem of a trial, with its starts. */
export function spuriousProblem(context: TrialContext<SpuriousSettings>): Drawn {
  return drawProblem(context, 'regression');
}

export function spuriousTrial(context: TrialContext<SpuriousSettings>): TrialOutcome {
  const drawn = spuriousProblem(context);
  const { iterations } = context.settings;
  const verdicts: Record<string, number> = {};
  const capOf = Object.fromEntries(
    Object.entries(CAPS).map(([name, share]) => [Math.max(1, Math.round(share * iterations)), name]),
  );
  const state = descendProblem(context, drawn, LOSS_TOLERANCE, {
    schedule: Object.keys(capOf).map(Number),
    look: (at, seen) => Object.assign(verdicts, verdictsByLoss(seen, capOf[at])),
  });
  const outcomes = polishAll(context, drawn, state);
  const isDiverged = state.status.includes(RunStatus.diverged);
  return {
    status: isDiverged ? 'diverged' : 'ok',
    measures: {
      ...verdicts,
      ...outcomeMeasures(outcomes),
      ...signatureMeasures(drawn, outcomes),
      ...descentMeasures(state, outcomes),
    },
  };
}

/** For each τ, whether all starts are below it, and the share of starts below it. */
function verdictsByLoss(state: DescentState, cap: string): Record<string, number> {
  return Object.fromEntries(
    Object.entries(TAUS).flatMap(([digits, tau]) => {
      const below = state.loss.filter((loss, l) => loss <= tau * state.firstLoss[l]).length / state.starts;
      return [
        [`all${digits}${cap}`, below === 1 ? 1 : 0],
        [`share${digits}${cap}`, below],
      ];
    }),
  );
}

/**
 * Polishes each start. Among the starts that do not reach a global minimum, the first `certificates` get Newton steps.
 */
function polishAll(
  { settings, kernels, cancel }: TrialContext<SpuriousSettings>,
  drawn: Drawn,
  state: DescentState,
): PolishedOutcome[] {
  let left = settings.certificates;
  return Array.from({ length: state.starts }, (_, l) => {
    const newtonSteps = left > 0 ? settings.newtonSteps : 0;
    const found = polishedOutcome(kernels, drawn.rows, networkAt(drawn, state, l), {
      firstLoss: state.firstLoss[l],
      newtonSteps,
      cancel,
    });
    if (found.outcome !== 'global') left -= 1;
    return found;
  });
}

function outcomeMeasures(outcomes: readonly PolishedOutcome[]): Record<string, number> {
  const shares = OUTCOMES.map((name): [string, number] => [
    `${name}Starts`,
    outcomes.filter(({ outcome }) => outcome === name).length / outcomes.length,
  ]);
  const others = outcomes.filter(({ outcome }) => outcome !== 'global');
  const spurious = outcomes.filter(({ outcome }) => outcome === 'spurious');
  return {
    ...Object.fromEntries(shares),
    allPolished: others.length === 0 ? 1 : 0,
    hasSpurious: spurious.length > 0 ? 1 : 0,
    spuriousLoss: extreme(
      Math.min,
      spurious.map(({ loss }) => loss),
    ),
    gradientLeft: extreme(
      Math.max,
      others.map(({ relativeGradient }) => relativeGradient),
    ),
    weightLeft: extreme(
      Math.max,
      others.map(({ network }) => network.weights.reduce((most, w) => Math.max(most, Math.abs(w)), 0)),
    ),
    lambdaMinLeft: extreme(
      Math.min,
      others.map(({ lambdaMin, lambdaMax }) => lambdaMin / lambdaMax),
    ),
    polishSteps: outcomes.reduce((sum, { steps }) => sum + steps, 0) / outcomes.length,
  };
}

/**
 * The share of global minima among starts whose v0 has at most one positive entry, and among the other starts. Training
 * hardly ever changes a sign of v, so M = Wᵀdiag(v)W of a quadratic network keeps its initial signature. The planted M
 * is definite.
 */
function signatureMeasures({ starts }: Drawn, outcomes: readonly PolishedOutcome[]): Record<string, number> {
  const units = starts.outputWeights.length / starts.starts;
  const positives = outcomes.map(
    (_, l) => starts.outputWeights.subarray(l * units, (l + 1) * units).filter((v) => v > 0).length,
  );
  const shareAmong = (isMeant: (positive: number) => boolean): number => {
    const meant = outcomes.filter((_, l) => isMeant(positives[l]));
    return meant.filter(({ outcome }) => outcome === 'global').length / meant.length;
  };
  return {
    globalFewPositive: shareAmong((positive) => positive <= 1),
    globalManyPositive: shareAmong((positive) => positive > 1),
  };
}

function extreme(of: (...values: number[]) => number, values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : of(...values);
}

/**
 * How the descents ended. It includes the share of starts that miss τ = 1e-6 only because of the cap: the polish shows
 * that they lead to a global minimum.
 */
function descentMeasures(state: DescentState, outcomes: readonly PolishedOutcome[]): Record<string, number> {
  const capped = outcomes.filter(
    ({ outcome }, l) => outcome === 'global' && state.loss[l] > TAUS[6] * state.firstLoss[l],
  );
  return {
    cappedStarts: capped.length / state.starts,
    iterations: state.iterations.reduce((sum, t) => sum + t, 0) / state.starts,
    worstLoss: state.loss.reduce((worst, loss, l) => Math.max(worst, loss / state.firstLoss[l]), 0),
    gradientNorm: state.gradientNorm.reduce((worst, norm) => Math.max(worst, norm), 0),
  };
}

function share(name: string, description: string): Measure {
  // A failed trial counts as having no start of any kind.
  return { name, of: name, description, estimate: meanShare, whenFailed: 0 };
}

/** Further values that a trial stores: the verdicts for every τ at every cap, and the course of the polish. */
export const SPURIOUS_ALSO_STORED: readonly string[] = [
  ...Object.keys(CAPS).flatMap((cap) =>
    Object.keys(TAUS).flatMap((digits) => [`all${digits}${cap}`, `share${digits}${cap}`]),
  ),
  'spuriousLoss',
  'polishSteps',
  'gradientNorm',
];

export const SPURIOUS_MEASURES: readonly Measure[] = [
  {
    name: 'polishedRate',
    of: 'allPolished',
    description: 'share of W* for which the polish finds a global minimum from every start',
    estimate: rate,
    whenFailed: 0,
  },
  ...Object.keys(TAUS).map((digits): Measure => ({
    name: `descentRate${digits}`,
    of: `all${digits}`,
    whenFailed: 0,
    estimate: rate,
    description: `share of W* with loss ≤ 1e-${digits} L(W0) from every start`,
  })),
  {
    name: 'descentRate6Tenth',
    of: 'all6Tenth',
    description: 'the same for 1e-6 after a tenth of the iterations',
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: 'spuriousRate',
    of: 'hasSpurious',
    description:
      'share of W* with a certified local minimum of positive loss (spurious where zero loss is attainable: plantedWidth ≤ K, v trained)',
    estimate: rate,
    whenFailed: 0,
  },
  share('globalStarts', 'mean share of starts that the polish finds at a global minimum'),
  share('spuriousStarts', 'mean share of starts at a certified local minimum of positive loss'),
  share('saddleStarts', 'mean share of starts at a saddle'),
  share('unfinishedStarts', 'mean share of starts without a certificate of either kind'),
  share('globalFewPositive', 'the same among starts whose v0 has at most one positive entry'),
  share('globalManyPositive', 'the same among the other starts'),
  share('cappedStarts', 'mean share of starts that only the cap kept above 1e-6 L(W0)'),
  share('share6', 'mean share of starts with loss ≤ 1e-6 L(W0)'),
  {
    name: 'gradientLeft',
    of: 'gradientLeft',
    description: 'median over W* of the largest ‖∇L‖/√(2Lλ_max) where a start ends that is not global',
    estimate: median,
  },
  {
    name: 'lambdaMinLeft',
    of: 'lambdaMinLeft',
    description: 'median over W* of the smallest λ_min/λ_max there',
    estimate: median,
  },
  {
    name: 'weightLeft',
    of: 'weightLeft',
    description: 'median over W* of the largest |entry of W| there',
    estimate: median,
  },
  { name: 'worstLoss', of: 'worstLoss', description: 'median of the largest final loss over L(W0)', estimate: median },
  {
    name: 'iterations',
    of: 'iterations',
    description: 'mean number of iterations of a start',
    estimate: meanIterations,
  },
];
