/** Computes a start W₀ near W* from a given training set, by moments of its labels. */
import { oneOf, requireTexts, wholeNumber } from '../../base/allowed.js';
import { InputError } from '../../base/errors.js';
import type { NativeKernels } from '../../core/kernels/contract.js';
import { parseActivation } from '../../core/networks/activations.js';
import { INITIALIZATION_LABELS, type InitializationLabels } from '../../core/networks/labels.js';
import { ARCHITECTURES, type Architecture } from '../../core/networks/networks.js';
import { tensorInitialization } from '../../core/tensor/initialization.js';
import { normalSource } from '../../core/tensor/normals.js';
import { INITIALIZATION_OUTPUTS, type InitializationOutput } from '../../core/tensor/recovery.js';
import { INITIALIZATION_MODES, type InitializationMode } from '../../core/tensor/stages.js';
import type { NumericArray } from '../../io/npy.js';
import { quantities } from '../../theory/quantities.js';
import { givenSamples, SAMPLE_NAMES, type SampleNames } from './given.js';
import { algorithmStream } from './stream.js';

export const MOST_NEURONS = 1e6;

/** A training set with rows x ~ N(0, I), and the network that generated its labels. */
export interface InitializationProblem {
  /** X (n, d) */
  readonly inputs: NumericArray;
  /** y (n); 0 or 1 for `classification` */
  readonly labels: Float64Array;
  /** K, at most d; for a cnn the number of strides, where K divides d */
  readonly neurons: number;
  /** φ: a name such as `sigmoid` or `softplus:10`, or a formula in z */
  readonly activation: string;
  readonly kind: InitializationLabels;
  /** default: `fcn` */
  readonly architecture?: Architecture | undefined;
  /** `mean`: v = 1/K; `sum`: v = 1; `signs`: v ∈ {−1, +1}^K unknown; default: `mean` */
  readonly output?: InitializationOutput | undefined;
  /** see docs/commands/init.md; default: `unfold` */
  readonly mode?: InitializationMode | undefined;
  /** seed of the random directions, 0 … 2⁵³ − 1 */
  readonly seed: number;
}

export interface Initialized {
  /** W₀: (1, K, d); for a cnn (1, 1, m). It serves as one start of `fit`. */
  readonly weights: NumericArray;
  /** v (K) */
  readonly v: Float64Array;
  /** number of directions found: K; for a cnn 1 */
  readonly subspaceDimension: number;
  /** (K, K, K): the decomposed moment, projected onto the subspace of the neurons; absent for a cnn */
  readonly tensor?: NumericArray;
}

/**
 * W₀ by the tensor method, see `tensorInitialization`.
 * @throws InputError for unknown words, arrays that do not fit together, and problems without the moments that the
 *   method
 *   needs
 */
export function initialized(
  kernels: NativeKernels,
  given: InitializationProblem,
  names: SampleNames = SAMPLE_NAMES,
): Initialized {
  requireTexts({ activation: given.activation });
  const activation = parseActivation(given.activation);
  const neurons = wholeNumber('neurons', given.neurons, 1, MOST_NEURONS);
  const kind = oneOf('kind', given.kind, INITIALIZATION_LABELS);
  const architecture = oneOf('architecture', given.architecture ?? 'fcn', ARCHITECTURES);
  const output = oneOf('output', given.output ?? 'mean', INITIALIZATION_OUTPUTS);
  const mode = oneOf('mode', given.mode ?? 'unfold', INITIALIZATION_MODES);
  const stream = algorithmStream('init', given.seed);
  const samples = givenSamples(given, names);
  if (kind === 'classification') requireClasses(names.labels, samples.labels);
  const { weights, outputWeights, subspaceDimension, tensor } = tensorInitialization(kernels, {
    architecture,
    output,
    mode,
    samples,
    neurons,
    activation,
    moments: (sigma) => quantities(activation, sigma).m,
    normals: normalSource(kernels, stream),
  });
  const rows = architecture === 'cnn' ? 1 : outputWeights.length;
  return {
    weights: { shape: [1, rows, weights.length / rows], values: weights },
    v: outputWeights,
    subspaceDimension,
    ...(tensor === undefined ? {} : { tensor: { shape: [rows, rows, rows], values: tensor } }),
  };
}

function requireClasses(name: string, labels: Float64Array): void {
  const at = labels.findIndex((y) => y !== 0 && y !== 1);
  if (at >= 0) throw new InputError(`${name}: y must be 0 or 1 for classification, got ${labels[at]} at index ${at}`);
}
