import erf from '@stdlib/math-base-special-erf';
import { InputError, refuse } from '../../base/errors.js';
import { isWord } from '../../base/vocabulary.js';
import { activationKind, requireActivationName } from './activationName.js';
import {
  ACTIVATIONS,
  spellings,
  type Activation,
  type ActivationKind,
  type Argument,
  type Family,
  type Parameters,
} from './activationTable.js';
import { formulaActivation } from './formulas/activation.js';
import { ownEntry } from './ownWords.js';

export type { Activation, ActivationKind, Parity } from './activationTable.js';

/**
 * The activation of a name like `sigmoid`, `softplus:10`, `leaky-relu:0.1` or `erf:std`, defaults b = 1, a = 0.01, or
 * of a formula in z, or a user's own.
 * @throws InputError for an unknown family, an argument outside its range, or a formula that is none or is no
 *   activation
 */
export function parseActivation(text: string): Activation {
  requireActivationName(text);
  const kind = activationKind(text);
  if (!isWord(ACTIVATIONS, kind)) return ownEntry('activation', text) ?? formulaActivation(text);
  const family: Family = ACTIVATIONS[kind];
  const parameters = parametersOf(kind, text, text === kind ? undefined : text.slice(kind.length + 1));
  return {
    name: canonicalName(kind, family.argument, text, parameters),
    kind,
    parameters,
    parity: family.parity,
    kinks: family.kinks,
    range: family.range(parameters),
    ...(family.degree !== undefined && { degree: family.degree }),
    ...family.functions(parameters, { erf }),
  };
}

function canonicalName(
  kind: ActivationKind,
  argument: Argument | undefined,
  text: string,
  [first]: Parameters,
): string {
  if (argument === undefined) return text;
  return first === argument.default ? kind : `${kind}:${String(first)}`;
}

function parametersOf(kind: ActivationKind, text: string, given: string | undefined): Parameters {
  const { argument, variants }: Family = ACTIVATIONS[kind];
  if (argument !== undefined) return [numberAfterColon(kind, argument, text, given), 0];
  if (variants !== undefined) return variantAfterColon(kind, variants, text, given);
  if (given !== undefined) refuse(`activation ${kind}`, 'given without an argument', text);
  return [0, 0];
}

function numberAfterColon(
  kind: ActivationKind,
  { symbol, min, max, default: usual }: Argument,
  text: string,
  given: string | undefined,
): number {
  const value = given === undefined ? usual : given.trim() === '' ? Number.NaN : Number(given);
  if (value >= min && value <= max) return value;
  throw new InputError(
    `activation ${kind}:${symbol} must have a number from ${min} to ${max} as ${symbol}, got '${text}'`,
  );
}

function variantAfterColon(
  kind: ActivationKind,
  variants: Readonly<Record<string, Parameters>>,
  text: string,
  given: string | undefined,
): Parameters {
  if (given !== '' && isWord(variants, given ?? '')) return variants[given ?? ''];
  const [last, ...others] = [...spellings(kind)].reverse();
  return refuse(`activation ${kind}`, `${others.reverse().join(', ')} or ${last}`, text);
}
