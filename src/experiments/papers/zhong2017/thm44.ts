import { denseExtremes } from '../../../core/curvature/eigenvalues.js';
import { descentFlops, descentState } from '../../../core/descent/descent.js';
import { refuse, throwIfCancelled } from '../../../base/errors.js';
import { frobeniusNorm, requireTeacher } from '../../../core/networks/teachers.js';
import { mean, positiveMean } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import { populationHessian } from '../../../theory/populationHessian.js';
import { number } from '../../../settings/declare.js';
import type { Values } from '../../../settings/types.js';
import { stateClaim } from '../../claims.js';
import { ascending } from '../../common/ascending.js';
import { trialCounts } from '../../common/counts.js';
import { drawPlanted, type NearbySettings, type Planted } from '../../common/planted.js';
import * as common from '../../common/settings.js';
import { pooledRate } from '../../common/pooled.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import type { Cell, CellSummary, FigureMaker, Measure, StatedClaim, TrialContext, TrialOutcome } from '../../spec.js';
import { freshProblems } from './fresh.js';
import { ZHONG2017_PROBLEM, zhong2017Context, type Zhong2017Settings } from './problem.js';

const SOURCE = 'zhong2017, Theorem 4.4';

const SETTINGS = {
  K: ZHONG2017_PROBLEM.K,
  teacher: ZHONG2017_PROBLEM.teacher,
  condition: ZHONG2017_PROBLEM.condition,
  teacherScale: ZHONG2017_PROBLEM.teacherScale,
  d: common.dimensions({ smoke: [6], quick: [10, 20], paper: [10, 20, 40] }),
  n: common.samples(
    { smoke: [50, 2000], quick: [50, 200, 2000, 10000], paper: [50, 200, 500, 2000, 10000] },
    { description: 'fresh samples of a step' },
  ),
  radii: number({
    description: 'distances of W_0 from W*, divided by ‖W*‖_F',
    list: true,
    min: 1e-6,
    max: 1,
    default: { smoke: [0.1], quick: [0.02, 0.1, 0.3], paper: [0.02, 0.1, 0.3] },
  }),
  trials: common.trials({ smoke: 4, quick: 15, paper: 50 }, 'trials per cell'),
  steps: number({ description: 'steps of a trial', integer: true, min: 1, max: 1e4, default: 10 }),
};

type StepValues = Values<typeof SETTINGS>;

interface Place {
  readonly d: number;
  readonly n: number;
  readonly radius: number;
}

type PlaceCell = CellSummary<Place>;
type StepSettings = Omit<Zhong2017Settings, 'activation' | 'mode' | 'magnitudes'> &
  Pick<NearbySettings, 'radius'> & { readonly steps: number };

/**
 * The theorem requires an activation with Property 3.3(a). This one is also homogeneous, as in the paper’s experiments.
 * W_0 lies on a sphere around W*.
 */
const FIXED = { activation: 'squared-relu', startLaw: 'sphere' } as const;

function stepProblem(context: TrialContext<StepSettings>): Planted {
  return drawPlanted(zhong2017Context({ ...context, settings: { ...context.settings, ...FIXED } }), 1);
}

/**
 * q_t = ‖W_{t+1} − W*‖²_F/‖W_t − W*‖²_F for steps of size 1/M_0, each on separate samples, compared with 1 − m_0/M_0.
 */
function runTrial(context: TrialContext<StepSettings>): TrialOutcome {
  const { settings, kernels, cancel } = context;
  const planted = stepProblem(context);
  const { problem, teacher, teacherOutput, starts } = planted;
  const { smallest, largest } = denseExtremes(
    kernels,
    populationHessian({ activation: problem.activation, weights: teacher, outputWeights: teacherOutput }),
    teacher.length,
  );
  const state = descentState(starts, Float64Array.of(1 / largest), false);
  const draw = freshProblems(context, planted);
  const distance = (): number => frobeniusNorm(state.weights.map((w, at) => w - teacher[at]));
  const contractions = Array.from({ length: settings.steps }, (_, step) => {
    const before = distance();
    kernels.descend(draw(step), state, 1, 0, cancel);
    throwIfCancelled(cancel);
    return (distance() / before) ** 2;
  });
  const bound = 1 - smallest / largest;
  const worst = Math.max(...contractions);
  return {
    status: 'ok',
    measures: {
      bound,
      worst,
      contracts: contractions.every((q) => q <= bound) ? 1 : 0,
      margin: (1 - worst) / (1 - bound),
    },
  };
}

/**
 * The cells of the sample sizes and dimensions, at every radius. One variable has m_0 = M_0: the bound is then 0, which no
 * sample attains. The constants of m_0 and M_0 in the theorem leave room there.
 * @throws InputError for one variable
 */
function cells({ K, teacher, d, n, radii, trials }: StepValues): Cell<Place>[] {
  return ascending(d).flatMap((dimension) => {
    requireTeacher(teacher, K, dimension);
    if (K * dimension < 2) refuse('the number of variables K·d', 'at least 2, so that m_0 < M_0', K * dimension);
    return ascending(radii).flatMap((radius) =>
      ascending(n).map((samples) => ({ settings: { d: dimension, n: samples, radius }, trials })),
    );
  });
}

function claims(all: readonly PlaceCell[], { d, n, radii, steps }: StepValues): StatedClaim[] {
  const most = Math.max(...n);
  return ascending(d).flatMap((dimension) => {
    const own = all.filter(({ settings }) => settings.d === dimension && settings.n === most);
    return [
      stateClaim(
        {
          id: `contracts-d=${dimension}`,
          source: SOURCE,
          statement: `d = ${dimension}, n = ${most}: ‖W̃ − W*‖²_F ≤ (1 − m_0/M_0)‖W − W*‖²_F in all of ${steps} steps from ${ascending(radii).join(', ')}‖W*‖_F, m_0 and M_0 the eigenvalues at W*: in at least 0.9 of the trials`,
        },
        () => pooledRate(own, 'contractsRate'),
        { low: 0.9, high: 1 },
      ),
      ...own
        .slice(-1)
        .map(({ settings, measures }) =>
          stateClaim(
            {
              id: `margin-d=${dimension}`,
              source: SOURCE,
              statement: `d = ${dimension}, n = ${most}, from ${settings.radius}‖W*‖_F: the slowest step gains at least m_0/M_0: mean of (1 − largest q)M_0/m_0 at least 1`,
            },
            () => measures['margin'],
            { low: 1, high: Infinity },
          ),
        ),
    ];
  });
}

function figures(all: readonly PlaceCell[], { K, condition, steps }: StepValues): FigureMaker[] {
  return [
    () => ({
      name: 'zhong2017-thm44',
      title: 'Steps with fresh samples: how often all of them contract',
      caption: `Share of trials in which all of ${steps} steps have ‖W̃ − W*‖²_F ≤ (1 − m_0/M_0)‖W − W*‖²_F; squared ReLU, k = ${K}, κ = ${condition}, ${trialCounts(all)} trials per point. Bars: 95 % Blaker intervals.`,
      rows: all.map(({ settings: { d, n, radius }, trials, measures: { contractsRate } }) => ({
        line: `d = ${d}, from ${radius}`,
        n,
        trials,
        share: contractsRate.value,
        low: contractsRate.low,
        high: contractsRate.high,
      })),
      spec: lineWithBars({
        x: 'n',
        y: 'share',
        low: 'low',
        high: 'high',
        xTitle: 'fresh samples of a step, n',
        yTitle: 'share that contracts',
        colour: 'line',
        colourTitle: 'dimension, ‖W₀ − W*‖/‖W*‖',
        xLog: true,
        yDomain: [0, 1],
      }),
    }),
  ];
}

const MEASURES: readonly Measure[] = [
  {
    name: 'contractsRate',
    of: 'contracts',
    description: 'share of trials with q ≤ 1 − m_0/M_0 in every step',
    estimate: rate,
    whenFailed: 0,
  },
  { name: 'worst', of: 'worst', description: 'mean of the largest q of a trial', estimate: positiveMean },
  { name: 'bound', of: 'bound', description: 'mean of 1 − m_0/M_0, by quadrature', estimate: positiveMean },
  { name: 'margin', of: 'margin', description: 'mean of (1 − largest q)M_0/m_0', estimate: mean },
];

/** zhong2017, Theorem 4.4: a step with fresh samples contracts the distance to W*. */
export const zhong2017Thm44 = defineExperiment({
  id: 'zhong2017-thm44',
  version: 1,
  paper: 'zhong2017',
  source: SOURCE,
  title: 'Contraction of gradient steps with fresh samples near the teacher',
  settings: SETTINGS,
  openChoices: [
    'm_0 and M_0 (given up to constants): the extreme eigenvalues of the population Hessian at each trial’s own W*, by quadrature. The step is 1/M_0.',
    'Activation: squared ReLU, as in the paper’s experiments; it satisfies Property 3.3(a).',
    'W_0: uniform on spheres of radius 0.02 to 0.3‖W*‖_F; the theorem’s radius is an unknown polynomial. Later steps start where the one before ended.',
    'Sample sizes below dk are there to see the statement break; claims look at the largest n.',
  ],
  cells,
  cost: ({ K, d, n, steps }) =>
    steps * (descentFlops(n, d, K, 1, 1) + 200 * n * d) + 5e6 * K * K + 30 * (K * d) ** 3 + 100 * n * d,
  trial: runTrial,
  draw: stepProblem,
  measures: MEASURES,
  claims,
  figures,
});
