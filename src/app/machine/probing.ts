/** Trying what the program needs, in a child process: what ends that one does not end this. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { shortageOf } from '../../base/shortage.js';
import { moduleProblem } from '../../base/installation.js';

/** In the order in which they are tried. */
export const PROBE_STEPS = ['database', 'addon', 'product', 'worker'] as const;
export type ProbeStep = (typeof PROBE_STEPS)[number];

/** A line without result says that the step begins. */
export interface ProbeLine {
  readonly step: ProbeStep;
  readonly found?: unknown;
  readonly problem?: string;
  readonly code?: string;
}

export interface ProbeResult {
  readonly step: ProbeStep;
  /** what the step has found; undefined where it failed or was not reached */
  readonly found?: unknown;
  /** what is wrong and what to do, one line; null: nothing */
  readonly problem: string | null;
}

/** The program that tries, as it is built, from src and from dist alike. */
const PROBE = fileURLToPath(new URL('../../../dist/cli/probe.js', import.meta.url));
const PATIENCE_MILLISECONDS = 120_000;

const WORDS: Readonly<Record<ProbeStep, string>> = {
  database: 'opening a database',
  addon: 'loading the native addon',
  product: 'multiplying two matrices',
  worker: 'a trial in a worker thread',
};

/** Each step's result. A step that kills the process is named, and the steps after it are tried without it. */
export function probe(
  steps: readonly ProbeStep[] = PROBE_STEPS,
  environment: NodeJS.ProcessEnv = process.env,
): ProbeResult[] {
  const { stdout, stderr, status, signal, error } = spawnSync(process.execPath, [PROBE, ...steps], {
    encoding: 'utf8',
    env: environment,
    timeout: PATIENCE_MILLISECONDS,
  });
  // Null where no process could be made.
  const lines = linesOf(stdout ?? '');
  const results = steps.flatMap((step) => resultOf(step, lines));
  const next = steps.at(results.length);
  if (next === undefined) return results;
  const end = error?.message ?? signal ?? `exit code ${status}: ${stderr.trim().split('\n').at(-1) ?? ''}`;
  const shortage = shortageOf(error);
  const died: ProbeResult = {
    step: next,
    problem:
      shortage === undefined
        ? deathProblem(next, end, environment['OPENBLAS_CORETYPE'])
        : `${WORDS[next]} cannot be tried: ${shortage}`,
  };
  const rest = steps.slice(results.length + 1);
  return [...results, died, ...(rest.length === 0 ? [] : probe(rest, environment))];
}

function linesOf(text: string): ProbeLine[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as ProbeLine);
}

function resultOf(step: ProbeStep, lines: readonly ProbeLine[]): ProbeResult[] {
  const line = lines.find((one) => one.step === step && (one.found !== undefined || one.problem !== undefined));
  if (line === undefined) return [];
  if (line.problem === undefined) return [{ step, found: line.found, problem: null }];
  return [
    { step, problem: moduleProblem(line.problem, line.code) ?? `${WORDS[step]} fails: ${line.problem.split('\n')[0]}` },
  ];
}

/** What ended the process in the middle of a step. */
export function deathProblem(step: ProbeStep, end: string, coreType: string | undefined): string {
  const what = `${WORDS[step]} ends the process (${end})`;
  if (coreType !== undefined)
    return `${what}: OPENBLAS_CORETYPE=${coreType} chooses kernels that this processor cannot run; unset it, or choose others`;
  if (end === 'SIGILL')
    return `${what}: OpenBLAS has chosen kernels that this processor cannot run; OPENBLAS_CORETYPE=HASWELL (AVX2) or NEHALEM chooses others`;
  return `${what}: run npm run setup`;
}
