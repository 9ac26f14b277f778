import { join } from 'node:path';
import { factorized, MOST_PROJECTIONS, tensorSize, type Factorized } from '../../app/arrays/factorize.js';
import { tunedKernels } from '../../app/machine/kernels.js';
import { readArray } from '../../io/matrix.js';
import { key, numeric } from '../../report/table.js';
import { parseInteger } from '../options.js';
import { parseSeed } from '../values.js';
import { print, printJson, table } from '../output.js';
import { requireResultFolder, writeResult } from '../resultFiles.js';

interface Options {
  readonly tensor: string;
  readonly rank: string;
  readonly projections?: string;
  readonly seed: string;
  readonly out: string;
  readonly json?: boolean;
}

/** `basin factorize`: decomposes a symmetric third-order tensor into a sum of k cubes of vectors. */
export const act = () => (options: Options) => {
  const { weights, factors } = decompose(options);
  requireResultFolder('--out', options.out);
  const path = join(options.out, 'factors.npy');
  writeResult(path, factors.values, factors.shape);
  if (options.json) printJson({ weights: [...weights], factors: path });
  else
    print(
      `${table(
        [key(numeric('term')), numeric('weight')],
        [...weights].map((w, i) => [String(i), w.toPrecision(8)]),
      )}\nfactors: ${path}`,
    );
};

function decompose(options: Options): Factorized {
  const tensor = readArray(options.tensor);
  const size = tensorSize(tensor, options.tensor);
  const rank = parseInteger('--rank', options.rank, 1, size);
  const projections =
    options.projections === undefined
      ? undefined
      : parseInteger('--projections', options.projections, 1, MOST_PROJECTIONS);
  const seed = parseSeed(options.seed);
  return factorized(tunedKernels(), tensor, { rank, projections, seed }, options.tensor);
}
