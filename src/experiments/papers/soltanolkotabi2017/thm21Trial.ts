/**
 * One trial of soltanolkotabi2017-thm21: which stationary points are found on one training set with arbitrary labels?
 */
import { definiteOptimum, symmetricOptimum, type LiftedOptimum } from '../../../core/certificates/lifted.js';
import type { Network } from '../../../core/certificates/linearisation.js';
import { newtonDescent } from '../../../core/certificates/newton.js';
import { polishedOutcome } from '../../../core/certificates/outcome.js';
import { drawInputs } from '../../../core/networks/inputs.js';
import { drawLabels } from '../../../core/networks/labels.js';
import { drawGaussianStarts } from '../../../core/networks/starts.js';
import { Purpose } from '../../../core/streams.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';
import {
  CERTIFICATE,
  classOf,
  descentEnds,
  drawStartWeights,
  fixedOutput,
  leastCurvature,
  NEWTON,
  pushed,
  saddleOf,
  type FixedOutput,
  type PointClass,
  type Stationary,
} from './stationary.js';

/**
 * `assumed`: k = 2d, d units of either sign. `one-sign`: k = 2d, all positive. `few-negative`: k = 2d, one negative
 * unit. `narrow`: k = d − 1 with both signs. `duplicates`: like `assumed`, but every input occurs twice, with two
 * different labels.
 */
export const REGIMES = ['assumed', 'one-sign', 'few-negative', 'narrow', 'duplicates'] as const;
export type Regime = (typeof REGIMES)[number];

/** The settings of a trial. */
interface Thm21Settings {
  readonly regime: Regime;
  readonly d: number;
  readonly n: number;
  readonly starts: number;
  readonly iterations: number;
}

/** v for a regime in dimension d. */
export function outputsOfRegime(regime: Regime, dimension: number): Float64Array {
  const neurons = regime === 'narrow' ? dimension - 1 : 2 * dimension;
  const negative = {
    assumed: dimension,
    'one-sign': 0,
    'few-negative': 1,
    narrow: Math.floor(neurons / 2),
    duplicates: dimension,
  }[regime];
  return Float64Array.from({ length: neurons }, (_, u) => (u < neurons - negative ? 1 : -1));
}

export function runTrial(context: TrialContext<Thm21Settings>): TrialOutcome {
  const setting = drawSetting(context);
  const { starts } = context.settings;
  const random = drawStartWeights(context, setting, 2 * starts);
  const size = random.length / (2 * starts);
  const saddles = Array.from({ length: starts }, (_, l) =>
    saddleOf(context, setting, random.slice((starts + l) * size, (starts + l + 1) * size), l),
  );
  const starting = [
    ...Array.from({ length: starts }, (_, l) => random.subarray(l * size, (l + 1) * size)),
    ...saddles.map((saddle, l) => pushed(saddle, random.subarray((starts + l) * size, (starts + l + 1) * size))),
  ];
  const { iterations } = context.settings;
  const ends = descentEnds(context, setting, starting, starts, { iterations }).map((end) =>
    stationaryNear(context, setting, end),
  );
  const convex = liftedOptimum(context, setting);
  return { status: 'ok', measures: measuresOf(setting, convex, saddles, ends) };
}

function drawSetting({ settings, stream, kernels }: TrialContext<Thm21Settings>): FixedOutput {
  const { d: dimension, n: samples } = settings;
  const drawn = drawInputs(kernels, 'gaussian', samples, dimension, stream(Purpose.data));
  if (settings.regime === 'duplicates')
    drawn.values.copyWithin(Math.ceil(samples / 2) * dimension, 0, Math.floor(samples / 2) * dimension);
  return fixedOutput(kernels, drawn, outputsOfRegime(settings.regime, dimension), () =>
    drawLabels(kernels, 'random', new Float64Array(samples), stream(Purpose.labels)),
  );
}

/** The stationary point that Levenberg–Marquardt and Newton reach from the end of a descent. */
function stationaryNear(
  { kernels, cancel }: Pick<TrialContext, 'kernels' | 'cancel'>,
  setting: FixedOutput,
  end: Network,
): Stationary {
  const polished = polishedOutcome(kernels, setting.rows, end, {
    firstLoss: setting.zeroLoss,
    newtonSteps: NEWTON.maxSteps,
    cancel,
  });
  return newtonDescent(kernels, setting.rows, polished.network, { ...NEWTON, cancel });
}

/** The convex optimum that bounds the loss from below: over all symmetric M, or over the M of one sign. */
function liftedOptimum(context: Pick<TrialContext, 'kernels' | 'stream'>, { rows, v }: FixedOutput): LiftedOptimum {
  if (v.some((value) => value < 0)) return symmetricOptimum(context.kernels, rows);
  const start = drawGaussianStarts(
    context.kernels,
    (rows.dimension + 1) * rows.dimension,
    1,
    context.stream(Purpose.algorithm),
  );
  return definiteOptimum(context.kernels, rows, start);
}

function measuresOf(
  setting: FixedOutput,
  convex: LiftedOptimum,
  saddles: readonly Stationary[],
  ends: readonly Stationary[],
): Record<string, number> {
  const best = Math.min(...[...saddles, ...ends].map(({ curvature }) => curvature.loss));
  const classes = [...saddles, ...ends].map((point) => classOf(point, best, setting.zeroLoss));
  const count = (name: PointClass, from = 0): number => classes.slice(from).filter((found) => found === name).length;
  const strict = saddles.filter((_, l) => classes[l] !== 'global').map(({ curvature }) => leastCurvature(curvature));
  return {
    globalPoints: count('global'),
    saddlePoints: count('saddle'),
    spuriousPoints: count('spurious'),
    unfinishedPoints: count('unfinished'),
    noSpurious: count('spurious') === 0 ? 1 : 0,
    endsGlobal: count('global', saddles.length) / ends.length,
    attainsConvex: best - convex.lowerBound <= CERTIFICATE.gap * setting.zeroLoss ? 1 : 0,
    bestLoss: best / setting.zeroLoss,
    convexLoss: convex.loss / setting.zeroLoss,
    convexGap: (convex.loss - convex.lowerBound) / setting.zeroLoss,
    worstLoss: Math.max(...ends.map(({ curvature }) => curvature.loss)) / setting.zeroLoss,
    saddleCurvature: strict.length === 0 ? Number.NaN : Math.max(...strict),
    allStrict: strict.every((curvature) => curvature < -CERTIFICATE.curvature) ? 1 : 0,
  };
}

/** Flops of the descents, and of about 60 Newton steps for each end. A Newton step takes 30 p³ with p = kd. */
export function trialCost({ regime, d, n, starts, iterations }: Thm21Settings): number {
  const neurons = outputsOfRegime(regime, d).length;
  return 2 * starts * (iterations * n * neurons * (4 * d + 20) + 60 * 30 * (neurons * d) ** 3);
}
