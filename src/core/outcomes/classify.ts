/** The rules that classify ends of descents. Derivation and observed values: docs/derivations/outcomes.md. */
import { isAtMinimum, type SetClass, type StartClass } from './classes.js';

/** The thresholds of the rules; radius and steps are those of the polish. */
export const OUTCOME_RULES = {
  /** a point is stationary when ‖∇f_n‖ is at most this */
  gradient: 1e-9,
  /** it is a minimum when λ_min is above this, a saddle when it is below minus this */
  curvature: 1e-6,
  /** a start runs away when ‖W‖_F is above this many times ‖W_0‖_F */
  growth: 10,
  /** minima count as one when their spread SD_n is at most this */
  sameMinimum: 1e-3,
  /** the polish: longest step (Frobenius), most steps, and the gradient norm that it aims at */
  polish: { radius: 2, steps: 60, tolerance: 1e-12 },
} as const;

/** The facts about the end of a start. */
export interface StartEnd {
  readonly diverged: boolean;
  /** ‖W‖_F at the end over that at the descent's start */
  readonly growth: number;
  /** the polish used all its steps while ‖W‖ was still growing */
  readonly isGrowing?: boolean;
  /** the gradient vanishes, by the rule of the polish or of the descent */
  readonly isStationary: boolean;
  /**
   * smallest eigenvalue of ∇²f_n at the end; absent where the end was not polished and the class follows from the
   * descent alone
   */
  readonly lambdaMin?: number;
  /** the end lies near W*, by the experiment's own measure */
  readonly isNear: boolean;
  /** true when that measure is so strict that W* counts as recovered whatever gradient and curvature are */
  readonly nearIsEnough?: boolean;
}

/**
 * The class of one start. A minimum is certified by gradient and curvature. Without a polish there is no curvature:
 * then a vanishing gradient counts as a minimum, and a start that still moves is `cap`.
 */
export function startClass(end: StartEnd): StartClass {
  if (end.diverged) return 'diverged';
  if (end.isGrowing === true || end.growth > OUTCOME_RULES.growth) return 'runaway';
  if (end.isNear && end.nearIsEnough === true) return 'recovered';
  if (!end.isStationary) return 'cap';
  if (end.lambdaMin !== undefined && end.lambdaMin < -OUTCOME_RULES.curvature) return 'saddle';
  if (end.lambdaMin !== undefined && !(end.lambdaMin > OUTCOME_RULES.curvature)) return 'cap';
  return end.isNear ? 'recovered' : 'other-minimum';
}

/** The class of a training set: `spread` is the SD_n of the ends of its starts. */
export function setClass(classes: readonly StartClass[], spread: number): SetClass {
  if (classes.every(isAtMinimum)) {
    if (!(spread <= OUTCOME_RULES.sameMinimum)) return 'several-minima';
    return classes.every((name) => name === 'recovered') ? 'one-minimum-near' : 'one-minimum-elsewhere';
  }
  return classes.every((name) => name === 'runaway') ? 'runaway' : 'mixed';
}
