/** The measures that a study shows: basin's own and those that its file defines, with the intervals that its trials ask for. */
import { refuse } from '../../base/errors.js';
import type { Estimate } from '../../statistics/estimate.js';
import { meanShare, positiveMean } from '../../statistics/means.js';
import { meanIterations, type Estimator } from '../../statistics/ranges.js';
import { rate } from '../../statistics/rates.js';
import {
  meanSequence,
  medianSequence,
  positiveSequence,
  rateSequence,
  shareSequence,
} from '../../statistics/sequences.js';
import type { Measure } from '../spec.js';
import { ownMeasures } from './ownMeasures.js';
import { STACKS, STUDY_MEASURES } from './measures.js';
import type { StudySpec } from './spec.js';
import { summaryMeasure, summarySequence } from './summaries.js';

/** Shown where a study does not say what it wants to see. */
const USUAL = ['recoveryRate', 'estimationError', 'finalLoss', 'iterations'];

/** Half-width to which rates at one n of a search are tuned. */
const OF_FEW_TRIALS = 0.2;

/** Every measure that a study may show: those that its file defines, basin's, and those of a user's own. */
function knownMeasures({ summaries = {} }: Pick<StudySpec, 'summaries'>): Measure[] {
  const defined = Object.entries(summaries).map(([name, summary]) => summaryMeasure(name, summary));
  return [...defined, ...STUDY_MEASURES, ...ownMeasures()];
}

/** @throws InputError for a name that there is not */
export function measureNamed(spec: Pick<StudySpec, 'summaries'>, name: string): Measure {
  const known = knownMeasures(spec);
  return (
    known.find((measure) => measure.name === name) ??
    refuse('the measure of a figure', `one of ${known.map((measure) => measure.name).join(', ')}`, name)
  );
}

/**
 * The measures that a study names, in its order, or the usual ones; then its summaries, and what its figures and
 * targets need beside.
 */
export function measuresOf(spec: StudySpec): Measure[] {
  const { measures, summaries = {}, figures, precision, boundary } = spec;
  const drawn = figures.flatMap(({ kind, measure }) =>
    kind === 'stacked' ? ['successRate', ...(STACKS[measure] ?? [])] : [measure],
  );
  const names = new Set([
    ...(measures.length > 0 ? measures : USUAL),
    ...Object.keys(summaries),
    ...drawn,
    precision?.measure,
    boundary?.measure,
  ]);
  const known = knownMeasures(spec);
  const chosen = [...names].flatMap((wanted) => known.find(({ name }) => name === wanted) ?? []);
  const halfWidth = boundary === undefined ? precision?.rate : OF_FEW_TRIALS;
  const settled = isSequential(spec) ? chosen.map((measure) => sequential(spec, measure, halfWidth)) : chosen;
  return settled.map((measure) => ({ ...measure, interval: intervalKind(measure, spec) }));
}

/** Whether the number of trials follows from results, so that intervals have to be valid at every look. */
export function isSequential({ precision, boundary }: Pick<StudySpec, 'precision' | 'boundary'>): boolean {
  return precision !== undefined || boundary !== undefined;
}

/** A measure with a confidence sequence for its interval; that of a rate is tuned to a half-width. */
function sequential({ summaries = {} }: StudySpec, measure: Measure, halfWidth?: number): Measure {
  const summary = Object.hasOwn(summaries, measure.name) ? summarySequence(summaries[measure.name]) : undefined;
  const own = ownMeasures().find(({ name }) => name === measure.name)?.sequence;
  const estimate = sequenceOf(measure.estimate, halfWidth) ?? summary ?? own ?? medianSequence;
  return { ...measure, description: `${measure.description} (with a confidence sequence)`, estimate };
}

/** Undefined for an estimator that is not of a mean: the rest are medians, and statistics that say their own. */
function sequenceOf(estimate: Estimator, halfWidth?: number): Estimator | undefined {
  if (estimate === rate) return rateSequence(halfWidth);
  if (estimate === meanShare) return shareSequence;
  if (estimate === meanIterations)
    return (values, settings) => clipped(meanSequence(values), Number(settings['iterations']));
  return estimate === positiveMean ? positiveSequence : undefined;
}

/** An interval as far as it lies from 0 to a bound. */
function clipped(estimate: Estimate, most: number): Estimate {
  return { ...estimate, low: Math.max(estimate.low, 0), high: Math.min(estimate.high, most) };
}

/** What the ends of a measure's interval are, for captions. */
export function intervalKind({ estimate, interval }: Measure, spec: Pick<StudySpec, 'precision' | 'boundary'>): string {
  if (isSequential(spec)) return '95 % confidence sequences, valid at the look where trials ended';
  if (interval !== undefined) return interval;
  if (estimate === rate) return '95 % Blaker intervals';
  if (estimate === meanShare || estimate === meanIterations)
    return '95 % intervals of the mean of bounded values (Gaffke) over training sets';
  return estimate === positiveMean
    ? '95 % intervals of the mean of positive values (Student, Cox) over training sets'
    : '95 % order-statistic intervals of the median';
}
