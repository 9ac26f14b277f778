/**
 * The measures that a study shows: basin's own, and those that its file defines. Their intervals fit the rule that ends
 * its trials.
 */
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
import { aboutRepeated } from './repeated.js';
import { measuresIn } from './vegaFields.js';
import type { StudySpec } from './spec.js';
import { summaryMeasure, summarySequence } from './summaries.js';

/** The measures shown if a study names none. */
const USUAL = ['recoveryRate', 'estimationError', 'finalLoss', 'iterations'];

/** The half-width for which the confidence sequences of rates at one n of a search are tuned. */
const OF_FEW_TRIALS = 0.2;

/** Every measure that a study may show: those that its file defines, those of basin, and those that a user defines. */
function knownMeasures({ summaries = {} }: Pick<StudySpec, 'summaries'>): Measure[] {
  const defined = Object.entries(summaries).map(([name, summary]) => summaryMeasure(name, summary));
  return [...defined, ...STUDY_MEASURES, ...ownMeasures()];
}

/** @throws InputError for an unknown name */
export function measureNamed(spec: Pick<StudySpec, 'summaries'>, name: string | undefined): Measure {
  const known = knownMeasures(spec);
  return (
    known.find((measure) => measure.name === name) ??
    refuse('the measure of a figure', `one of ${known.map((measure) => measure.name).join(', ')}`, name)
  );
}

/**
 * The measures that a study names, in the study's order, or the usual ones. Then come its summaries, and the measures
 * that its figures and targets need.
 */
export function measuresOf(spec: StudySpec): Measure[] {
  const { measures, summaries = {}, figures, precision, boundary } = spec;
  const drawn = figures.flatMap(({ kind, measure, against, spec: own = {} }) =>
    kind === 'stacked' ? ['successRate', ...(STACKS[measure ?? ''] ?? [])] : [measure, against, ...measuresIn(own)],
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
  return settled.map((measure) => ({
    ...measure,
    description: aboutRepeated(spec, measure.description),
    interval: aboutRepeated(spec, intervalKind(measure, spec)),
  }));
}

/** Whether the number of trials depends on results, so that intervals must be valid at every look. */
export function isSequential({ precision, boundary }: Pick<StudySpec, 'precision' | 'boundary'>): boolean {
  return precision !== undefined || boundary !== undefined;
}

/** The measure with a confidence sequence as its interval. The sequence of a rate is tuned to a half-width. */
function sequential({ summaries = {} }: StudySpec, measure: Measure, halfWidth?: number): Measure {
  const summary = Object.hasOwn(summaries, measure.name) ? summarySequence(summaries[measure.name]) : undefined;
  const own = ownMeasures().find(({ name }) => name === measure.name)?.sequence;
  const estimate = sequenceOf(measure.estimate, halfWidth) ?? summary ?? own ?? medianSequence;
  return { ...measure, description: `${measure.description} (with a confidence sequence)`, estimate };
}

/**
 * Undefined for an estimator that is not a mean, such as a median or a statistic that has its own confidence sequence.
 */
function sequenceOf(estimate: Estimator, halfWidth?: number): Estimator | undefined {
  if (estimate === rate) return rateSequence(halfWidth);
  if (estimate === meanShare) return shareSequence;
  if (estimate === meanIterations)
    return (values, settings) => clipped(meanSequence(values), Number(settings['iterations']));
  return estimate === positiveMean ? positiveSequence : undefined;
}

/** An interval, intersected with the range from 0 to a bound. */
function clipped(estimate: Estimate, most: number): Estimate {
  return { ...estimate, low: Math.max(estimate.low, 0), high: Math.min(estimate.high, most) };
}

/** The kind of a measure's intervals, for captions. */
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
