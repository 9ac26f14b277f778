/** The values of measures in a cell that two studies share, and what is computed from them. */
import type { Settings } from '../../settings/types.js';
import type { Estimate } from '../../statistics/estimate.js';
import { known } from '../../statistics/spread.js';
import type { StoredTrial } from '../../store/trials.js';
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

/** The values of a measure in both studies, one entry of each for every trial that either has; NaN: none. */
export class Samples {
  readonly #measure: ComparedMeasure;
  /** the settings of the cell in each of the two studies */
  readonly #settings: readonly [Settings, Settings];
  readonly #take: readonly ReturnType<ComparedMeasure['taking']>[];
  readonly #a: number[] = [];
  readonly #b: number[] = [];

  constructor(measure: ComparedMeasure, settings: readonly [Settings, Settings]) {
    this.#measure = measure;
    this.#settings = settings;
    this.#take = settings.map((own) => measure.taking(own));
  }

  add(first: StoredTrial | undefined, second: StoredTrial | undefined): void {
    this.#a.push((first && this.#take[0](first)) ?? NaN);
    this.#b.push((second && this.#take[1](second)) ?? NaN);
  }

  /** The test on the pairs of trials that both have a value, or on all values of both studies. */
  result(paired: boolean): MeasureComparison | undefined {
    const { name, by, estimate } = this.#measure;
    const [a, b] = this.#known(paired);
    const result = (paired ? testPairs : testSamples)(by, a, b);
    return result && { measure: name, ...result, ...this.#estimates(estimate, a, b) };
  }

  /** What each study's own estimate gives for the trials that the test uses. */
  values(paired: boolean): MeasureValues[] {
    const [a, b] = this.#known(paired);
    if (a.length === 0 && b.length === 0) return [];
    return this.#measure.shown.map(({ name, estimate }) => ({ measure: name, ...this.#estimates(estimate, a, b) }));
  }

  #known(paired: boolean): readonly [Float64Array, Float64Array] {
    const [a, b] = [new Float64Array(this.#a), new Float64Array(this.#b)];
    if (!paired) return [known(a), known(b)];
    const inBoth = (_: number, at: number): boolean => !Number.isNaN(a[at]) && !Number.isNaN(b[at]);
    return [a.filter(inBoth), b.filter(inBoth)];
  }

  #estimates(
    estimate: ComparedMeasure['estimate'],
    a: Float64Array,
    b: Float64Array,
  ): Pick<MeasureComparison, 'a' | 'b'> {
    return { a: estimate(a, this.#settings[0]), b: estimate(b, this.#settings[1]) };
  }
}
