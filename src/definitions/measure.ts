/** A user's definition of a measure, and the trial from which the measure is computed. */
import type { NativeKernels } from '../core/kernels/contract.js';
import type { Settings } from '../settings/types.js';
import type { OwnMeasure } from './own.js';
import type { Stream } from './streams.js';

/** A trial of a study after its descents. Arrays are copies in C order, with one row per neuron. */
export interface MeasuredTrial {
  readonly settings: Settings;
  /** starts L, neurons K of the student (rows of W; 1 for a cnn), their length m, samples n, input dimension d */
  readonly L: number;
  readonly K: number;
  readonly m: number;
  readonly n: number;
  readonly d: number;
  /** W* (K of the settings, m), and v* */
  readonly teacher: Float64Array;
  readonly teacherV: Float64Array;
  /** W0 (L, K, m), and v0 of each start */
  readonly starts: Float64Array;
  readonly startsV: Float64Array;
  /** Ŵ (L, K, m), and v̂ of each start */
  readonly ends: Float64Array;
  readonly endsV: Float64Array;
  /** final loss of each start, and whether the start diverged, (L) each */
  readonly loss: Float64Array;
  readonly diverged: readonly boolean[];
  /** index of the start that ended with the lowest loss */
  readonly best: number;
  /** W (K, m) and v where the best start ended */
  readonly bestW: Float64Array;
  readonly bestV: Float64Array;
  /** y (n); with `risk: population` n is 0 and there are none */
  readonly labels: Float64Array;
  /** basin's own measures of this trial */
  readonly measures: Readonly<Record<string, number>>;
  /** X (count, d): fresh samples of the study's input distribution, the same samples at each call */
  readonly fresh: (count: number) => Float64Array;
  /** network outputs f at the rows of X (…, d) for one W (K, m) and v */
  readonly outputs: (X: Float64Array, W: Float64Array, v: Float64Array) => Float64Array;
  /** random numbers of this trial for a given purpose */
  readonly stream: (purpose: string) => Stream;
  readonly kernels: NativeKernels;
}

export interface MeasureDefinition extends Omit<OwnMeasure, 'of'> {
  /** one number for each trial; undefined is permitted only with `optional: true` */
  readonly measure: (trial: MeasuredTrial) => number | undefined;
}

/** The value that `defineMeasure` returns. A module exports it. */
export class DefinedMeasure {
  readonly definition: MeasureDefinition;

  constructor(definition: MeasureDefinition) {
    this.definition = definition;
  }
}

/** Defines a measure of a study's trials, for `measures:`, `summaries:` and `figures:` in study files. */
export function defineMeasure(definition: MeasureDefinition): DefinedMeasure {
  return new DefinedMeasure(definition);
}
