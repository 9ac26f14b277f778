/** Compares the trials of a cell that two studies share. */
import type { Settings } from '../../settings/types.js';
import { formatAddress } from '../../store/address.js';
import { isSame, sameCurves } from '../../store/differences.js';
import { sameOrigin } from '../../store/origin.js';
import type { StoredCell, StudyReader } from '../../store/reader.js';
import type { StoredTrial } from '../../store/trials.js';
import { trialSettings } from '../../settings/trialSettings.js';
import type { SharedCell } from './cells.js';
import type { ComparedMeasure } from './measures.js';
import { CurvePairs, trialPairs } from './pairs.js';
import { Samples, type MeasureComparison, type MeasureValues } from './samples.js';

/** Whether an origin number of A and an origin number of B stand for one origin that is known. */
export type OriginPairs = (first: number | null, second: number | null) => boolean;

/** Each pair of origins is compared only once. */
export function originPairs(a: StudyReader, b: StudyReader): OriginPairs {
  const [ofA, ofB] = [a.origins(), b.origins()];
  const known = new Map<string, boolean>();
  return (first, second) => {
    const key = `${first} ${second}`;
    const found = known.get(key) ?? sameOrigin(ofA.get(first ?? NaN) ?? {}, ofB.get(second ?? NaN) ?? {});
    known.set(key, found);
    return found;
  };
}

/** Counts of the trials of a cell. Trials that were cut off do not count. */
export interface CellTrials {
  readonly a: number;
  readonly b: number;
  /** trials in both studies with equal address and equal random numbers */
  readonly common: number;
  /** those of the common trials that must have the same bits and do */
  readonly identical: number;
  /** addresses of those that must have the same bits and do not */
  readonly differing: readonly string[];
  /** the addresses in `differing` whose trials have the same origin in both studies; these must not differ */
  readonly broken: readonly string[];
  /** number of common trials that must have the same bits and have the same origin */
  readonly expected: number;
}

export interface ComparedTrials {
  readonly trials: CellTrials;
  /** whether the tests use pairs of trials or two independent samples */
  readonly sampling: 'paired' | 'independent';
  /** from all trials of both studies, one entry for each measure */
  readonly values: readonly MeasureValues[];
  /** of every measure that varies; empty when all common trials are the same, bit by bit */
  readonly tests: readonly MeasureComparison[];
}

/** Reads the trials of a cell once, and compares them bit by bit where they must be the same, else by tests. */
export function compareTrials(
  a: StudyReader,
  b: StudyReader,
  cell: SharedCell,
  measures: readonly ComparedMeasure[],
  isOneOrigin: OriginPairs,
): ComparedTrials {
  const settings = [settingsOf(a, cell.a), settingsOf(b, cell.b)] as const;
  const samples = measures.map((measure) => new Samples(measure, settings));
  const counter = new Counter(cell, isOneOrigin);
  const curves = new CurvePairs(a, b, cell);
  try {
    for (const [first, second] of trialPairs(a, b, cell)) {
      counter.add(first, second, curves);
      for (const sample of samples) sample.add(first, second);
    }
  } finally {
    curves.close();
  }
  const trials = counter.counts();
  const paired = trials.common > 0;
  const identical = paired && trials.identical === trials.common;
  return {
    trials,
    sampling: paired ? 'paired' : 'independent',
    values: samples.flatMap((sample) => sample.values(paired)),
    tests: identical ? [] : samples.flatMap((sample) => sample.result(paired) ?? []),
  };
}

/** Counts trials. Those that must be the same are compared bit by bit. */
class Counter {
  readonly #cell: SharedCell;
  readonly #isOneOrigin: OriginPairs;
  readonly #counts = { a: 0, b: 0, common: 0, identical: 0, expected: 0 };
  readonly #differing: string[] = [];
  readonly #broken: string[] = [];

  constructor(cell: SharedCell, isOneOrigin: OriginPairs) {
    this.#cell = cell;
    this.#isOneOrigin = isOneOrigin;
  }

  add(first: StoredTrial | undefined, second: StoredTrial | undefined, curves: CurvePairs): void {
    if (first !== undefined) this.#counts.a += 1;
    if (second !== undefined) this.#counts.b += 1;
    if (first === undefined || second === undefined || this.#cell.relation === 'independent') return;
    this.#counts.common += 1;
    if (this.#cell.relation === 'same') this.#compare(first, second, curves);
  }

  counts(): CellTrials {
    return { ...this.#counts, differing: this.#differing, broken: this.#broken };
  }

  #compare(first: StoredTrial, second: StoredTrial, curves: CurvePairs): void {
    const isExpected = this.#isOneOrigin(first.origin, second.origin);
    if (isExpected) this.#counts.expected += 1;
    const [curvesA, curvesB] = curves.of(first.trial);
    if (isSame(first, second) && sameCurves(curvesA, curvesB)) {
      this.#counts.identical += 1;
      return;
    }
    const { experiment, text } = this.#cell.a;
    const address = formatAddress({ experiment, cell: text, trial: first.trial });
    this.#differing.push(address);
    if (isExpected) this.#broken.push(address);
  }
}

/** The settings that a trial of a stored cell gets. */
function settingsOf(store: StudyReader, { experiment, settings }: StoredCell): Settings {
  return trialSettings(store.experiments().find(({ id }) => id === experiment)?.values ?? {}, settings);
}
