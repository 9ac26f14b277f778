/** What a user's own module defines for study files: words that stand where basin's own do. */
import type { OwnArgument } from '../core/networks/ownWords.js';
import type { Stream } from './streams.js';

/** What every word says of itself. */
interface Said {
  /** the word in study files; letters, digits and `-` */
  readonly name: string;
  readonly description: string;
  /** of a word that takes a number, `name:number` in study files; its functions get that as `argument` */
  readonly argument?: OwnArgument;
}

/** What a function that draws gets. */
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
  /** W* (K, d), one row per neuron, before `teacherScale`; of a cnn one row: K = 1 and d its length */
  readonly draw: (asked: Drawing & { readonly K: number; readonly d: number }) => Float64Array;
}

export interface StartDefinition extends Said {
  /** W0 (L, K, d) of L starts; W* (K, d) may be looked at; of a cnn K = 1 and d the length of its row */
  readonly draw: (
    asked: Drawing & { readonly L: number; readonly K: number; readonly d: number; readonly teacher: Float64Array },
  ) => Float64Array;
}

/** A formula, or what makes one of the argument. */
type FormulaText = string | ((argument: number) => string);

/** Of a number z; the argument is NaN for a word without one. */
type OfNumber = (z: number, argument: number) => number;

export interface FormulaActivation extends Said {
  /** in z, e.g. `z*sigmoid(1.702*z)` */
  readonly formula: FormulaText;
}

/** φ as functions, which are sampled once: smooth between the kinks, continuous at them. */
export interface FunctionActivation extends Said {
  readonly value: OfNumber;
  readonly derivative: OfNumber;
  readonly secondDerivative: OfNumber;
  /** where a derivative jumps; default: nowhere */
  readonly kinks?: readonly number[];
  /** of the z that it may be asked for: beyond it φ is not a number; default: [−1000, 1000] */
  readonly range?: readonly [number, number];
}

export type ActivationDefinition = FormulaActivation | FunctionActivation;

export interface LossDefinition extends Said {
  /** in the output f and the label y, e.g. `log(cosh(f-y))` written as softplus(2*(f-y)) - (f-y) */
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

/** What the functions below return: a module exports it. */
export class DefinedWord<Kind extends WordKind = WordKind> {
  readonly kind: Kind;
  readonly definition: DefinitionOf[Kind];

  constructor(kind: Kind, definition: DefinitionOf[Kind]) {
    this.kind = kind;
    this.definition = definition;
  }
}

/** An activation φ(z), for `activation:` in study files. */
export function defineActivation(definition: ActivationDefinition): DefinedWord<'activation'> {
  return new DefinedWord('activation', definition);
}

/** A loss ℓ(f, y), for `loss:` in study files. */
export function defineLoss(definition: LossDefinition): DefinedWord<'loss'> {
  return new DefinedWord('loss', definition);
}

/** A law of the inputs x, for `inputs:` in study files. */
export function defineInputs(definition: InputsDefinition): DefinedWord<'inputs'> {
  return new DefinedWord('inputs', definition);
}

/** A law of the planted W*, for `teacher:` in study files. */
export function defineTeacher(definition: TeacherDefinition): DefinedWord<'teacher'> {
  return new DefinedWord('teacher', definition);
}

/** Where W0 lies, for `start:` in study files. */
export function defineStart(definition: StartDefinition): DefinedWord<'start'> {
  return new DefinedWord('start', definition);
}
