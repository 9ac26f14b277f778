/** What a user's own measure says, and the trial that it is computed from. */
import type { NativeKernels } from '../core/kernels/contract.js';
import type { Settings } from '../settings/types.js';
import type { OwnMeasure } from './own.js';
import type { Stream } from './streams.js';

/** A trial of a study whose descents have ended. Arrays are copies, in C order, one row per neuron. */
export interface MeasuredTrial {
  readonly settings: Settings;
  /** starts, neurons (rows of W: 1 of a cnn), their length, samples, input dimension */
  readonly L: number;
  readonly K: number;
  readonly m: number;
  readonly n: number;
  readonly d: number;
  /** W* (K, m), and v* */
  readonly teacher: Float64Array;
  readonly teacherV: Float64Array;
  /** W0 (L, K, m), and v0 of each start */
  readonly starts: Float64Array;
  readonly startsV: Float64Array;
  /** Ŵ (L, K, m), and v̂ of each start */
  readonly ends: Float64Array;
  readonly endsV: Float64Array;
  /** (L) each */
  readonly loss: Float64Array;
  readonly diverged: readonly boolean[];
  /** the start that ended with the lowest loss */
  readonly best: number;
  /** W (K, m) and v of the best end */
  readonly bestW: Float64Array;
  readonly bestV: Float64Array;
  /** y (n) */
  readonly labels: Float64Array;
  /** basin's own measures of this trial */
  readonly measures: Readonly<Record<string, number>>;
  /** X (count, d): fresh samples of the study's law, the same ones at each call */
  readonly fresh: (count: number) => Float64Array;
  /** f at the rows of X (…, d) for one W (K, m) and v */
  readonly outputs: (X: Float64Array, W: Float64Array, v: Float64Array) => Float64Array;
  /** random numbers of this trial for a purpose of yours */
  readonly stream: (purpose: string) => Stream;
  readonly kernels: NativeKernels;
}

export interface MeasureDefinition extends Omit<OwnMeasure, 'of'> {
  /** one number of each trial; undefined only with `optional: true` */
  readonly measure: (trial: MeasuredTrial) => number | undefined;
}

/** What `defineMeasure` returns: a module exports it. */
export class DefinedMeasure {
  readonly definition: MeasureDefinition;

  constructor(definition: MeasureDefinition) {
    this.definition = definition;
  }
}

/** A measure of a study's trials, for `measures:`, `summaries:` and `figures:` in study files. */
export function defineMeasure(definition: MeasureDefinition): DefinedMeasure {
  return new DefinedMeasure(definition);
}
