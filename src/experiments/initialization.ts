/** The tensor initialization on a trial's own training set. */
import { drawInputs, type InputLaw } from '../core/inputs.js';
import type { Problem } from '../core/kernels/contract.js';
import { tensorInitialization, type Initialization, type InitializationProblem } from '../core/tensor/initialization.js';
import { normalSource } from '../core/tensor/normals.js';
import { Purpose } from '../core/streams.js';
import { quantities } from '../theory/quantities.js';
import { numberOf, textOr } from './planted.js';
import type { TrialContext } from './spec.js';

/** W_0 and v_0 of a fully connected network from the trial's inputs and labels. */
export function plantedInitialization(context: TrialContext, problem: Problem, choices: Pick<InitializationProblem, 'output' | 'mode' | 'magnitudes'>): Initialization {
  const { settings, stream, kernels } = context;
  const { samples: count, dimension } = problem.inputs;
  const { activation } = problem;
  // The prepared inputs are in the native layout; drawing again from the same stream gives the same rows.
  const inputs = drawInputs(kernels, textOr(settings, 'inputs', 'gaussian') as InputLaw, count, dimension, stream(Purpose.data)).values.subarray(0, count * dimension);
  return tensorInitialization(kernels, {
    ...choices,
    samples: { count, dimension, inputs, labels: problem.labels },
    neurons: numberOf(settings, 'K'), architecture: 'fcn', activation,
    moments: (sigma) => quantities(activation, sigma).m,
    normals: normalSource(kernels, stream(Purpose.algorithm)),
  });
}
