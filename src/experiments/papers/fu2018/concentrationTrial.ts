/** One trial of fu2018-concentration: how far two training sets of one teacher are apart, at W* and in a ball. */
import { smallestEigenvalueGradient } from '../../../core/curvature/adversary.js';
import { denseHessian, denseHessianFlops, hessianVectorFlops } from '../../../core/curvature/hessian.js';
import type { DescentKernels, LinearAlgebra, Points, Problem } from '../../../core/kernels/contract.js';
import { frobeniusNorm } from '../../../core/networks/teachers.js';
import { freshProblem } from '../../common/ball.js';
import { drawPlanted, type Planted, type TrainingSettings } from '../../common/planted.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';
import { printedRadius } from './populationTrial.js';

/** The settings that the lemmas fix, and a law of W* with κ = λ = 1. */
const FIXED = {
  teacher: 'orthonormal',
  inputs: 'gaussian',
  labels: 'classification',
  loss: 'squared',
  startLaw: 'sphere',
} as const;

export interface ConcentrationSettings extends Pick<TrainingSettings, 'K' | 'd' | 'n' | 'teacherScale'> {
  /** r over the printed one with c = 1 */
  readonly radius: number;
  /** largest number of moves of a search */
  readonly moves: number;
}

type Kernels = DescentKernels & Pick<LinearAlgebra, 'symmetricEigen'>;

/** Two training sets of a teacher, and the ball around it. */
interface Pair {
  readonly kernels: Kernels;
  readonly problems: readonly [Problem, Problem];
  readonly centre: Points;
  readonly radius: number;
  readonly cancel: Int32Array;
}

/** Something that is maximised over the ball: its value at a point, and the direction in which it rises. */
interface Climb {
  readonly value: number;
  readonly rise: Float64Array;
}

/** The planted problem of a trial. Its start lies on the sphere of the ball; the searches begin at W*. */
export function concentrationProblem({ settings, ...context }: TrialContext<ConcentrationSettings>): Planted {
  const { K, teacherScale, radius } = settings;
  const share = (radius * printedRadius(K, teacherScale)) / (teacherScale * Math.sqrt(K));
  return drawPlanted({ ...context, settings: { ...FIXED, ...settings, radius: share } }, 1);
}

/**
 * ∇f_n and ∇²f_n less those of a second training set, over √2: distributed as f_n less its population once entries are
 * about Gaussian, and needs no population. At W* and at the points of the ball to which searches climb.
 */
export function concentrationTrial(context: TrialContext<ConcentrationSettings>): TrialOutcome {
  const { settings, kernels, cancel } = context;
  const { problem, teacher, teacherOutput } = concentrationProblem(context);
  const fresh = freshProblem({ ...context, settings: { ...FIXED, ...settings } });
  const pair: Pair = {
    kernels,
    problems: [problem, fresh],
    centre: { starts: 1, weights: teacher, outputWeights: teacherOutput },
    radius: settings.radius * printedRadius(settings.K, settings.teacherScale),
    cancel,
  };
  const ownGradient = frobeniusNorm(kernels.evaluate(problem, pair.centre).gradient);
  const hessians = climb(pair, hessianAt, settings.moves);
  const gradients = climb(pair, gradientAt, settings.moves);
  return {
    status: 'ok',
    measures: {
      gradientSquare: settings.n * ownGradient ** 2,
      hessianCentre: hessians.centre,
      hessianBall: hessians.most,
      gradientCentre: gradients.centre,
      gradientBall: gradients.most,
    },
  };
}

/** ‖∇²f_n − ∇²f_n′‖/√2, which rises along ∇_W(uᵀ(∇²f_n − ∇²f_n′)u) with u the eigenvector of the norm. */
function hessianAt({ kernels, problems, cancel }: Pair, point: Points): Climb {
  const [one, other] = problems.map((problem) => denseHessian(kernels, problem, point, cancel));
  const size = point.weights.length;
  const { values, vectors } = kernels.symmetricEigen(
    one.map((entry, at) => entry - other[at]),
    size,
  );
  const isLast = values[size - 1] > -values[0];
  const vector = vectors.slice(isLast ? (size - 1) * size : 0, isLast ? size * size : size);
  const [here, there] = problems.map((problem) => smallestEigenvalueGradient(kernels, problem, point, vector));
  const sign = isLast ? 1 : -1;
  return {
    value: Math.max(values[size - 1], -values[0]) / Math.SQRT2,
    rise: here.map((entry, at) => sign * (entry - there[at])),
  };
}

/** ‖δ‖/√2 with δ = ∇f_n − ∇f_n′, which rises along (∇²f_n − ∇²f_n′)δ. */
function gradientAt({ kernels, problems }: Pair, point: Points): Climb {
  const [here, there] = problems.map((problem) => kernels.evaluate(problem, point).gradient);
  const delta = here.map((entry, at) => entry - there[at]);
  const along = { starts: 1, weights: delta, outputWeights: new Float64Array(point.outputWeights.length) };
  const [one, other] = problems.map((problem) => kernels.hessianVector(problem, point, along, false).weights);
  return { value: frobeniusNorm(delta) / Math.SQRT2, rise: one.map((entry, at) => entry - other[at]) };
}

/**
 * The value at W*, and the largest of the points W* + r·rise/‖rise‖ that follow from W* one after another, while it
 * rises. A norm of something about linear in W is convex, so its linearisation leads upwards.
 */
function climb(
  pair: Pair,
  look: (pair: Pair, point: Points) => Climb,
  moves: number,
): { readonly centre: number; readonly most: number } {
  const { centre, radius } = pair;
  let at = look(pair, centre);
  const first = at.value;
  for (let move = 0; move < moves; move++) {
    const factor = radius / frobeniusNorm(at.rise);
    const { rise } = at;
    const next = look(pair, { ...centre, weights: centre.weights.map((w, j) => w + factor * rise[j]) });
    if (next.value <= at.value) break;
    at = next;
  }
  return { centre: first, most: at.value };
}

/** Floating point operations of a trial: two dense Hessians for each move and at W*, and the data. */
export function concentrationCost({ K, d, n, moves }: Omit<ConcentrationSettings, 'radius' | 'teacherScale'>): number {
  const point = denseHessianFlops(n, d, K, K * d) + 4 * hessianVectorFlops(n, d, K);
  return (moves + 1) * (2 * point + 20 * (K * d) ** 3) + 200 * n * d;
}
