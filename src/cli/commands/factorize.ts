import { join } from 'node:path';
import { ensureWritableDirectory } from '../../base/directory.js';
import { InputError } from '../../base/errors.js';
import { factorize, type Factorization } from '../../core/tensor/kcl.js';
import { normalSource } from '../../core/tensor/normals.js';
import { readArray, requireFinite } from '../../io/matrix.js';
import { formatShape } from '../../io/npyheader.js';
import { key, numeric } from '../../report/table.js';
import { writeResult } from '../resultFiles.js';
import { tunedKernels } from '../../app/machine/kernels.js';
import { parseInteger } from '../options.js';
import { print, printJson, table } from '../output.js';
import { commandStream } from '../stream.js';

interface Options {
  readonly tensor: string;
  readonly rank: string;
  readonly projections?: string;
  readonly seed: string;
  readonly out: string;
  readonly json?: boolean;
}

const MOST_PROJECTIONS = 10_000;

/** `basin factorize`: a symmetric third-order tensor as a sum of k cubes of vectors. */
export const act = () => (options: Options) => {
  const { tensor, size } = readTensor(options.tensor);
  const { weights, factors } = decompose(options, tensor, size);
  ensureWritableDirectory(options.out);
  const path = join(options.out, 'factors.npy');
  writeResult(path, factors, [weights.length, size]);
  if (options.json) printJson({ weights: [...weights], factors: path });
  else
    print(
      `${table(
        [key(numeric('term')), numeric('weight')],
        [...weights].map((w, i) => [String(i), w.toPrecision(8)]),
      )}\nfactors: ${path}`,
    );
};

function decompose(options: Options, tensor: Float64Array, size: number): Factorization {
  const rank = parseInteger('--rank', options.rank, 1, size);
  const projections =
    options.projections === undefined
      ? 2 * size
      : parseInteger('--projections', options.projections, 1, MOST_PROJECTIONS);
  const kernels = tunedKernels();
  return factorize(kernels, tensor, size, rank, {
    projections,
    normals: normalSource(kernels, commandStream('factorize', options.seed)),
  });
}

function readTensor(path: string): { tensor: Float64Array; size: number } {
  const array = readArray(path);
  const { shape, values } = array;
  const size = shape[0];
  if (shape.length !== 3 || size < 1 || shape.some((length) => length !== size))
    throw new InputError(`${path}: must be a tensor of shape (p, p, p), got shape ${formatShape(shape)}`);
  requireFinite(path, array);
  return { tensor: values, size };
}
