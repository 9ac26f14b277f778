/**
 * The table of activations: names, help, messages, φ with its derivatives, and reference values for tests. The kernels
 * have a functor of the same name (native/kernels/words.h). This file imports nothing heavy, since `--help` reads it.
 */
import { wordsOf, type Word } from '../../base/vocabulary.js';
import type { Pieces } from './pieces/pieces.js';
import type { Formula } from './formulas/formula.js';

/** How φ(−z) relates to φ(z); this decides which equivalences a matching may use. */
export type Parity = 'none' | 'even' | 'odd';

/**
 * Two numbers whose meaning depends on the family: the slope b, the leak a, or for `erf` (A, c) of φ(z) = A·erf(c z).
 */
export type Parameters = readonly [number, number];

export interface Functions {
  readonly value: (z: number) => number;
  readonly derivative: (z: number) => number;
  readonly secondDerivative: (z: number) => number;
}

/** Functions of a numerical library, passed in. */
export interface SpecialFunctions {
  readonly erf: (z: number) => number;
}

/** The number after the colon, the first parameter. */
export interface Argument {
  readonly symbol: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

export interface Family {
  readonly description: string;
  /**
   * What may follow the colon: a number, or a word ('' for none) that fixes the parameters. If both are absent, nothing
   * may.
   */
  readonly argument?: Argument;
  readonly variants?: Readonly<Record<string, Parameters>>;
  readonly parity: Parity;
  /** Points where φ or φ′ is not smooth; quadrature splits there. */
  readonly kinks: readonly number[];
  /** p of φ(cz) = c^p φ(z) for c > 0; absent where φ is not homogeneous. */
  readonly degree?: number;
  /** Where φ lies. */
  readonly range: (parameters: Parameters) => readonly [number, number];
  readonly functions: (parameters: Parameters, special: SpecialFunctions) => Functions;
  /**
   * Spellings that tests try, each with rows z, φ, φ′, φ″: the formula and its numerical derivatives in 60 digits
   * (mpmath).
   */
  readonly examples: Readonly<Record<string, readonly (readonly [number, number, number, number])[]>>;
}

const SLOPE: Argument = { symbol: 'b', default: 1, min: 1e-6, max: 1e6 };
const LEAK: Argument = { symbol: 'a', default: 0.01, min: 0, max: 1 };

function sigmoidFunctions([b]: Parameters): Functions {
  // s(1−s) loses its digits when s rounds to 1; e^{−|z|}/(1+e^{−|z|})² keeps them.
  const slope = (z: number): number => {
    const e = Math.exp(-Math.abs(b * z));
    return e / ((1 + e) * (1 + e));
  };
  return {
    value: (z) => {
      const e = Math.exp(-Math.abs(b * z));
      return (b * z >= 0 ? 1 : e) / (1 + e);
    },
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

function softplusFunctions([b]: Parameters): Functions {
  const sigmoid = sigmoidFunctions([b, 0]);
  return {
    value: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(b * z))) / b,
    derivative: sigmoid.value,
    secondDerivative: sigmoid.derivative,
  };
}

function leakyFunctions([a]: Parameters): Functions {
  return { value: (z) => (z > 0 ? z : a * z), derivative: (z) => (z > 0 ? 1 : a), secondDerivative: () => 0 };
}

function erfFunctions([amplitude, rate]: Parameters, { erf }: SpecialFunctions): Functions {
  const derivative = (z: number): number =>
    amplitude * rate * (2 / Math.sqrt(Math.PI)) * Math.exp(-rate * rate * z * z);
  return {
    value: (z) => amplitude * erf(rate * z),
    derivative,
    secondDerivative: (z) => -2 * rate * rate * z * derivative(z),
  };
}

export const ACTIVATIONS = {
  sigmoid: {
    description: '1/(1 + e^{−bz})',
    argument: SLOPE,
    parity: 'none',
    kinks: [],
    range: () => [0, 1],
    functions: sigmoidFunctions,
    examples: {
      sigmoid: [
        [-1.75, 0.14804719803168948, 0.1261292251866552, 0.0887830684290706],
        [3, 0.9525741268224333, 0.04517665973091213, -0.04089157466094348],
      ],
      'sigmoid:4': [
        [-1.75, 0.0009110511944006454, 0.003640884720487306, 0.014537002622963023],
        [0.5, 0.8807970779778824, 0.4199743416140261, -1.279400016898449],
      ],
    },
  },
  tanh: {
    description: '(e^z − e^{−z})/(e^z + e^{−z})',
    parity: 'odd',
    kinks: [],
    range: () => [-1, 1],
    functions: tanhFunctions,
    examples: {
      tanh: [
        [-1.75, -0.9413755384972874, 0.11381209551894224, 0.21427984541329792],
        [3, 0.9950547536867305, 0.00986603716544019, -0.019634494363042435],
      ],
    },
  },
  softplus: {
    description: '(1/b) log(1 + e^{bz})',
    argument: SLOPE,
    parity: 'none',
    kinks: [],
    range: () => [0, Infinity],
    functions: softplusFunctions,
    examples: {
      softplus: [
        [-1.75, 0.16022415043808722, 0.14804719803168948, 0.1261292251866552],
        [3, 3.048587351573742, 0.9525741268224333, 0.04517665973091213],
      ],
      'softplus:10': [
        [-1.75, 2.5109991242183985e-9, 2.5109990926928157e-8, 2.5109990296416514e-7],
        [0.5, 0.5006715348489118, 0.9933071490757152, 0.06648056670790155],
      ],
    },
  },
  relu: {
    description: 'max(z, 0)',
    parity: 'none',
    kinks: [0],
    degree: 1,
    range: () => [0, Infinity],
    functions: () => leakyFunctions([0, 0]),
    examples: {
      relu: [
        [-1.75, 0, 0, 0],
        [3, 3, 1, 0],
      ],
    },
  },
  'leaky-relu': {
    description: 'z for z > 0, else a z',
    argument: LEAK,
    parity: 'none',
    kinks: [0],
    degree: 1,
    range: ([a]) => [a === 0 ? 0 : -Infinity, Infinity],
    functions: leakyFunctions,
    examples: {
      'leaky-relu': [
        [-1.75, -0.0175, 0.01, 0],
        [3, 3, 1, 0],
      ],
      'leaky-relu:0.3': [[-1.75, -0.525, 0.3, 0]],
    },
  },
  'squared-relu': {
    description: 'max(z, 0)²',
    parity: 'none',
    kinks: [0],
    degree: 2,
    range: () => [0, Infinity],
    functions: () => ({
      value: (z) => (z <= 0 ? 0 : z * z),
      derivative: (z) => (z > 0 ? 2 * z : 0),
      secondDerivative: (z) => (z > 0 ? 2 : 0),
    }),
    examples: {
      'squared-relu': [
        [-1.75, 0, 0, 0],
        [3, 9, 6, 2],
      ],
    },
  },
  quadratic: {
    description: 'z²',
    parity: 'even',
    kinks: [],
    degree: 2,
    range: () => [0, Infinity],
    functions: () => ({ value: (z) => z * z, derivative: (z) => 2 * z, secondDerivative: () => 2 }),
    examples: { quadratic: [[-1.75, 3.0625, -3.5, 2]] },
  },
  linear: {
    description: 'z',
    parity: 'odd',
    kinks: [],
    degree: 1,
    range: () => [-Infinity, Infinity],
    functions: () => ({ value: (z) => z, derivative: () => 1, secondDerivative: () => 0 }),
    examples: { linear: [[-1.75, -1.75, 1, 0]] },
  },
  erf: {
    description:
      '(2/√π)∫₀ᶻ e^{−t²/2} dt (soltanolkotabi2017), erf:std (2/√π)∫₀ᶻ e^{−t²} dt, erf:zhong ∫₀ᶻ e^{−t²} dt (zhong2017)',
    variants: { '': [Math.SQRT2, Math.SQRT1_2], std: [1, 1], zhong: [Math.sqrt(Math.PI) / 2, 1] },
    parity: 'odd',
    kinks: [],
    range: ([amplitude]) => [-amplitude, amplitude],
    functions: erfFunctions,
    examples: {
      erf: [
        [-1.75, -1.3009091565050124, 0.2440291088192803, 0.42705094043374053],
        [0.5, 0.5415376188380856, 0.9957911199027755, -0.49789555995138773],
      ],
      'erf:std': [
        [-1.75, -0.9866716712191824, 0.05277499593015037, 0.18471248575552632],
        [3, 0.9999779095030014, 0.00013925305194674786, -0.0008355183116804871],
      ],
      'erf:zhong': [
        [-1.75, -0.8744150016159106, 0.04677062238395898, 0.16369717834385644],
        [0.5, 0.46128100641279246, 0.7788007830714049, -0.7788007830714049],
      ],
    },
  },
} as const satisfies Readonly<Record<string, Family>>;

export type ActivationKind = Word<typeof ACTIVATIONS>;

export const ACTIVATION_KINDS = wordsOf(ACTIVATIONS);

/** Every spelling that tests try. */
export const ACTIVATION_EXAMPLES: readonly string[] = Object.values(ACTIVATIONS).flatMap(({ examples }) =>
  Object.keys(examples),
);

/** How the names of a family are spelled: `sigmoid[:b]`, `tanh`, `erf`, `erf:std`, … */
export function spellings(kind: ActivationKind): readonly string[] {
  const { argument, variants }: Family = ACTIVATIONS[kind];
  if (variants !== undefined)
    return Object.keys(variants).map((variant) => (variant === '' ? kind : `${kind}:${variant}`));
  return [argument === undefined ? kind : `${kind}[:${argument.symbol}]`];
}

/** The names that a user may type, for help and messages. */
export const ACTIVATION_NAMES = ACTIVATION_KINDS.flatMap(spellings).join(', ');

/**
 * An activation φ with its first two derivatives. Where φ is not differentiable (ReLU at 0) the derivative from the
 * left is taken, and φ″ is the derivative almost everywhere: the atom at a kink is not part of it.
 */
export interface Activation extends Functions {
  /** Canonical name, e.g. `sigmoid`, `softplus:10`, `erf:std`; parses back to the same activation. */
  readonly name: string;
  readonly kind: ActivationKind | 'formula' | 'pieces';
  /** the formula of an activation that is written as one */
  readonly formula?: Formula;
  /** the polynomials of an activation that is given as functions */
  readonly pieces?: Pieces;
  readonly parameters: Parameters;
  readonly parity: Parity;
  /** Points where φ or φ′ is not smooth; quadrature splits there. */
  readonly kinks: readonly number[];
  /** p of φ(cz) = c^p φ(z) for c > 0; absent where φ is not homogeneous. */
  readonly degree?: number;
  /** Where φ lies. */
  readonly range: readonly [number, number];
}
