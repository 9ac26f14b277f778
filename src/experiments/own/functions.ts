/**
 * Networks as functions: ‖f − g‖ = √E(f(x) − g(x))² over the law of the inputs. It is a metric on functions, whatever the
 * numbers of rows. Derivation: docs/derivations/widths.md.
 */
import type { PreparedInputs } from '../../core/kernels/contract.js';
import type { NetworkWeights } from '../../core/matching/foundRows.js';
import { riskKernels } from '../../core/risk/descent.js';
import { closedPair } from '../../core/risk/pair.js';
import { Purpose } from '../../core/streams.js';
import { trialInputs } from '../common/planted.js';
import type { TrialContext } from '../spec.js';
import { isPopulation, type StudySettings } from './declared.js';
import type { StudyProblem } from './problem.js';

export type Between = (a: NetworkWeights, b: NetworkWeights) => number;

/** Fresh samples on which functions are compared where there is no closed form: at most so many, and so many entries. */
const FRESH = { samples: 10_000, entries: 1e7 } as const;

/** The number of fresh samples of inputs of this dimension. */
export function freshSamples(d: number): number {
  return Math.min(FRESH.samples, Math.ceil(FRESH.entries / d));
}

/** Whether ‖f − g‖ is computed from the pairs of rows; otherwise it is a mean over fresh samples. */
export function isExact(settings: StudySettings, activation: StudyProblem['activation']): boolean {
  return isPopulation(settings) || (settings.inputs === 'gaussian' && closedPair(activation) !== undefined);
}

/** ‖f − g‖ of fully connected networks with the activation of the trial. */
export function functionDistance(context: TrialContext<StudySettings>, { activation }: StudyProblem): Between {
  const { settings, kernels } = context;
  const { d: dimension } = settings;
  if (!isExact(settings, activation)) return sampledDistance(context, freshInputs(context), activation);
  const risk = riskKernels(kernels, activation);
  return (a, b) => {
    const teacher = { weights: b.weights, outputWeights: b.v };
    const student = { starts: 1, weights: a.weights, outputWeights: a.v };
    return Math.sqrt(2 * risk.evaluatePopulation({ activation, dimension, teacher }, student).loss[0]);
  };
}

/** The network with the same rows whose outputs are zero: ‖f − 0‖ is the size of f. */
export function zeroOf({ weights, v }: NetworkWeights): NetworkWeights {
  return { weights, v: new Float64Array(v.length) };
}

function freshInputs(context: TrialContext<StudySettings>): PreparedInputs {
  const { settings, kernels, stream } = context;
  const fresh = { ...context, stream: () => stream(Purpose.freshData) };
  return kernels.prepare(trialInputs(fresh, freshSamples(settings.d), settings.d));
}

function sampledDistance(
  { kernels }: Pick<TrialContext, 'kernels'>,
  inputs: PreparedInputs,
  activation: StudyProblem['activation'],
): Between {
  const outputs = ({ weights, v }: NetworkWeights): Float64Array =>
    kernels.outputs(inputs, { strides: 1, rows: v.length }, activation, { starts: 1, weights, outputWeights: v });
  return (a, b) => {
    const [f, g] = [outputs(a), outputs(b)];
    return Math.sqrt(f.reduce((sum, value, i) => sum + (value - g[i]) ** 2, 0) / f.length);
  };
}
