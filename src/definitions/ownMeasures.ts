/** A user's measures of a study's trials: the input of the user's function, and its permitted results. */
import { InputError } from '../base/errors.js';
import { trialInputs } from '../experiments/common/planted.js';
import { rowLength } from '../experiments/own/problem.js';
import type { EndedTrial, OwnMeasure } from '../experiments/own/ownMeasures.js';
import { TAKEN } from '../experiments/own/summaries.js';
import type { OwnCode } from '../experiments/spec.js';
import { isFileValue } from '../settings/types.js';
import { statisticOf } from '../statistics/named.js';
import { requireFunction, requireMeasure, requireObject } from './check.js';
import { inOwnCode, measureOf } from './experiment.js';
import { BREACH } from './guard.js';
import type { DefinedMeasure, MeasuredTrial } from './measure.js';
import { purposeOf, streamsOf } from './streams.js';

/** Throws `InputError` for a definition that cannot be used, and for a name that is already taken. */
export function ownMeasuresOf(defined: readonly DefinedMeasure[], code: OwnCode): OwnMeasure[] {
  const names = new Set<string>();
  return defined.map(({ definition }) => {
    requireObject('defineMeasure()', definition);
    const { name, statistic, measure, optional = false } = definition;
    requireMeasure(definition);
    requireFunction(`measure of ${name}`, measure);
    if (TAKEN.includes(name))
      throw new InputError(`the name of a measure must be one of your own, got '${name}', which is one of basin's`);
    if (names.has(name)) throw new InputError(`names of measures must be different, got '${name}' twice`);
    names.add(name);
    return {
      ...measureOf(definition),
      sequence: statisticOf(statistic, name).sequence,
      compute: (trial) => inOwnCode(code, () => checked(name, optional, measure(viewOf(trial)))),
    };
  });
}

/** Checks the type at run time: in JavaScript, no compiler would report it. */
function checked(name: string, optional: boolean, value: unknown): number | undefined {
  if (value === undefined && optional) return undefined;
  if (typeof value === 'number' && !Number.isNaN(value)) return value;
  const may = optional ? 'a number or undefined' : 'a number; one that a trial may leave out has optional: true';
  throw new Error(`measure ${name} = ${String(value)} ${BREACH}: it must be ${may}`);
}

function viewOf({ context, drawn, starts, runs, best, outcome }: EndedTrial): MeasuredTrial {
  const { settings, kernels } = context;
  const { activation, shape, teacher, teacherOutput, training } = drawn;
  const { d } = settings;
  const of = (values: Float64Array): Float64Array => {
    const size = values.length / runs.starts;
    return values.slice(best * size, (best + 1) * size);
  };
  const freshStream = context.stream(purposeOf('fresh samples of a measure'));
  return {
    settings: { ...settings },
    L: runs.starts,
    K: shape.rows,
    m: rowLength(drawn),
    n: training?.labels.length ?? 0,
    d,
    teacher: teacher.slice(),
    teacherV: teacherOutput.slice(),
    starts: starts.weights.slice(),
    startsV: starts.outputWeights.slice(),
    ends: runs.weights.slice(),
    endsV: runs.outputWeights.slice(),
    loss: runs.loss.slice(),
    diverged: [...runs.diverged],
    best,
    bestW: of(runs.weights),
    bestV: of(runs.outputWeights),
    labels: training?.labels.slice() ?? new Float64Array(0),
    measures: { ...outcome.measures },
    fresh: (count) => {
      if (isFileValue(settings.inputs)) throw new Error(`fresh() ${BREACH} with inputs of a file: they have no law`);
      return trialInputs({ ...context, stream: () => freshStream }, count, d).values.slice(0, count * d);
    },
    outputs: (X, W, v) => {
      const inputs = kernels.allocateInputs(X.length / d, d);
      inputs.values.set(X);
      const own = shape.strides === 1 ? { strides: 1, rows: v.length } : shape;
      return kernels.outputs(kernels.prepare(inputs), own, activation, { starts: 1, weights: W, outputWeights: v });
    },
    stream: streamsOf(context.stream, kernels),
    kernels,
  };
}
