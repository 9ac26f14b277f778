import { existsSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { ensureWritableFile } from '../../base/directory.js';
import { targetOf } from '../../base/target.js';
import { InputError, refuse } from '../../base/errors.js';
import { SCORE_ORDERS, scoreSize, type ScoreOrder } from '../../core/score/derivatives.js';
import { estimateDerivatives, type EvaluationPoints, type LocalFit } from '../../core/score/estimate.js';
import { MOST_QUADRATURE_DIMENSIONS } from '../../core/score/bounds.js';
import { estimateByQuadrature } from '../../core/score/polynomial.js';
import { scoresFromDerivatives } from '../../core/score/scores.js';
import { readMatrix, requireFinite, type Matrix } from '../../io/matrix.js';
import { writeResult } from '../resultFiles.js';
import { csvOptions } from '../csvOptions.js';
import { tunedKernels } from '../../app/machine/kernels.js';
import { parseNumber } from '../options.js';
import { pairs, printBeside, printJson, requireOneOutput } from '../output.js';
import { warn } from '../say.js';

interface Options {
  readonly samples: string;
  readonly at?: string;
  readonly leaveOneOut?: boolean;
  readonly bandwidth: string;
  readonly order: string;
  readonly degree: string;
  readonly header: string;
  readonly out: string;
  readonly json?: boolean;
}

const DEGREES = [2, 4] as const;
type Degree = (typeof DEGREES)[number];
/** Numbers in one output file: 1 GB. */
const MOST_NUMBERS = 2 ** 27;
/** Singular points that the warning names. */
const MOST_NAMED = 10;

/** `basin score`: score functions of the law behind one's own samples. */
export const act = () => (options: Options) => {
  const { shape, singular } = score(options);
  if (options.json) printJson({ scores: options.out, singular });
  else
    printBeside(
      options.out,
      pairs([
        ['scores', options.out],
        ['shape', `(${shape.join(', ')})`],
        ['singular points', String(singular.length)],
      ]),
    );
};

function score(options: Options): { shape: number[]; singular: readonly number[] } {
  const order = parseOne('--order', options.order, SCORE_ORDERS);
  const degree = parseOne('--degree', options.degree, DEGREES);
  const bandwidth = parseNumber(
    '--bandwidth',
    options.bandwidth,
    'a number above 0, from 1e-100 to 1e100',
    (h) => h >= 1e-100 && h <= 1e100,
  );
  requireArrayFile(options.out);
  requireOneOutput('--out', options.out, options.json);
  const samples = readFiniteMatrix(options.samples, options.header, 'X', 'sample');
  const [, d] = samples.shape;
  if (degree === 4 && d > MOST_QUADRATURE_DIMENSIONS)
    refuse(
      'the dimension of the samples for --degree 4',
      `at most ${MOST_QUADRATURE_DIMENSIONS}: its normaliser is a d-dimensional integral without closed form`,
      d,
    );
  const at = evaluationPoints(options, samples);
  const count = at.points.length / d;
  requireRoom(count, d, order);
  // Before hours of computing.
  ensureWritableFile(options.out);
  const derivatives = estimate(samples, at, bandwidth, degree);
  reportSingular(derivatives.singular, count, bandwidth, degree);
  const shape = [count, ...new Array<number>(order).fill(d)];
  writeResult(options.out, scoresFromDerivatives(order, derivatives), shape);
  return { shape, singular: derivatives.singular };
}

/** Only a file has a name that says what it is: standard output, pipes and devices have not. */
function requireArrayFile(path: string): void {
  if (extname(path).toLowerCase() === '.npy' || (existsSync(dirname(path)) && targetOf(path).kind !== 'file')) return;
  refuse('--out', 'a .npy file, or - for standard output', path);
}

function parseOne<T extends number>(option: string, text: string, allowed: readonly T[]): T {
  return allowed.find((value) => String(value) === text) ?? refuse(option, `one of ${allowed.join(', ')}`, text);
}

function estimate(
  { shape: [n, d], values }: Matrix,
  at: EvaluationPoints,
  bandwidth: number,
  degree: Degree,
): LocalFit {
  if (degree === 4)
    return estimateByQuadrature({ rows: values, dimension: d }, at.points, {
      degree,
      bandwidth,
      leaveOneOut: at.leaveOneOut,
    });
  const kernels = tunedKernels();
  const inputs = kernels.allocateInputs(n, d);
  inputs.values.set(values);
  return estimateDerivatives(kernels, kernels.prepare(inputs), at, bandwidth);
}

function readFiniteMatrix(path: string, header: string, name: string, row: string): Matrix {
  const matrix = readMatrix(path, csvOptions(header));
  if (matrix.shape.includes(0))
    throw new InputError(
      `${path}: ${name} must have at least one ${row} and one column, got shape (${matrix.shape.join(', ')})`,
    );
  requireFinite(path, matrix);
  return matrix;
}

function evaluationPoints(
  { at, header, leaveOneOut = false, samples: samplesPath }: Options,
  samples: Matrix,
): EvaluationPoints {
  if (at !== undefined && leaveOneOut)
    throw new InputError('--at and --leave-one-out exclude each other: give one of them, got both');
  const [n, d] = samples.shape;
  const needed = d + 1 + Number(leaveOneOut);
  if (n < needed)
    throw new InputError(
      `${samplesPath}: X must have at least ${needed} samples for dimension ${d}${leaveOneOut ? ' with one left out' : ''}, got ${n}`,
    );
  if (at === undefined) return { points: samples.values, leaveOneOut };
  const points = readFiniteMatrix(at, header, 'P', 'point');
  if (points.shape[1] !== d)
    throw new InputError(`${at}: P must have ${d} columns, the dimension of the samples, got ${points.shape[1]}`);
  return { points: points.values, leaveOneOut: false };
}

function requireRoom(points: number, dimension: number, order: ScoreOrder): void {
  const numbers = points * scoreSize(order, dimension);
  if (numbers > MOST_NUMBERS)
    refuse(
      `the scores, P·d^${order} numbers,`,
      `at most ${MOST_NUMBERS} (1 GB)`,
      `${points}·${dimension}^${order} = ${numbers}`,
    );
}

function reportSingular(singular: readonly number[], points: number, bandwidth: number, degree: Degree): void {
  if (singular.length === 0) return;
  const named = singular.slice(0, MOST_NAMED).join(', ') + (singular.length > MOST_NAMED ? ', …' : '');
  const why =
    degree === 2
      ? `the samples within reach of the bandwidth ${bandwidth} lie on one place or a hyperplane (duplicates?)`
      : `too few samples within 3 bandwidths of ${bandwidth} for a fit of degree 4, or a bandwidth that is too wide for it`;
  const which = `the ${degree === 2 ? 'local covariance' : 'local fit'} at ${singular.length} of ${points} points is singular, by index ${named}: ${why}`;
  if (singular.length === points)
    throw new InputError(
      `${which}; it must be regular at one point at least: give another --bandwidth or other samples`,
    );
  warn(`${which}; the scores there are NaN`);
}
