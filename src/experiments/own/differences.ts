/** Paired differences between two methods on the same training sets, trial by trial. */
import { InputError, refuse } from '../../base/errors.js';
import { mean } from '../../statistics/means.js';
import { statisticOf, type Statistic } from '../../statistics/named.js';
import { meanShareDifference, type Estimator } from '../../statistics/ranges.js';
import { shareDifferenceSequence } from '../../statistics/sequences.js';
import { known } from '../../statistics/spread.js';
import type { Settings } from '../../settings/types.js';
import type { CellSummary, Finding, TrialMeasure } from '../spec.js';
import { resolvePoint, writtenPoints } from './grid.js';
import { isShare, STUDY_MEASURES } from './measures.js';
import { panelLabel, varied } from './points.js';
import { aboutRepeated } from './repeated.js';
import { borrowedText, cellSettings, canonicalValue, shownSettings, streamText } from './settings.js';
import { isSequential } from './shown.js';
import type { AxisValue, DifferenceSpec, StudySpec } from './spec.js';
import { failedAs, trialNumber } from './summaries.js';

type Point = Readonly<Record<string, AxisValue>>;

/** The cells of two methods that differ in the method only. */
export interface Pair {
  /** the grid point of the first cell, as the file writes it */
  readonly written: Point;
  readonly first: Settings;
  readonly second: Settings;
}

/** @throws InputError for an unknown statistic, and for one that takes no negative numbers */
export function differenceStatistic(name: string, what: string): Statistic {
  const statistic = statisticOf(name, what);
  if (!statistic.takesNegative)
    throw new InputError(`${what} must be one that takes negative numbers, as differences are, got '${name}'`);
  return statistic;
}

/**
 * The pairs of a grid, without repetition. Cells in which the settings of the method have no meaning are in no pair.
 */
export function pairsOf({ grid }: Pick<StudySpec, 'grid'>, { between }: Pick<DifferenceSpec, 'between'>): Pair[] {
  const method = (which: 0 | 1): Point =>
    Object.fromEntries(Object.entries(between).map(([name, values]) => [name, canonicalValue(name, values[which])]));
  const [one, other] = [method(0), method(1)];
  const pairs = new Map<string, Pair>();
  for (const written of writtenPoints({ grid })) {
    if (!Object.entries(one).every(([name, value]) => written[name] === value)) continue;
    const [first, second] = [written, { ...written, ...other }].map((point) => cellSettings(resolvePoint(point)));
    const key = JSON.stringify([first, second]);
    if (JSON.stringify(first) !== JSON.stringify(second) && !pairs.has(key)) pairs.set(key, { written, first, second });
  }
  return [...pairs.values()];
}

/** Whether trial i has the same training set in both cells: equal settings and equal random numbers. */
export function sharesTrainingSets({ first, second }: Pair, streams?: StudySpec['streams']): boolean {
  const { cells = [] } = streams ?? {};
  return streamText(first) === streamText(second) && borrowedText(cells, first) === borrowedText(cells, second);
}

/** The numbers of every trial that the differences of a study need. */
export function pairedMeasures({ differences = {} }: Pick<StudySpec, 'differences'>): TrialMeasure[] {
  return Object.entries(differences).map(([name, { of }]) => {
    const { plain, value } = trialNumber(of, `${name}.of`);
    const whenFailed = failedAs(plain);
    return { name, of, value, ...(whenFailed === undefined ? {} : { whenFailed }) };
  });
}

/** A paired difference between two cells. */
export interface PairedDifference {
  readonly pair: Pair;
  /** first minus second, by training set; NaN if one of the two has no number */
  readonly values: Float64Array;
  readonly estimate: Omit<Finding, 'statement'>;
}

/** A difference for every pair of cells that have trials. */
export function pairedDifferences(spec: StudySpec, name: string, cells: readonly CellSummary[]): PairedDifference[] {
  const difference = spec.differences?.[name] ?? refuse('a difference', 'one that the study defines', name);
  const byText = new Map(cells.map((cell) => [JSON.stringify(cell.settings), cell]));
  return pairsOf(spec, difference).flatMap((pair) => {
    const [first, second] = [pair.first, pair.second].map((cell) => byText.get(JSON.stringify(cell))?.perTrial?.[name]);
    if (first === undefined || second === undefined) return [];
    const values = differencesOf(first, second);
    return [{ pair, values, estimate: { name, ...finding(spec, difference, pair, values) } }];
  });
}

/** Every difference of every pair of cells that have trials. */
export function differenceFindings(spec: StudySpec, cells: readonly CellSummary[]): Finding[] {
  return Object.entries(spec.differences ?? {}).flatMap(([name, difference]) =>
    pairedDifferences(spec, name, cells).map(({ pair, values, estimate }) => ({
      ...estimate,
      statement: `${name}${statementOf(spec, difference, pair)}, ${known(values).length} ${aboutRepeated(spec, 'training sets')}`,
    })),
  );
}

/** First minus second, for the trials that both cells have; NaN if one of the two has no number. */
function differencesOf(first: ReadonlyMap<number, number>, second: ReadonlyMap<number, number>): Float64Array {
  return Float64Array.from(
    [...first].flatMap(([trial, value]) => {
      const other = second.get(trial);
      return other === undefined ? [] : [value - other];
    }),
  );
}

/** The settings that both cells share, and the estimate. */
function finding(
  spec: StudySpec,
  difference: DifferenceSpec,
  pair: Pair,
  values: Float64Array,
): Omit<Finding, 'statement' | 'name'> {
  const { each, ...statistic } = differenceStatistic(difference.statistic, 'statistic');
  const estimate = estimatorOf(statistic, difference.of, isSequential(spec));
  const shared = Object.entries(shownSettings(pair.first)).filter(([key]) => !Object.hasOwn(difference.between, key));
  return {
    settings: Object.fromEntries(shared),
    pairs: known(values).length,
    ...estimate(each === undefined ? values : values.map(each), pair.first),
  };
}

/** `, d = 10: mean of the difference of relativeError, start tensor − sphere`. */
function statementOf(spec: StudySpec, difference: DifferenceSpec, { written, first }: Pair): string {
  const others = varied(spec).filter((axis) => !Object.hasOwn(difference.between, axis));
  const place = panelLabel(others, { written, settings: resolvePoint(first) });
  const what = differenceStatistic(difference.statistic, 'statistic').words(`the difference of ${difference.of}`);
  return `${place === '' ? '' : `, ${place}`}: ${what}, ${methodsText(difference)}`;
}

/** `start tensor − sphere`. */
export function methodsText({ between }: DifferenceSpec): string {
  return Object.entries(between)
    .map(([name, [first, second]]) => `${name} ${first} − ${second}`)
    .join(', ');
}

/** Differences of shares lie in [−1, 1]. */
function estimatorOf(
  { estimate, sequence }: Pick<Statistic, 'estimate' | 'sequence'>,
  of: string,
  sequential: boolean,
): Estimator {
  const { plain } = trialNumber(of, 'of');
  const ofShares = estimate === mean && STUDY_MEASURES.some((measure) => measure.of === plain && isShare(measure));
  if (sequential) return ofShares ? shareDifferenceSequence : sequence;
  return ofShares ? meanShareDifference : estimate;
}
