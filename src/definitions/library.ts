/** What a user's module gets from `import … from '@basin-lab/basin'`. */
export { choice, named, number, withDefault } from '../settings/declare.js';
export { defineExperiment } from './own.js';
export { defineActivation, defineInputs, defineLoss, defineStart, defineTeacher } from './words.js';
export type {
  ActivationDefinition,
  DefinedWord,
  FormulaActivation,
  FunctionActivation,
  InputsDefinition,
  LossDefinition,
  StartDefinition,
  TeacherDefinition,
} from './words.js';
export { defineMeasure, type DefinedMeasure, type MeasureDefinition, type MeasuredTrial } from './measure.js';
export type { OwnContext, OwnCurve, OwnDefinition, OwnMeasure, OwnOutcome } from './own.js';
export type { Stream } from './streams.js';
export type { StatisticName } from '../statistics/named.js';
export type { NativeKernels } from '../core/kernels/contract.js';
export type { Declarations, Settings, SettingValue, Values } from '../settings/types.js';
