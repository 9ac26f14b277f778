import erf from '@stdlib/math-base-special-erf';
import { InputError, refuse } from '../base/errors.js';
import { suggest } from '../base/suggest.js';
import { isWord } from '../base/vocabulary.js';
import {
  ACTIVATION_KINDS, ACTIVATION_NAMES, ACTIVATIONS, spellings,
  type ActivationKind, type Argument, type Family, type Functions, type Parameters, type Parity,
} from './activationTable.js';

export type { ActivationKind, Parity } from './activationTable.js';

/**
 * An activation φ with its first two derivatives. Where φ is not differentiable (ReLU at 0) the derivative from the
 * left is taken, and φ″ is the derivative almost everywhere: the atom at a kink is not part of it.
 */
export interface Activation extends Functions {
  /** Canonical name, e.g. `sigmoid`, `softplus:10`, `erf:std`; parses back to the same activation. */
  readonly name: string;
  readonly kind: ActivationKind;
  readonly parameters: Parameters;
  readonly parity: Parity;
  /** Points where φ or φ′ is not smooth; quadrature splits there. */
  readonly kinks: readonly number[];
  /** p of φ(cz) = c^p φ(z) for c > 0; absent where φ is not homogeneous. */
  readonly degree?: number;
  /** Where φ lies. */
  readonly range: readonly [number, number];
}

/**
 * The activation of a name like `sigmoid`, `softplus:10`, `leaky-relu:0.1` or `erf:std`. Defaults b = 1, a = 0.01.
 * @throws InputError for an unknown family or an argument outside its range
 */
export function parseActivation(text: string): Activation {
  const colon = text.indexOf(':');
  const kind = colon < 0 ? text : text.slice(0, colon);
  if (!isWord(ACTIVATIONS, kind)) {
    throw new InputError(`activation must be one of ${ACTIVATION_NAMES}; got '${text}'${suggest(kind, ACTIVATION_KINDS)}`);
  }
  const family: Family = ACTIVATIONS[kind];
  const parameters = parametersOf(kind, text, colon < 0 ? undefined : text.slice(colon + 1));
  return {
    name: canonicalName(kind, family.argument, text, parameters), kind, parameters,
    parity: family.parity, kinks: family.kinks, range: family.range(parameters), ...(family.degree !== undefined && { degree: family.degree }),
    ...family.functions(parameters, { erf }),
  };
}

function canonicalName(kind: ActivationKind, argument: Argument | undefined, text: string, [first]: Parameters): string {
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

function numberAfterColon(kind: ActivationKind, { symbol, min, max, default: usual }: Argument, text: string, given: string | undefined): number {
  const value = given === undefined ? usual : given.trim() === '' ? Number.NaN : Number(given);
  if (value >= min && value <= max) return value;
  throw new InputError(`activation ${kind}:${symbol} must have a number from ${min} to ${max} as ${symbol}, got '${text}'`);
}

function variantAfterColon(kind: ActivationKind, variants: Readonly<Record<string, Parameters>>, text: string, given: string | undefined): Parameters {
  if (given !== '' && isWord(variants, given ?? '')) return variants[given ?? ''];
  const [last, ...others] = [...spellings(kind)].reverse();
  return refuse(`activation ${kind}`, `${others.reverse().join(', ')} or ${last}`, text);
}
