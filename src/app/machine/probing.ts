/** Tests what the program needs in a child process, so a crash there does not end this process. */
import { spawnSync } from 'node:child_process';
import { shortageOf } from '../../base/shortage.js';
import { moduleProblem } from '../../base/installation.js';
import { installed, setUpCommand } from '../../base/package.js';

/** The steps, in the order in which they run. */
export const PROBE_STEPS = ['database', 'addon', 'product', 'worker'] as const;
export type ProbeStep = (typeof PROBE_STEPS)[number];

/** A line without result means that the step begins. */
export interface ProbeLine {
  readonly step: ProbeStep;
  readonly found?: unknown;
  readonly problem?: string;
  readonly code?: string;
}

export interface ProbeResult {
  readonly step: ProbeStep;
  /** what the step has found; undefined if it failed or was not reached */
  readonly found?: unknown;
  /** one line: what is wrong, and what the user can do; null: nothing is wrong */
  readonly problem: string | null;
}

/** The built program that runs the steps. */
const PROBE = installed('dist/cli/probe.js');
const PATIENCE_MILLISECONDS = 120_000;

const WORDS: Readonly<Record<ProbeStep, string>> = {
  database: 'opening a database',
  addon: 'loading the native addon',
  product: 'multiplying two matrices',
  worker: 'a trial in a worker thread',
};

/**
 * Each step's result. A step that kills the process is reported by name, and the steps after it run in a new process.
 */
export function probe(
  steps: readonly ProbeStep[] = PROBE_STEPS,
  environment: NodeJS.ProcessEnv = process.env,
): ProbeResult[] {
  const { stdout, stderr, status, signal, error } = spawnSync(process.execPath, [PROBE, ...steps], {
    encoding: 'utf8',
    env: environment,
    timeout: PATIENCE_MILLISECONDS,
  });
  // stdout is null if no process could be created.
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

/** Describes what ended the process in the middle of a step. */
export function deathProblem(step: ProbeStep, end: string, coreType: string | undefined): string {
  const what = `${WORDS[step]} ends the process (${end})`;
  if (coreType !== undefined)
    return `${what}: OPENBLAS_CORETYPE=${coreType} chooses kernels that this processor cannot run; unset it, or choose others`;
  if (end === 'SIGILL')
    return `${what}: OpenBLAS has chosen kernels that this processor cannot run; OPENBLAS_CORETYPE=HASWELL (AVX2) or NEHALEM chooses others`;
  return `${what}: run ${setUpCommand()}`;
}
