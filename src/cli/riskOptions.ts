/** The options of `fit` and `hessian` that say which risk is meant, and the files of a population risk. */
import type { RiskNames, RiskProblem } from '../app/arrays/population.js';
import { InputError, refuse } from '../base/errors.js';
import { parseActivation } from '../core/networks/activations.js';
import { KNOWN_OUTPUTS } from '../core/networks/networks.js';
import { RISKS } from '../core/risk/risks.js';
import { readArray } from '../io/matrix.js';
import type { NumericArray } from '../io/npy.js';
import { parseChoice } from './options.js';
import type { ProblemOptions } from './trainingset.js';

export interface RiskOptions {
  readonly risk: string;
  readonly teacher?: string;
  readonly teacherV?: string;
  readonly teacherOutput?: string;
}

/** Options of which some are given with one kind of risk only. */
export type AnyRiskOptions = RiskOptions &
  Omit<ProblemOptions, 'x' | 'y' | 'loss'> &
  Partial<Pick<ProblemOptions, 'x' | 'y' | 'loss'>>;

/** Whether the options are those of a training set. Throws `InputError` where those of both risks are mixed. */
export function isEmpirical(options: AnyRiskOptions): options is AnyRiskOptions & ProblemOptions {
  const { x, y, loss, teacher, teacherV, teacherOutput } = options;
  const risk = parseChoice('--risk', options.risk, RISKS);
  const samples = { '--x': x, '--y': y, '--loss': loss };
  const planted = { '--teacher': teacher, '--teacher-v': teacherV, '--teacher-output': teacherOutput };
  if (risk === 'empirical') {
    requireNone(planted, 'population');
    for (const [option, value] of Object.entries(samples)) if (value === undefined) refuseMissing(option, risk);
    return true;
  }
  requireNone({ '--x': x, '--y': y }, 'empirical');
  if (teacher === undefined) refuseMissing('--teacher', risk);
  if (loss !== undefined && loss !== 'squared') refuse('--loss', 'squared with --risk population', loss);
  if (options.architecture !== 'fcn') refuse('--architecture', 'fcn with --risk population', options.architecture);
  return false;
}

function refuseMissing(option: string, risk: string): never {
  throw new InputError(
    `required option '${option} <${option === '--loss' ? 'name' : 'file'}>' not specified with --risk ${risk}`,
  );
}

function requireNone(options: Readonly<Record<string, string | undefined>>, risk: string): void {
  for (const [option, value] of Object.entries(options))
    if (value !== undefined) refuse(option, `given with --risk ${risk} only`, value);
}

interface ReadRisk {
  readonly problem: RiskProblem;
  readonly weights: NumericArray;
  readonly names: RiskNames;
}

/** The population risk that the options and their files define, and the points in the file of weights. */
export function readRisk(options: AnyRiskOptions, weightsPath: string): ReadRisk {
  const { teacher = '', teacherV, teacherOutput, output, v } = options;
  if (v !== undefined && output !== undefined)
    throw new InputError('--output and --v exclude each other: give one of them, got both');
  if (teacherV !== undefined && teacherOutput !== undefined)
    throw new InputError('--teacher-output and --teacher-v exclude each other: give one of them, got both');
  return {
    problem: {
      activation: parseActivation(options.activation).name,
      output: output === undefined ? undefined : parseChoice('--output', output, KNOWN_OUTPUTS),
      v: v === undefined ? undefined : readArray(v),
      teacher: readArray(teacher),
      teacherOutput:
        teacherOutput === undefined ? undefined : parseChoice('--teacher-output', teacherOutput, KNOWN_OUTPUTS),
      teacherV: teacherV === undefined ? undefined : readArray(teacherV),
    },
    weights: readArray(weightsPath),
    names: { weights: weightsPath, v: v ?? 'v', teacher, teacherV: teacherV ?? 'teacherV' },
  };
}
