import { join } from 'node:path';
import {
  isStepSize,
  MOST_ITERATIONS,
  prepareFit,
  runFit,
  STEP_SIZES,
  type Fit,
  type FitOptions,
  type FittedStart,
  type PreparedFit,
} from '../../app/arrays/fit.js';
import { isMomentum, MOMENTA, MOST_BATCH, type MethodOptions } from '../../app/arrays/method.js';
import { prepareRiskFit } from '../../app/arrays/population.js';
import { tunedKernels } from '../../app/machine/kernels.js';
import type { Trace } from '../../app/trace.js';
import { refuse } from '../../base/errors.js';
import { PRECISIONS } from '../../core/descent/precisions.js';
import { METHOD_NAMES } from '../../core/kernels/updates.js';
import { key, named, numeric } from '../../report/table.js';
import { ExitCode, type SetExitCode } from '../exit.js';
import { parseChoice, parseInteger, parseNumber } from '../options.js';
import { ifGiven } from '../runOptions.js';
import { parseSeed } from '../values.js';
import { print, printJson, table } from '../output.js';
import { describeMinima, minimaSummary, writeMinima } from '../minimaFiles.js';
import { iterationProgress } from '../progress.js';
import { requireResultFolder, sayLeft, writeResult } from '../resultFiles.js';
import { warn } from '../say.js';
import { isEmpirical, readRisk, type AnyRiskOptions } from '../riskOptions.js';
import { readProblem, sayClipped } from '../trainingset.js';

interface FitFlags {
  readonly start: string;
  readonly trainV?: boolean;
  readonly stepSize: string;
  readonly method: string;
  readonly momentum?: string;
  readonly schedule: string;
  readonly batch?: string;
  readonly replacement?: boolean;
  readonly online?: boolean;
  readonly seed?: string;
  readonly iterations: string;
  readonly tolerance?: string;
  readonly precision: string;
  readonly trace?: boolean;
  readonly classes?: boolean;
  readonly out: string;
  readonly json?: boolean;
}

type Options = FitFlags & AnyRiskOptions;

/** `basin fit`: gradient descent on a user's own data, from one or many starts at once. */
export const act = (setExitCode: SetExitCode) => async (options: Options) => {
  const prepared = prepare(options);
  requireResultFolder('--out', options.out);
  const fit = await descend(prepared);
  const written = write(options, fit);
  const traced = prepared.trace && (await writeTraceFiles(options.out, prepared.trace, fit.starts.length));
  const { minima } = fit;
  const sorted = minima && writeMinima(options.out, minima);
  if (options.json)
    printJson({
      starts: fit.starts.map(summary),
      ...written,
      ...(traced && { trace: traced }),
      ...(minima && sorted && minimaSummary(minima, sorted)),
    });
  else
    print(
      [
        describe(fit),
        `weights: ${written.weights}`,
        ...(written.v === null ? [] : [`v: ${written.v}`]),
        ...(traced ? [`trace: ${traced['svg']}`] : []),
        ...(minima && sorted ? ['', describeMinima(minima, sorted)] : []),
      ].join('\n'),
    );
  if (fit.starts.every(({ status }) => status === 'diverged')) setExitCode(ExitCode.differs);
};

// The figure library takes a second to load, so only a request for figures waits for it.
async function writeTraceFiles(folder: string, trace: Trace, starts: number): Promise<Record<string, string>> {
  const { writeTrace } = await import('../traceFiles.js');
  return await writeTrace(folder, trace, starts);
}

function prepare(options: Options): PreparedFit {
  const stepSize = parseStepSize(options.stepSize);
  const iterations = parseInteger('--iterations', options.iterations, 1, MOST_ITERATIONS);
  const tolerance =
    options.tolerance === undefined
      ? undefined
      : parseNumber('--tolerance', options.tolerance, 'a number ≥ 0', (value) => value >= 0);
  const precision = parseChoice('--precision', options.precision, PRECISIONS);
  if (options.trace === true && precision !== 'float64')
    refuse('--trace', 'given with --precision float64', options.precision);
  if (options.classes === true && options.trainV === true) refuse('--classes', 'given without --train-v', '--train-v');
  const kernels = tunedKernels();
  const { trainV, trace, classes } = options;
  const descent = { stepSize, ...parseMethod(options), iterations, tolerance, precision, trainV, trace, classes };
  if (isEmpirical(options)) {
    const { problem, weights: start, names } = readProblem(options, options.start);
    return prepareFit(kernels, { ...problem, start }, descent, names);
  }
  if (precision !== 'float64') refuse('--precision', 'float64 with --risk population', precision);
  const { problem, weights: start, names } = readRisk(options, options.start);
  return prepareRiskFit(kernels, { ...problem, start }, descent, names);
}

async function descend(prepared: PreparedFit): Promise<Fit> {
  sayClipped(prepared.clipping);
  const progress = iterationProgress('fit', prepared.iterations);
  const fit = await runFit(prepared, { onProgress: progress.update });
  progress.end();
  fit.starts.forEach(sayFlat);
  return fit;
}

function sayFlat({ flat, loss }: FittedStart, start: number): void {
  if (!flat) return;
  warn(
    `start ${start}: gradient and curvature vanish at a loss of ${loss.toPrecision(4)}: its neurons are saturated or dead, and this is no minimum; a smaller --step-size, or auto, or another start may go on`,
  );
}

function parseStepSize(text: string): FitOptions['stepSize'] {
  if (text === 'auto') return 'auto';
  return parseNumber('--step-size', text, STEP_SIZES, isStepSize);
}

function parseMethod({ method, momentum, schedule, batch, replacement, online, seed }: FitFlags): MethodOptions {
  if (method === 'sgd' && batch === undefined && online !== true)
    refuse('--batch', 'given with --method sgd', '--method sgd alone');
  return {
    method: parseChoice('--method', method, METHOD_NAMES),
    batch: batch === undefined ? undefined : parseInteger('--batch', batch, 1, MOST_BATCH),
    replacement,
    online,
    seed: ifGiven(seed, parseSeed),
    momentum: momentum === undefined ? undefined : parseNumber('--momentum', momentum, MOMENTA, isMomentum),
    schedule,
  };
}

function write(options: Options, fit: Fit): { weights: string; v: string | null } {
  const weights = join(options.out, 'weights.npy');
  const v = options.trainV ? join(options.out, 'v.npy') : null;
  writeResult(weights, fit.weights.values, fit.weights.shape);
  if (v !== null) writeResult(v, fit.v.values, fit.v.shape);
  else sayLeft(join(options.out, 'v.npy'));
  return { weights, v };
}

function summary({ iterations, loss, gradientNorm, status, stepSize }: FittedStart): Omit<FittedStart, 'flat'> {
  return { iterations, loss, gradientNorm, status, stepSize };
}

function describe({ starts }: Fit): string {
  const rows = starts.map(({ iterations, loss, gradientNorm, status, stepSize }, l) => [
    String(l),
    status,
    String(iterations),
    loss.toPrecision(6),
    gradientNorm.toExponential(2),
    stepSize.toPrecision(4),
  ]);
  return table(
    [
      key(numeric('start')),
      named('status'),
      ...['iterations', 'loss', 'gradient norm', 'step size'].map((title) => numeric(title)),
    ],
    rows,
  );
}
