/** The names of what the library's functions are given. Each table has exactly the names of its type. */
import type { FactorizeOptions } from '../app/arrays/factorize.js';
import type { FitOptions, FitProblem, FitWatch } from '../app/arrays/fit.js';
import type { HessianProblem } from '../app/arrays/hessian.js';
import type { InitializationProblem } from '../app/arrays/initialize.js';
import type { RiskFitProblem, RiskHessianProblem } from '../app/arrays/population.js';
import type { ScoreOptions, ScoreProblem } from '../app/arrays/score.js';
import type { RunStudyOptions } from './options.js';

export type NamesOf<T> = Readonly<Record<keyof T, true>>;

/** One object may be the problem of `fit`, of `hessian` and, with what it needs, of `initialize`. */
export const TRAINING_NAMES: NamesOf<FitProblem & HessianProblem> = {
  inputs: true,
  labels: true,
  activation: true,
  loss: true,
  architecture: true,
  output: true,
  v: true,
  start: true,
  weights: true,
};

/** One object may be the problem of `fit` and of `hessian`. */
export const RISK_NAMES: NamesOf<RiskFitProblem & RiskHessianProblem> = {
  teacher: true,
  teacherOutput: true,
  teacherV: true,
  activation: true,
  output: true,
  v: true,
  start: true,
  weights: true,
};

export const FIT_NAMES: NamesOf<FitOptions & FitWatch> = {
  stepSize: true,
  method: true,
  momentum: true,
  schedule: true,
  batch: true,
  replacement: true,
  online: true,
  seed: true,
  iterations: true,
  tolerance: true,
  trainV: true,
  precision: true,
  trace: true,
  classes: true,
  onProgress: true,
  signal: true,
};

export const INITIALIZATION_NAMES: NamesOf<FitProblem & HessianProblem & InitializationProblem> = {
  ...TRAINING_NAMES,
  neurons: true,
  kind: true,
  mode: true,
  seed: true,
};

export const SCORE_PROBLEM_NAMES: NamesOf<ScoreProblem> = { samples: true, at: true, leaveOneOut: true };

export const SCORE_NAMES: NamesOf<ScoreOptions> = { order: true, bandwidth: true, degree: true };

export const FACTORIZE_NAMES: NamesOf<FactorizeOptions> = { rank: true, projections: true, seed: true };

export const RUN_NAMES: NamesOf<RunStudyOptions> = {
  dir: true,
  workers: true,
  seed: true,
  scale: true,
  set: true,
  trials: true,
  partitions: true,
  precision: true,
  codeChange: true,
  trialSeconds: true,
  trialBytes: true,
  budgetSeconds: true,
  strict: true,
  report: true,
  onProgress: true,
  onWarning: true,
  signal: true,
};
