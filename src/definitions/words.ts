/** Definitions for study files in a user's own module: words that can replace basin's own words. */
import type { OwnArgument } from '../core/networks/ownWords.js';
import type { Stream } from './streams.js';

/** The properties that every word has. */
interface Said {
  /** the word in study files; letters, digits and `-` */
  readonly name: string;
  readonly description: string;
  /** for a word that takes a number, `name:number` in study files; its functions get the number as `argument` */
  readonly argument?: OwnArgument;
}

/** The input of a function that draws random values. */
interface Drawing {
  /** NaN for a word without an argument */
  readonly argument: number;
  /** the random numbers of this trial for this purpose */
  readonly stream: Stream;
}

export interface InputsDefinition extends Said {
  /** X (n, d), row-major: n samples of dimension d */
  readonly draw: (asked: Drawing & { readonly n: number; readonly d: number }) => Float64Array;
}

export interface TeacherDefinition extends Said {
  /** W* (K, d), one row per neuron, before `teacherScale` is applied; for a cnn one row: K = 1 and d is its length */
  readonly draw: (asked: Drawing & { readonly K: number; readonly d: number }) => Float64Array;
}

export interface StartDefinition extends Said {
  /** W0 (L, K, d) of L starts; the function may use W* (K, d); for a cnn K = 1 and d is the length of the row */
  readonly draw: (
    asked: Drawing & { readonly L: number; readonly K: number; readonly d: number; readonly teacher: Float64Array },
  ) => Float64Array;
}

/** A formula, or a function that makes a formula from the argument. */
type FormulaText = string | ((argument: number) => string);

/** A function of a number z. The argument is NaN for a word without one. */
type OfNumber = (z: number, argument: number) => number;

export interface FormulaActivation extends Said {
  /** formula in z, e.g. `z*sigmoid(1.702*z)` */
  readonly formula: FormulaText;
}

/** φ as functions, which are sampled once. They must be smooth between the kinks and continuous at them. */
export interface FunctionActivation extends Said {
  readonly value: OfNumber;
  readonly derivative: OfNumber;
  readonly secondDerivative: OfNumber;
  /** points where a derivative jumps; default: none */
  readonly kinks?: readonly number[];
  /** range of z on which φ is evaluated: outside it φ is NaN; default: [−1000, 1000] */
  readonly range?: readonly [number, number];
}

export type ActivationDefinition = FormulaActivation | FunctionActivation;

export interface LossDefinition extends Said {
  /** formula in the output f and the label y, e.g. `log(cosh(f-y))` written as softplus(2*(f-y)) - (f-y) */
  readonly formula: FormulaText;
}

export interface DefinitionOf {
  readonly activation: ActivationDefinition;
  readonly loss: LossDefinition;
  readonly inputs: InputsDefinition;
  readonly teacher: TeacherDefinition;
  readonly start: StartDefinition;
}

export type WordKind = keyof DefinitionOf;

/** The value that the functions below return. A module exports it. */
export class DefinedWord<Kind extends WordKind = WordKind> {
  readonly kind: Kind;
  readonly definition: DefinitionOf[Kind];

  constructor(kind: Kind, definition: DefinitionOf[Kind]) {
    this.kind = kind;
    this.definition = definition;
  }
}

/** Defines an activation φ(z), for `activation:` in study files. */
export function defineActivation(definition: ActivationDefinition): DefinedWord<'activation'> {
  return new DefinedWord('activation', definition);
}

/** Defines a loss ℓ(f, y), for `loss:` in study files. */
export function defineLoss(definition: LossDefinition): DefinedWord<'loss'> {
  return new DefinedWord('loss', definition);
}

/** Defines a distribution of the inputs x, for `inputs:` in study files. */
export function defineInputs(definition: InputsDefinition): DefinedWord<'inputs'> {
  return new DefinedWord('inputs', definition);
}

/** Defines a distribution of the planted W*, for `teacher:` in study files. */
export function defineTeacher(definition: TeacherDefinition): DefinedWord<'teacher'> {
  return new DefinedWord('teacher', definition);
}

/** Defines a distribution of the starts W0, for `start:` in study files. */
export function defineStart(definition: StartDefinition): DefinedWord<'start'> {
  return new DefinedWord('start', definition);
}
