import { join } from 'node:path';
import { initialized, MOST_NEURONS, type Initialized } from '../../app/arrays/initialize.js';
import { tunedKernels } from '../../app/machine/kernels.js';
import { parseActivation } from '../../core/networks/activations.js';
import { INITIALIZATION_LABELS } from '../../core/networks/labels.js';
import { ARCHITECTURES } from '../../core/networks/networks.js';
import { INITIALIZATION_OUTPUTS } from '../../core/tensor/recovery.js';
import { INITIALIZATION_MODES } from '../../core/tensor/stages.js';
import { parseChoice, parseInteger } from '../options.js';
import { parseSeed } from '../values.js';
import { print, printJson } from '../output.js';
import { requireResultFolder, writeResult } from '../resultFiles.js';
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

/** `basin init`: a start W₀ near W* from a user's own data, by moments of the labels. */
export const act = () => (options: Options) => {
  const initialization = initialize(options);
  const written = write(options, initialization);
  if (options.json) printJson(written);
  else
    print(`weights: ${written.weights}\nv: ${written.v.join(', ')}\nsubspace dimension: ${written.subspaceDimension}`);
};

function initialize(options: Options): Initialized {
  const words = {
    activation: parseActivation(options.activation).name,
    neurons: parseInteger('--neurons', options.neurons, 1, MOST_NEURONS),
    kind: parseChoice('--labels', options.labels, INITIALIZATION_LABELS),
    architecture: parseChoice('--architecture', options.architecture, ARCHITECTURES),
    output: parseChoice('--output', options.output, INITIALIZATION_OUTPUTS),
    mode: parseChoice('--mode', options.mode, INITIALIZATION_MODES),
    seed: parseSeed(options.seed),
  };
  const kernels = tunedKernels();
  const { names, ...samples } = readSamples(options);
  return initialized(kernels, { ...words, ...samples }, names);
}

function write(
  options: Options,
  { weights, v, subspaceDimension, tensor }: Initialized,
): { weights: string; v: number[]; subspaceDimension: number } {
  requireResultFolder('--out', options.out);
  const path = join(options.out, 'weights.npy');
  writeResult(path, weights.values, weights.shape);
  writeResult(join(options.out, 'v.npy'), v, [v.length]);
  if (tensor !== undefined) writeResult(join(options.out, 'tensor.npy'), tensor.values, tensor.shape);
  return { weights: path, v: [...v], subspaceDimension };
}
