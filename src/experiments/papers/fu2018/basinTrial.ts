/** One start at a distance from W*: is the risk convex on the segment to W*, and does the descent end at W*? */
import { denseExtremes } from '../../../core/curvature/eigenvalues.js';
import { denseHessianFlops } from '../../../core/curvature/hessian.js';
import { descentState, runDescent } from '../../../core/descent/descent.js';
import { stepSizes } from '../../../core/descent/stepsize.js';
import { RunStatus } from '../../../core/kernels/contract.js';
import { matchedDistance } from '../../../core/matching/matching.js';
import { empiricalRisk } from '../../../core/risk/risk.js';
import { nearRadius } from '../../common/nearness.js';
import { outcomesOf, polishCost } from '../../common/outcomes.js';
import { drawPlanted, plantedCost, type Planted } from '../../common/planted.js';
import { keepEnds, keepSteps } from '../../keeper.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';
import type { BasinSettings } from './basinSettings.js';

type Context = TrialContext<BasinSettings>;

/** Labels without noise: then W* is a global minimum on every training set. */
const FIXED = { teacher: 'orthonormal', inputs: 'gaussian', labels: 'regression', startLaw: 'sphere' } as const;

/** The planted problem of a trial, with one start. */
export function basinProblem(context: Context): Planted {
  return drawPlanted({ ...context, settings: { ...FIXED, ...context.settings } }, 1);
}

/** Whether ∇²f_n is positive definite at equidistant points of the segment from W* to the start. */
function isConvexTo({ kernels, settings, cancel }: Context, { problem, teacher, starts }: Planted): boolean {
  const { hessian } = empiricalRisk(kernels, problem);
  for (let i = 1; i <= settings.points; i++) {
    const weights = teacher.map((w, j) => w + (i / settings.points) * (starts.weights[j] - w));
    if (!(denseExtremes(kernels, hessian({ ...starts, weights }, cancel), weights.length).smallest > 0)) return false;
  }
  return true;
}

/** The descent has one step size, stepFactor/λ_max(∇²f_n(W*)): it shall not depend on the start. */
export function basinTrial(context: Context): TrialOutcome {
  const { kernels, settings, cancel, keep } = context;
  const planted = basinProblem(context);
  const { problem, teacher, starts } = planted;
  const rule = { kind: 'auto', factor: settings.stepFactor } as const;
  const steps = stepSizes(kernels, problem, { ...starts, weights: teacher }, rule, false);
  keepSteps(keep, steps);
  const state = descentState(starts, steps, false);
  runDescent(kernels, problem, state, { iterations: settings.iterations, tolerance: settings.tolerance, cancel });
  keepEnds(keep, problem.shape.rows, state);
  const near = nearRadius({ ...context, settings: FIXED }, planted);
  const isDiverged = state.status[0] === RunStatus.diverged;
  const { classes, measures } = outcomesOf(
    context,
    empiricalRisk(kernels, problem),
    { starts, ends: state, diverged: [isDiverged], converged: [state.status[0] === RunStatus.converged] },
    { polish: true, isNear: (weights) => matchedDistance(weights, teacher, problem.shape.rows) <= near },
  );
  const recovered = classes[0] === 'recovered' ? 1 : 0;
  const isConvex = isConvexTo(context, planted);
  return {
    status: isDiverged ? 'diverged' : 'ok',
    measures: {
      ...measures,
      recovered,
      convex: isConvex ? 1 : 0,
      convexRecovered: isConvex ? recovered : Number.NaN,
      iterations: state.iterations[0],
    },
  };
}

/** Flops of the descent, its polish and the Hessians of the segment. */
export function basinCost(settings: BasinSettings): number {
  const { K, d, n, points } = settings;
  return plantedCost(settings, 1) + polishCost(n, d, K, K, 1) + points * denseHessianFlops(n, d, K, K * d);
}
