/** The library: the exports of `@basin-lab/basin`. Each function loads the modules that it needs when it is called. */
export * from './definitions/library.js';
export { InputError } from './base/errors.js';
export { factorize, fit, hessian, initialize, quantities, score } from './library/numerics.js';
export { openStudy, runStudy } from './library/studies.js';
export type { Fit, FitOptions, FitProblem, FittedStart, FitTrace, FitWatch } from './app/arrays/fit.js';
export type { Factorized, FactorizeOptions } from './app/arrays/factorize.js';
export type { Hessian, HessianProblem } from './app/arrays/hessian.js';
export type { InitializationProblem, Initialized } from './app/arrays/initialize.js';
export type { RiskFitProblem, RiskHessianProblem, RiskProblem } from './app/arrays/population.js';
export type { ScoreOptions, ScoreProblem, Scores } from './app/arrays/score.js';
export type { TrainingProblem } from './app/arrays/training.js';
export type { NumericArray } from './io/npy.js';
export type { RunStudyOptions, StudyRun, StudySource } from './library/options.js';
export type { Study, StudyCell, StudyCurve, StudyExperiment, StudyTrial, TrialChoice } from './library/study.js';
export type { ExperimentProgress, StudyOutcome } from './study/run/outcome.js';
export type { Estimate } from './statistics/estimate.js';
export type { Quantities } from './theory/quantities.js';
