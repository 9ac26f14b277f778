import { ACTIVATION_NAMES } from './activationNames.js';
import erf from '@stdlib/math-base-special-erf';
import { InputError } from '../base/errors.js';
import { suggest } from '../base/suggest.js';

/** What a weight vector's sign does to the activation; decides which equivalences a matching may use. */
export type Parity = 'none' | 'even' | 'odd';

/** The functional families; the order is the code that the native kernel receives. */
export const ACTIVATION_KINDS = [
  'sigmoid', 'tanh', 'softplus', 'relu', 'leaky-relu', 'squared-relu', 'quadratic', 'linear', 'erf',
] as const;
export type ActivationKind = (typeof ACTIVATION_KINDS)[number];

/**
 * An activation φ with its first two derivatives. Where φ is not differentiable (ReLU at 0) the derivative from the
 * left is taken, and φ″ is the derivative almost everywhere: the atom at a kink is not part of it.
 */
export interface Activation {
  /** Canonical name, e.g. `sigmoid`, `softplus:10`, `erf:std`; parses back to the same activation. */
  readonly name: string;
  readonly kind: ActivationKind;
  /** Two numbers whose meaning depends on the kind: the slope b, the leak a, or for `erf` (A, c) of φ(z) = A·erf(c z). */
  readonly parameters: readonly [number, number];
  readonly parity: Parity;
  /** Points where φ or φ′ is not smooth; quadrature splits there. */
  readonly kinks: readonly number[];
  readonly value: (z: number) => number;
  readonly derivative: (z: number) => number;
  readonly secondDerivative: (z: number) => number;
}

type Functions = Pick<Activation, 'value' | 'derivative' | 'secondDerivative'>;

function logistic(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

function sigmoidFunctions(b: number): Functions {
  // s(1−s) loses its digits when s rounds to 1; e^{−|z|}/(1+e^{−|z|})² keeps them.
  const slope = (z: number): number => {
    const e = Math.exp(-Math.abs(b * z));
    return e / ((1 + e) * (1 + e));
  };
  return {
    value: (z) => logistic(b * z),
    derivative: (z) => b * slope(z),
    secondDerivative: (z) => -b * b * slope(z) * Math.tanh((b * z) / 2),
  };
}

function tanhFunctions(): Functions {
  const sech2 = (z: number): number => {
    const e = Math.exp(-2 * Math.abs(z));
    return (4 * e) / ((1 + e) * (1 + e));
  };
  return { value: Math.tanh, derivative: sech2, secondDerivative: (z) => -2 * Math.tanh(z) * sech2(z) };
}

function softplusFunctions(b: number): Functions {
  const sigmoid = sigmoidFunctions(b);
  return {
    value: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(b * z))) / b,
    derivative: sigmoid.value,
    secondDerivative: sigmoid.derivative,
  };
}

function leakyFunctions(a: number): Functions {
  return { value: (z) => (z > 0 ? z : a * z), derivative: (z) => (z > 0 ? 1 : a), secondDerivative: () => 0 };
}

function erfFunctions(amplitude: number, rate: number): Functions {
  const derivative = (z: number): number => amplitude * rate * (2 / Math.sqrt(Math.PI)) * Math.exp(-rate * rate * z * z);
  return {
    value: (z) => amplitude * erf(rate * z),
    derivative,
    secondDerivative: (z) => -2 * rate * rate * z * derivative(z),
  };
}

const SQUARED_RELU: Functions = {
  value: (z) => (z <= 0 ? 0 : z * z),
  derivative: (z) => (z > 0 ? 2 * z : 0),
  secondDerivative: (z) => (z > 0 ? 2 : 0),
};
const QUADRATIC: Functions = { value: (z) => z * z, derivative: (z) => 2 * z, secondDerivative: () => 2 };
const LINEAR: Functions = { value: (z) => z, derivative: () => 1, secondDerivative: () => 0 };

/** The three error functions of the papers, as (A, c) of φ(z) = A·erf(c z). */
const ERF_VARIANTS: Readonly<Record<string, readonly [number, number]>> = {
  '': [Math.SQRT2, Math.SQRT1_2], // soltanolkotabi2017: (2/√π)∫₀ᶻ e^{−t²/2} dt
  std: [1, 1], // (2/√π)∫₀ᶻ e^{−t²} dt
  zhong: [Math.sqrt(Math.PI) / 2, 1], // zhong2017: ∫₀ᶻ e^{−t²} dt
};

interface Family {
  /** How the argument after the colon is described in messages; absent where the family takes none. */
  readonly argument?: { readonly symbol: string; readonly default: number; readonly min: number; readonly max: number; readonly allowed: string };
  readonly parity: Parity;
  readonly kinks: readonly number[];
  readonly functions: (argument: number) => Functions;
}

const SLOPE = { symbol: 'b', default: 1, min: 1e-6, max: 1e6, allowed: 'a number from 1e-6 to 1e6' };
const LEAK = { symbol: 'a', default: 0.01, min: 0, max: 1, allowed: 'a number from 0 to 1' };

const FAMILIES: Readonly<Record<Exclude<ActivationKind, 'erf'>, Family>> = {
  'sigmoid': { argument: SLOPE, parity: 'none', kinks: [], functions: sigmoidFunctions },
  'tanh': { parity: 'odd', kinks: [], functions: tanhFunctions },
  'softplus': { argument: SLOPE, parity: 'none', kinks: [], functions: softplusFunctions },
  'relu': { parity: 'none', kinks: [0], functions: () => leakyFunctions(0) },
  'leaky-relu': { argument: LEAK, parity: 'none', kinks: [0], functions: leakyFunctions },
  'squared-relu': { parity: 'none', kinks: [0], functions: () => SQUARED_RELU },
  'quadratic': { parity: 'even', kinks: [], functions: () => QUADRATIC },
  'linear': { parity: 'odd', kinks: [], functions: () => LINEAR },
};

/**
 * The activation of a name like `sigmoid`, `softplus:10`, `leaky-relu:0.1` or `erf:std`. Defaults b = 1, a = 0.01.
 * @throws InputError for an unknown family or an argument outside its range
 */
export function parseActivation(text: string): Activation {
  const colon = text.indexOf(':');
  const kind = colon < 0 ? text : text.slice(0, colon);
  const argument = colon < 0 ? undefined : text.slice(colon + 1);
  if (kind === 'erf') return erfActivation(text, argument);
  if (!Object.hasOwn(FAMILIES, kind)) {
    throw new InputError(`activation must be one of ${ACTIVATION_NAMES}; got '${text}'${suggest(kind, [...Object.keys(FAMILIES), 'erf'])}`);
  }
  return familyActivation(kind as Exclude<ActivationKind, 'erf'>, text, argument);
}

function erfActivation(text: string, variant: string | undefined): Activation {
  const parameters = Object.hasOwn(ERF_VARIANTS, variant ?? '') && variant !== '' ? ERF_VARIANTS[variant ?? ''] : undefined;
  if (parameters === undefined) throw new InputError(`activation erf must be erf, erf:std or erf:zhong, got '${text}'`);
  return { name: text, kind: 'erf', parameters, parity: 'odd', kinks: [], ...erfFunctions(...parameters) };
}

function familyActivation(kind: Exclude<ActivationKind, 'erf'>, text: string, argument: string | undefined): Activation {
  const family = FAMILIES[kind];
  if (family.argument === undefined) {
    if (argument !== undefined) throw new InputError(`activation ${kind} must be given without an argument, got '${text}'`);
    return { name: kind, kind, parameters: [0, 0], parity: family.parity, kinks: family.kinks, ...family.functions(0) };
  }
  const { symbol, min, max, allowed, default: fallback } = family.argument;
  const value = argument === undefined ? fallback : argument.trim() === '' ? Number.NaN : Number(argument);
  if (!(value >= min && value <= max)) {
    throw new InputError(`activation ${kind}:${symbol} must have ${allowed} as ${symbol}, got '${text}'`);
  }
  const name = value === fallback ? kind : `${kind}:${String(value)}`;
  return { name, kind, parameters: [value, 0], parity: family.parity, kinks: family.kinks, ...family.functions(value) };
}
