import { join } from 'node:path';
import { ensureWritableDirectory } from '../../base/directory.js';
import { refuse } from '../../base/errors.js';
import { descent, descentState, statusNames } from '../../core/descent/descent.js';
import type { DescentState } from '../../core/kernels/contract.js';
import { Trace } from '../../app/trace.js';
import { flatStarts } from '../../core/curvature/flatness.js';
import { mixedDescent } from '../../core/descent/mixed.js';
import { stepSizes, type StepSize } from '../../core/descent/stepsize.js';
import { key, named, numeric } from '../../report/table.js';
import { sayLeft, writeResult } from '../resultFiles.js';
import { PRECISIONS } from '../definitions/words.js';
import { ExitCode, type SetExitCode } from '../exit.js';
import { tunedKernels } from '../../app/machine/kernels.js';
import { parseChoice, parseInteger, parseNumber } from '../options.js';
import { print, printJson, table } from '../output.js';
import { iterationProgress } from '../progress.js';
import { warn } from '../say.js';
import { readProblem, warnOfClipping, type ProblemOptions } from '../trainingset.js';

interface Options extends ProblemOptions {
  readonly start: string;
  readonly trainV?: boolean;
  readonly stepSize: string;
  readonly iterations: string;
  readonly tolerance?: string;
  readonly precision: string;
  readonly trace?: boolean;
  readonly out: string;
  readonly json?: boolean;
}

const MOST_ITERATIONS = 1e9;

/** Which descent; `mixed`: float32 gradients while they say where to go, then float64, see core/descent/mixed.ts. */
const DESCENTS = { float64: descent, mixed: mixedDescent };

/** `basin fit`: gradient descent on one's own data, from one or many starts at once. */
export const act = (setExitCode: SetExitCode) => async (options: Options) => {
  const { state, trace } = await fit(options);
  const written = write(options, state);
  const traced = trace && (await writeTraceFiles(options.out, trace, state));
  if (options.json) printJson({ starts: summary(state), ...written, ...(traced && { trace: traced }) });
  else
    print(
      [
        describe(state),
        `weights: ${written.weights}`,
        ...(written.v === null ? [] : [`v: ${written.v}`]),
        ...(traced ? [`trace: ${traced['svg']}`] : []),
      ].join('\n'),
    );
  if (statusNames(state).every((status) => status === 'diverged')) setExitCode(ExitCode.differs);
};

// Pictures take a second to load: only who asks for one waits.
async function writeTraceFiles(
  folder: string,
  trace: Trace,
  { starts }: DescentState,
): Promise<Record<string, string>> {
  const { writeTrace } = await import('../traceFiles.js');
  return await writeTrace(folder, trace, starts);
}

async function fit(options: Options): Promise<{ readonly state: DescentState; readonly trace?: Trace }> {
  const rule = parseStepSize(options.stepSize);
  const iterations = parseInteger('--iterations', options.iterations, 1, MOST_ITERATIONS);
  const tolerance =
    options.tolerance === undefined
      ? -1
      : parseNumber('--tolerance', options.tolerance, 'a number ≥ 0', (value) => value >= 0);
  const descend = DESCENTS[parseChoice('--precision', options.precision, PRECISIONS)];
  if (options.trace === true && options.precision !== 'float64')
    refuse('--trace', 'given with --precision float64', options.precision);
  const trace = options.trace === true ? new Trace(iterations) : undefined;
  const kernels = tunedKernels();
  const { problem, points } = readProblem(kernels, options, options.start);
  const trainOutput = options.trainV === true;
  const steps = stepSizes(kernels, problem, points, rule, trainOutput);
  warnOfClipping(kernels, problem, points);
  ensureWritableDirectory(options.out);
  const state = descentState(points, steps, trainOutput);
  const progress = iterationProgress('fit', iterations);
  for (const iteration of descend(kernels, problem, state, {
    iterations,
    tolerance,
    ...(trace && { schedule: trace.schedule, look: trace.look }),
  })) {
    progress.update(iteration);
    // The loop is synchronous: without this neither progress nor a closed terminal would be noticed between native
    // calls.
    await new Promise(setImmediate);
  }
  progress.end();
  sayFlat(flatStarts(kernels, problem, points, state), state);
  return { state, ...(trace && { trace }) };
}

function sayFlat(starts: readonly number[], { loss }: DescentState): void {
  for (const start of starts) {
    warn(
      `start ${start}: gradient and curvature vanish at a loss of ${loss[start].toPrecision(4)}: its neurons are saturated or dead, and this is no minimum; a smaller --step-size, or auto, or another start may go on`,
    );
  }
}

function parseStepSize(text: string): StepSize {
  if (text === 'auto') return { kind: 'auto', factor: 1 };
  return {
    kind: 'fixed',
    value: parseNumber(
      '--step-size',
      text,
      'auto or a number above 0 and at most 1e9',
      (value) => value > 0 && value <= 1e9,
    ),
  };
}

function write(options: Options, state: DescentState): { weights: string; v: string | null } {
  const { starts } = state;
  const weights = join(options.out, 'weights.npy');
  const v = options.trainV ? join(options.out, 'v.npy') : null;
  writeResult(weights, state.weights, weightsShape(options, state));
  if (v !== null) writeResult(v, state.outputWeights, [starts, state.outputWeights.length / starts]);
  else sayLeft(join(options.out, 'v.npy'));
  return { weights, v };
}

/** (L, K, d) for fcn; (L, 1, m) for cnn. */
function weightsShape(options: Options, state: DescentState): number[] {
  const rows = options.architecture === 'cnn' ? 1 : state.outputWeights.length / state.starts;
  return [state.starts, rows, state.weights.length / (state.starts * rows)];
}

function summary(
  state: DescentState,
): { iterations: number; loss: number; gradientNorm: number; status: string; stepSize: number }[] {
  return statusNames(state).map((status, l) => ({
    iterations: state.iterations[l],
    loss: state.loss[l],
    gradientNorm: state.gradientNorm[l],
    status,
    stepSize: state.stepSizes[l],
  }));
}

function describe(state: DescentState): string {
  const rows = summary(state).map(({ iterations, loss, gradientNorm, status, stepSize }, l) => [
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
