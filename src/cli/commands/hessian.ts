import { join } from 'node:path';
import { ensureWritableDirectory } from '../../base/directory.js';
import { curvatureAt, LARGEST_DENSE } from '../../core/curvature/eigenvalues.js';
import { InputError } from '../../base/errors.js';
import { sayLeft, writeResult } from '../resultFiles.js';
import { tunedKernels } from '../../app/machine/kernels.js';
import { pairs, print, printJson } from '../output.js';
import { warn } from '../say.js';
import { readProblem, warnOfClipping, type ProblemOptions } from '../trainingset.js';

interface Options extends ProblemOptions {
  readonly weights: string;
  readonly out: string;
  readonly json?: boolean;
}

interface Document {
  readonly dimension: number;
  readonly eigenvalueMin: number;
  readonly eigenvalueMax: number;
  readonly hessian: string | null;
}

/** Where Lanczos stops short of this share of the largest eigenvalue, a note on stderr says so. */
const ACCURATE = 1e-9;

/** `basin hessian`: the Hessian in W on one's own data, and its extreme eigenvalues. */
export const act = () => (options: Options) => {
  const document = hessian(options);
  if (options.json) printJson(document);
  else print(describe(document));
};

function hessian(options: Options): Document {
  const kernels = tunedKernels();
  const { problem, points: point } = readProblem(kernels, options, options.weights);
  if (point.starts !== 1)
    throw new InputError(`${options.weights}: weights must be those of one point, got ${point.starts}`);
  warnOfClipping(kernels, problem, point);
  ensureWritableDirectory(options.out);
  const dimension = point.weights.length;
  const { smallest, largest, residual, hessian: matrix } = curvatureAt(kernels, problem, point);
  warnUnlessAccurate(residual, Math.max(Math.abs(smallest), Math.abs(largest)));
  const path = join(options.out, 'hessian.npy');
  if (matrix === null) sayLeft(path);
  else writeResult(path, matrix, [dimension, dimension]);
  return { dimension, eigenvalueMin: smallest, eigenvalueMax: largest, hessian: matrix === null ? null : path };
}

function warnUnlessAccurate(residual: number, scale: number): void {
  if (residual <= ACCURATE * scale || Number.isNaN(residual)) return;
  warn(
    `the eigenvalues are known to ${residual.toExponential(1)} only: the iteration reached its largest number of steps`,
  );
}

function describe({ dimension, eigenvalueMin, eigenvalueMax, hessian: path }: Document): string {
  const rows = [
    ['dimension', String(dimension)],
    ['smallest eigenvalue', eigenvalueMin.toPrecision(8)],
    ['largest eigenvalue', eigenvalueMax.toPrecision(8)],
    ['hessian', path ?? `not written: dimension above ${LARGEST_DENSE}`],
  ];
  return pairs(rows);
}
