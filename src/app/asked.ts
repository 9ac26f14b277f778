/** The study that given values define: the experiments to run, and the source of their random numbers. */
import { TRIALS } from '../definitions/experiment.js';
import type { Precision } from '../core/descent/precisions.js';
import { asAsked, priceOf, untilDecided, USUAL_MOST } from '../experiments/decided.js';
import type { Experiment } from '../experiments/spec.js';
import type { Scale } from '../settings/scale.js';
import { parseOverrides } from '../study/grid/overrides.js';
import { resolveValues } from '../study/grid/values.js';
import type { StudyIdentity } from '../store/identity.js';
import type { StudyRequest } from './request.js';

export type AskedStudy = Pick<StudyRequest, 'chosen' | 'identity'>;

export interface Asked {
  readonly scale: Scale;
  readonly seed: number;
  /** `[ID.]key=value` */
  readonly set: readonly string[];
  readonly precision: Precision;
}

/** The part of an identity that says the precision. */
export function ofPrecision(precision: Precision): Pick<StudyIdentity, 'precision'> {
  return precision === 'float64' ? {} : { precision };
}

export interface AskedOfPapers extends Asked {
  readonly partitions: number | undefined;
  /** go on until the claims are decided; `most`: at this cost at most, in core seconds of the cost model */
  readonly until?: { readonly most?: number | undefined } | undefined;
}

/** Experiments of the papers. Throws `InputError` for a `set` whose key they do not have. */
export function askedExperiments(
  experiments: readonly Experiment[],
  { scale, seed, set, partitions, precision, until }: AskedOfPapers,
): AskedStudy {
  const overrides = parseOverrides(set, experiments);
  return {
    chosen: experiments.map((experiment) => {
      const values = resolveValues(experiment, scale, overrides.of(experiment.id));
      if (until === undefined) return { experiment, values };
      const { most = USUAL_MOST * priceOf(experiment, values, experiment.cells(values)) } = until;
      const growing = untilDecided(values, most);
      return { experiment: asAsked(experiment, growing), values: growing };
    }),
    identity: { seed, scale, overrides: overrides.byKey, partitions, ...ofPrecision(precision) },
  };
}

/** An experiment of a user's module. Throws `InputError` for a `set` whose key it does not have. */
export function askedModule(
  experiment: Experiment,
  { scale, seed, set, precision, trials }: Asked & { readonly trials: number | undefined },
): AskedStudy {
  const { streamId: id = experiment.id } = experiment;
  // --set refers to the experiment by its name, independent of its code.
  const named = { ...experiment, id };
  const overrides = parseOverrides(set, [named]);
  const values = resolveValues(named, scale, overrides.of(id));
  return {
    chosen: [{ experiment, values: { ...values, [TRIALS]: trials === undefined ? [] : [trials] } }],
    identity: { seed, scale, overrides: overrides.byKey, ...ofPrecision(precision) },
  };
}
