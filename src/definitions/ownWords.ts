/**
 * Makes a user's definitions usable like basin's own words. They are checked, and each function runs as the user's
 * code.
 */
import { InputError, refuse } from '../base/errors.js';
import { LANDSCAPE_LOSSES } from '../core/landscape/losses.js';
import { ACTIVATIONS, type Activation } from '../core/networks/activationTable.js';
import { formulaActivation } from '../core/networks/formulas/activation.js';
import { formulaLoss } from '../core/networks/formulas/loss.js';
import { INPUTS } from '../core/networks/inputs.js';
import { LOSSES } from '../core/networks/losses.js';
import { NO_OWN_WORDS, type OwnWord, type OwnWords } from '../core/networks/ownWords.js';
import { piecewiseActivation } from '../core/networks/pieces/activation.js';
import { STARTS } from '../core/networks/starts.js';
import { TEACHERS } from '../core/networks/teachers.js';
import type { OwnCode } from '../experiments/spec.js';
import { BREACH } from './guard.js';
import { requireFunction, requireObject, requireText } from './check.js';
import { inOwnCode, ownId } from './experiment.js';
import { streamOf } from './streams.js';
import type { DefinedWord, DefinitionOf, FormulaActivation, FunctionActivation, WordKind } from './words.js';

/** Basin's own words of each kind. */
const TAKEN: Readonly<Record<WordKind, object>> = {
  activation: ACTIVATIONS,
  loss: { ...LOSSES, ...LANDSCAPE_LOSSES },
  inputs: INPUTS,
  teacher: TEACHERS,
  start: STARTS,
};

const NAME = /^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/;
const LONGEST_NAME = 64;

/** Throws `InputError` for a definition that cannot be used, and for a word that already exists. */
export function ownWords(defined: readonly DefinedWord[], code: OwnCode): OwnWords {
  const words: Record<WordKind, Record<string, unknown>> = {
    activation: {},
    loss: {},
    inputs: {},
    teacher: {},
    start: {},
  };
  for (const { kind, definition } of defined) {
    requireObject(`the definition of ${kind}`, definition);
    requireSaid(kind, definition);
    const { name, description, argument } = definition;
    if (Object.hasOwn(words[kind], name)) refuse(`names of ${kind}`, 'different', `${name} twice`);
    const make = ENTRIES[kind](definition as never, code);
    const entry = (given: number): unknown => named(code, `${kind} ${name}`, () => make(given));
    // A mistake in a formula is reported before anything runs.
    if (kind === 'activation' || kind === 'loss') entry(argument?.default ?? Number.NaN);
    words[kind][name] = { description, argument, entry } satisfies OwnWord<unknown>;
  }
  return { ...NO_OWN_WORDS, ...words } as OwnWords;
}

/**
 * Runs a function. Its error becomes one about the definition, after the file's name; an error of the user's code has
 * its line already.
 */
function named<T>({ name }: OwnCode, what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const hasLine = message.startsWith(`${name}:`) && !message.startsWith(`${name}: `);
    throw new InputError(hasLine ? message : `${name}: ${what}: ${message.replace(`${name}: `, '')}`);
  }
}

function requireName(kind: WordKind, name: unknown): void {
  if (typeof name !== 'string' || name.length > LONGEST_NAME || !NAME.test(name))
    return refuse(`the name of ${kind}`, "letters, digits and '-' between them, a letter first", name);
  if (Object.hasOwn(TAKEN[kind], name))
    throw new InputError(`the name of ${kind} must be one of your own, got '${name}', which is one of basin's`);
}

function requireSaid(kind: WordKind, { name, description, argument }: DefinitionOf[WordKind]): void {
  requireName(kind, name);
  requireText(`the description of ${kind} ${name}`, description);
  if (argument === undefined) return;
  const { min, max, default: usual } = argument;
  requireText(`argument.name of ${kind} ${name}`, argument.name);
  if (!(Number.isFinite(min) && Number.isFinite(max) && usual >= min && usual <= max))
    refuse(
      `argument of ${kind} ${name}`,
      '{ name, min, max, default } with min ≤ default ≤ max',
      JSON.stringify(argument),
    );
}

type Entries = {
  readonly [Kind in WordKind]: (
    definition: DefinitionOf[Kind],
    code: OwnCode,
  ) => OwnWords[Kind] extends Readonly<Record<string, OwnWord<infer Entry>>> ? (argument: number) => Entry : never;
};

const ENTRIES: Entries = {
  activation: (definition, code) =>
    'formula' in definition
      ? (argument) => formulaActivation(formulaOf(definition, code, argument))
      : remembered((argument) => sampledActivation(definition, code, argument)),
  loss: (definition, code) => (argument) => formulaLoss(formulaOf(definition, code, argument)),
  inputs: ({ name, draw }, code) => {
    requireFunction(`draw of inputs ${name}`, draw);
    return (argument) => ({
      draw: (kernels, values, d, address) => {
        const n = values.length / d;
        const stream = streamOf(address, kernels);
        values.set(drawn(code, `inputs ${name}`, { n, d }, () => draw({ n, d, argument, stream })));
      },
    });
  },
  teacher: ({ name, draw }, code) => {
    requireFunction(`draw of teacher ${name}`, draw);
    return (argument) => ({
      draw: (kernels, { neurons: K, dimension: d, stream: address }) => {
        const stream = streamOf(address, kernels);
        return drawn(code, `teacher ${name}`, { K, d }, () => draw({ K, d, argument, stream }));
      },
    });
  },
  start: ({ name, draw }, code) => {
    requireFunction(`draw of start ${name}`, draw);
    return (argument) => ({
      draw: (kernels, { teacher, rows: K, length: d, starts: L, stream: address }) => {
        const stream = streamOf(address, kernels);
        // The user's code gets a copy, which it may overwrite.
        const given = { L, K, d, argument, stream, teacher: teacher.slice() };
        return drawn(code, `start ${name}`, { L, K, d }, () => draw(given));
      },
    });
  },
};

const USUAL_RANGE = [-1000, 1000] as const;

/** The name of an activation that basin's formulas cannot express contains the hash of the user's code. */
function sampledActivation(definition: FunctionActivation, code: OwnCode, argument: number): Activation {
  const { name, value, derivative, secondDerivative, kinks = [], range = USUAL_RANGE } = definition;
  for (const [part, given] of Object.entries({ value, derivative, secondDerivative }))
    requireFunction(`${part} of activation ${name}, which has no formula,`, given);
  const word = Number.isNaN(argument) ? name : `${name}:${argument}`;
  return inOwnCode(code, () =>
    piecewiseActivation({
      name: ownId(word, code),
      kinks,
      range,
      value: (z) => value(z, argument),
      derivative: (z) => derivative(z, argument),
      secondDerivative: (z) => secondDerivative(z, argument),
    }),
  );
}

/** Calls `make` once for each argument. */
function remembered<Entry>(make: (argument: number) => Entry): (argument: number) => Entry {
  const known = new Map<number, Entry>();
  return (argument) => {
    const entry = known.get(argument) ?? make(argument);
    known.set(argument, entry);
    return entry;
  };
}

function formulaOf(
  { name, formula }: FormulaActivation | DefinitionOf['loss'],
  code: OwnCode,
  argument: number,
): string {
  const text: unknown = typeof formula === 'function' ? inOwnCode(code, () => formula(argument)) : formula;
  return typeof text === 'string'
    ? text
    : refuse(`the formula of ${name}`, 'a text, or a function of the argument that returns one', text);
}

/** The numbers that the user's code returned. Throws if their count is wrong or one of them is not finite. */
function drawn(
  code: OwnCode,
  what: string,
  size: Readonly<Record<string, number>>,
  draw: () => Float64Array,
): Float64Array {
  const length = Object.values(size).reduce((product, one) => product * one, 1);
  return inOwnCode(code, () => {
    const values: unknown = draw();
    const wanted = `it must be a Float64Array of ${Object.keys(size).join('·')} = ${length} finite numbers`;
    const breach = (got: string): never => {
      throw new Error(`what draw() of ${what} returned ${BREACH}: ${wanted}, got ${got}`);
    };
    if (!(values instanceof Float64Array))
      return breach(values instanceof Object ? values.constructor.name : String(values));
    if (values.length !== length) return breach(String(values.length));
    const bad = values.findIndex((value) => !Number.isFinite(value));
    return bad < 0 ? values : breach(`${values[bad]} at ${bad}`);
  });
}
