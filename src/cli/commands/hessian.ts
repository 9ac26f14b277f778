import { join } from 'node:path';
import { prepareHessian, runHessian, type Hessian } from '../../app/arrays/hessian.js';
import { riskHessian } from '../../app/arrays/population.js';
import { tunedKernels } from '../../app/machine/kernels.js';
import { LARGEST_DENSE } from '../../core/curvature/eigenvalues.js';
import { pairs, print, printJson } from '../output.js';
import { requireResultFolder, sayLeft, writeResult } from '../resultFiles.js';
import { warn } from '../say.js';
import { isEmpirical, readRisk, type AnyRiskOptions } from '../riskOptions.js';
import { readProblem, sayClipped } from '../trainingset.js';

interface HessianFlags {
  readonly weights: string;
  readonly out: string;
  readonly json?: boolean;
}

type Options = HessianFlags & AnyRiskOptions;

interface Document {
  readonly dimension: number;
  readonly eigenvalueMin: number;
  readonly eigenvalueMax: number;
  readonly hessian: string | null;
}

/** A note is printed on stderr if the residual of Lanczos exceeds this fraction of the largest eigenvalue. */
const ACCURATE = 1e-9;

/** `basin hessian`: the Hessian with respect to W on a user's own data, and its extreme eigenvalues. */
export const act = () => (options: Options) => {
  const document = hessian(options);
  if (options.json) printJson(document);
  else print(describe(document));
};

function hessian(options: Options): Document {
  const { dimension, smallest, largest, residual, hessian: matrix } = computed(options);
  warnUnlessAccurate(residual, Math.max(Math.abs(smallest), Math.abs(largest)));
  const path = join(options.out, 'hessian.npy');
  if (matrix === null) sayLeft(path);
  else writeResult(path, matrix, [dimension, dimension]);
  return { dimension, eigenvalueMin: smallest, eigenvalueMax: largest, hessian: matrix === null ? null : path };
}

function computed(options: Options): Hessian {
  const kernels = tunedKernels();
  if (isEmpirical(options)) {
    const { problem, weights, names } = readProblem(options, options.weights);
    const prepared = prepareHessian(kernels, { ...problem, weights }, names);
    sayClipped(prepared.clipping);
    requireResultFolder('--out', options.out);
    return runHessian(prepared);
  }
  const { problem, weights, names } = readRisk(options, options.weights);
  requireResultFolder('--out', options.out);
  return riskHessian(kernels, { ...problem, weights }, names);
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
