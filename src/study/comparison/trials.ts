/** Compares the trials of a cell that two studies share. */
import type { Estimate } from '../../statistics/estimate.js';
import type { Settings } from '../../settings/types.js';
import { formatAddress } from '../../store/address.js';
import { differences, type TrialRecord } from '../../store/differences.js';
import { sameOrigin } from '../../store/origin.js';
import type { TrialCurves } from '../../store/curves.js';
import type { StoredCell, StudyReader } from '../../store/reader.js';
import type { StoredTrial } from '../../store/trials.js';
import { trialSettings } from '../grid/values.js';
import type { SharedCell } from './cells.js';
import type { ComparedMeasure } from './measures.js';
import { testPairs, testSamples, type TestResult } from './test.js';

/** The estimates of a measure in a cell of both studies. */
export interface MeasureValues {
  readonly measure: string;
  readonly a: Estimate;
  readonly b: Estimate;
}

export interface MeasureComparison extends TestResult {
  readonly measure: string;
  /** from the trials that the test used */
  readonly a: Estimate;
  readonly b: Estimate;
}

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

/** Counts the trials of a cell. Trials that must be the same are compared bit by bit. */
export function countCell(a: StudyReader, b: StudyReader, cell: SharedCell, isOneOrigin: OriginPairs): CellTrials {
  let [inA, inB, common, identical, expected] = [0, 0, 0, 0, 0];
  const [differing, broken]: [string[], string[]] = [[], []];
  for (const [first, second] of recordPairs(a, b, cell)) {
    if (first !== undefined) inA += 1;
    if (second !== undefined) inB += 1;
    if (first === undefined || second === undefined || cell.relation === 'independent') continue;
    common += 1;
    if (cell.relation !== 'same') continue;
    const same = isOneOrigin(first.origin, second.origin);
    if (same) expected += 1;
    if (differences(first, second).length === 0) {
      identical += 1;
      continue;
    }
    const address = formatAddress({ experiment: cell.a.experiment, cell: cell.a.text, trial: first.trial });
    differing.push(address);
    if (same) broken.push(address);
  }
  return { a: inA, b: inB, common, identical, differing, broken, expected };
}

export interface CellMeasures {
  /** from all trials of both studies, one entry for each measure */
  readonly values: readonly MeasureValues[];
  readonly tests: readonly MeasureComparison[];
}

/**
 * Tests every measure that varies: on the pairs of trials, or on all trials of both studies. `identical` means that
 * there is nothing to test.
 */
export function testCell(
  a: StudyReader,
  b: StudyReader,
  cell: SharedCell,
  measures: readonly ComparedMeasure[],
  paired: boolean,
  identical: boolean,
): CellMeasures {
  const settings = [settingsOf(a, cell.a), settingsOf(b, cell.b)] as const;
  const samples = measures.map((measure) => new Samples(measure, paired, settings));
  for (const pair of trialPairs(a, b, cell)) {
    for (const sample of samples) sample.add(...pair);
  }
  return {
    values: samples.flatMap((sample) => sample.values()),
    tests: identical ? [] : samples.flatMap((sample) => sample.result() ?? []),
  };
}

/** The values of a measure in both studies. When paired, only the trials that have a value in both. */
class Samples {
  readonly #measure: ComparedMeasure;
  readonly #paired: boolean;
  /** the settings of the cell in each of the two studies */
  readonly #settings: readonly [Settings, Settings];
  readonly #take: readonly ReturnType<ComparedMeasure['taking']>[];
  readonly #a: number[] = [];
  readonly #b: number[] = [];

  constructor(measure: ComparedMeasure, paired: boolean, settings: readonly [Settings, Settings]) {
    this.#measure = measure;
    this.#paired = paired;
    this.#settings = settings;
    this.#take = settings.map((own) => measure.taking(own));
  }

  add(...pair: readonly [StoredTrial | undefined, StoredTrial | undefined]): void {
    const [x, y] = [this.#valueAt(0, pair[0]), this.#valueAt(1, pair[1])];
    if (this.#paired && (Number.isNaN(x) || Number.isNaN(y))) return;
    if (!Number.isNaN(x)) this.#a.push(x);
    if (!Number.isNaN(y)) this.#b.push(y);
  }

  #valueAt(study: 0 | 1, trial: StoredTrial | undefined): number {
    return (trial && this.#take[study](trial)) ?? NaN;
  }

  result(): MeasureComparison | undefined {
    const { name, by, estimate } = this.#measure;
    const [a, b] = [Float64Array.from(this.#a), Float64Array.from(this.#b)];
    const result = (this.#paired ? testPairs : testSamples)(by, a, b);
    return result && { measure: name, ...result, ...this.#estimates(estimate, a, b) };
  }

  /** What each study's own estimate gives for the trials that the test uses. */
  values(): MeasureValues[] {
    const [a, b] = [Float64Array.from(this.#a), Float64Array.from(this.#b)];
    if (a.length === 0 && b.length === 0) return [];
    return this.#measure.shown.map(({ name, estimate }) => ({ measure: name, ...this.#estimates(estimate, a, b) }));
  }

  #estimates(
    estimate: ComparedMeasure['estimate'],
    a: Float64Array,
    b: Float64Array,
  ): Pick<MeasureComparison, 'a' | 'b'> {
    return { a: estimate(a, this.#settings[0]), b: estimate(b, this.#settings[1]) };
  }
}

/**
 * The trials of both studies in order; an entry is undefined when that study does not have the trial. When one study is
 * damaged, the query of the other is closed too, because an open query would keep its study busy.
 */
function* trialPairs(
  a: StudyReader,
  b: StudyReader,
  cell: SharedCell,
): Generator<readonly [StoredTrial | undefined, StoredTrial | undefined], void, undefined> {
  const [trialsA, trialsB] = [a.trials(cell.a), b.trials(cell.b)];
  try {
    const [ofA, ofB] = [new Queue(trialsA, isCutOff), new Queue(trialsB, isCutOff)];
    const nextTrial = (): number => Math.min(ofA.nextTrial, ofB.nextTrial);
    for (let trial = nextTrial(); trial < Infinity; trial = nextTrial()) yield [ofA.take(trial), ofB.take(trial)];
  } finally {
    trialsA.return();
    trialsB.return();
  }
}

type StoredRecord = StoredTrial & TrialRecord;

/** The same, each trial with its curves. */
function* recordPairs(
  a: StudyReader,
  b: StudyReader,
  cell: SharedCell,
): Generator<readonly [StoredRecord | undefined, StoredRecord | undefined], void, undefined> {
  const [curvesA, curvesB] = [a.curvesByTrial(cell.a), b.curvesByTrial(cell.b)];
  try {
    const [ofA, ofB] = [new Queue(curvesA), new Queue(curvesB)];
    for (const [first, second] of trialPairs(a, b, cell)) yield [withCurves(first, ofA), withCurves(second, ofB)];
  } finally {
    curvesA.return();
    curvesB.return();
  }
}

const NO_CURVES = {};

function withCurves(trial: StoredTrial | undefined, curves: Queue<TrialCurves>): StoredRecord | undefined {
  return trial && { ...trial, curves: curves.take(trial.trial)?.curves ?? NO_CURVES };
}

function isCutOff({ status }: StoredTrial): boolean {
  return status === 'censored';
}

/** What is stored of a cell's trials, in their order, without what is skipped. */
class Queue<T extends { readonly trial: number }> {
  readonly #items: Generator<T, void, undefined>;
  readonly #skips: (item: T) => boolean;
  #next: T | undefined;

  constructor(items: Generator<T, void, undefined>, skips: (item: T) => boolean = () => false) {
    this.#items = items;
    this.#skips = skips;
    this.#advance();
  }

  /** The number of the next trial; infinite at the end. */
  get nextTrial(): number {
    return this.#next?.trial ?? Infinity;
  }

  /** Takes what belongs to the trial with this number; what belongs to earlier ones is passed over. */
  take(trial: number): T | undefined {
    while (this.nextTrial < trial) this.#advance();
    const next = this.#next;
    if (next?.trial !== trial) return undefined;
    this.#advance();
    return next;
  }

  #advance(): void {
    do this.#next = this.#items.next().value ?? undefined;
    while (this.#next !== undefined && this.#skips(this.#next));
  }
}

/** The settings that a trial of a stored cell gets. */
function settingsOf(store: StudyReader, { experiment, settings }: StoredCell): Settings {
  return trialSettings(store.experiments().find(({ id }) => id === experiment)?.values ?? {}, settings);
}
