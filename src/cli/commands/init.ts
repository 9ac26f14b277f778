import { join } from 'node:path';
import { ensureWritableDirectory } from '../../base/directory.js';
import { parseActivation } from '../../core/networks/activations.js';
import { InputError } from '../../base/errors.js';
import { INITIALIZATION_LABELS } from '../../core/networks/labels.js';
import { ARCHITECTURES } from '../../core/networks/networks.js';
import { tensorInitialization, type Initialization } from '../../core/tensor/initialization.js';
import { normalSource } from '../../core/tensor/normals.js';
import { INITIALIZATION_OUTPUTS } from '../../core/tensor/recovery.js';
import { INITIALIZATION_MODES } from '../../core/tensor/stages.js';
import { quantities } from '../../theory/quantities.js';
import { writeResult } from '../resultFiles.js';
import { tunedKernels } from '../../app/machine/kernels.js';
import { parseChoice, parseInteger } from '../options.js';
import { print, printJson } from '../output.js';
import { commandStream } from '../stream.js';
import { readSamples } from '../trainingset.js';

interface Options {
  readonly x: string;
  readonly y: string;
  readonly neurons: string;
  readonly activation: string;
  readonly labels: string;
  readonly architecture: string;
  readonly output: string;
  readonly mode: string;
  readonly seed: string;
  readonly header: string;
  readonly out: string;
  readonly json?: boolean;
}

const MOST_NEURONS = 1e6;

/** `basin init`: a start W₀ near W* from one's own data, by moments of the labels. */
export const act = () => (options: Options) => {
  const initialization = initialize(options);
  const written = write(options, initialization);
  if (options.json) printJson(written);
  else
    print(`weights: ${written.weights}\nv: ${written.v.join(', ')}\nsubspace dimension: ${written.subspaceDimension}`);
};

function initialize(options: Options): Initialization {
  const activation = parseActivation(options.activation);
  const neurons = parseInteger('--neurons', options.neurons, 1, MOST_NEURONS);
  const labels = parseChoice('--labels', options.labels, INITIALIZATION_LABELS);
  const choices = {
    architecture: parseChoice('--architecture', options.architecture, ARCHITECTURES),
    output: parseChoice('--output', options.output, INITIALIZATION_OUTPUTS),
    mode: parseChoice('--mode', options.mode, INITIALIZATION_MODES),
  };
  const stream = commandStream('init', options.seed);
  const kernels = tunedKernels();
  const samples = readSamples(options);
  if (labels === 'classification') requireClasses(options.y, samples.labels);
  return tensorInitialization(kernels, {
    ...choices,
    samples,
    neurons,
    activation,
    moments: (sigma) => quantities(activation, sigma).m,
    normals: normalSource(kernels, stream),
  });
}

function requireClasses(path: string, labels: Float64Array): void {
  const at = labels.findIndex((y) => y !== 0 && y !== 1);
  if (at >= 0) throw new InputError(`${path}: y must be 0 or 1 for classification, got ${labels[at]} at index ${at}`);
}

function write(
  options: Options,
  { weights, outputWeights, subspaceDimension }: Initialization,
): { weights: string; v: number[]; subspaceDimension: number } {
  ensureWritableDirectory(options.out);
  const path = join(options.out, 'weights.npy');
  const rows = options.architecture === 'cnn' ? 1 : outputWeights.length;
  writeResult(path, weights, [1, rows, weights.length / rows]);
  writeResult(join(options.out, 'v.npy'), outputWeights, [outputWeights.length]);
  return { weights: path, v: [...outputWeights], subspaceDimension };
}
