/** The tensor initialization on a trial's own training set. */
import type { Inputs, Problem } from '../../core/kernels/contract.js';
import {
  tensorInitialization,
  type Initialization,
  type InitializationProblem,
} from '../../core/tensor/initialization.js';
import { normalSource } from '../../core/tensor/normals.js';
import { Purpose } from '../../core/streams.js';
import { quantities } from '../../theory/quantities.js';
import { trialInputs, type TrainingSettings } from './planted.js';
import type { TrialContext } from '../spec.js';

/**
 * A trial's inputs (n, d), row-major. The prepared inputs are in the native layout. Drawing again from the same stream
 * gives the same rows.
 */
export function rowsAgain(
  context: TrialContext<Pick<TrainingSettings, 'inputs'>>,
  { samples, dimension }: Inputs,
): Float64Array {
  return trialInputs(context, samples, dimension).values.subarray(0, samples * dimension);
}

type InitializationSettings = Pick<TrainingSettings, 'K' | 'architecture' | 'inputs'>;

/** W_0 and v_0 from the trial's inputs and labels; fully connected unless the settings say cnn. */
export function plantedInitialization(
  context: TrialContext<InitializationSettings>,
  problem: Problem,
  choices: Pick<InitializationProblem, 'output' | 'mode' | 'magnitudes' | 'decomposition'>,
): Initialization {
  const { settings, stream, kernels } = context;
  const { samples: count, dimension } = problem.inputs;
  const { activation } = problem;
  return tensorInitialization(kernels, {
    ...choices,
    samples: { count, dimension, inputs: rowsAgain(context, problem.inputs), labels: problem.labels },
    neurons: settings.K,
    architecture: settings.architecture ?? 'fcn',
    activation,
    moments: (sigma) => quantities(activation, sigma).m,
    normals: normalSource(kernels, stream(Purpose.algorithm)),
  });
}
