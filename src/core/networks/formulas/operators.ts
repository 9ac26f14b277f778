/**
 * The operators of formulas, each with its value. An operator's index is its code in the native machine. Operators that
 * have no name in formulas occur in derivatives only.
 */
import erf from '@stdlib/math-base-special-erf';
import erfc from '@stdlib/math-base-special-erfc';

interface Operator {
  /** number of operands */
  readonly arity: 1 | 2 | 3;
  readonly value: (a: number, b: number, c: number) => number;
  /** true for operators that a formula cannot name */
  readonly hidden?: true;
}

function logistic(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

/** σ(z)σ(−z), accurate on both sides. */
function logisticSlope(z: number): number {
  const e = Math.exp(-Math.abs(z));
  return e / ((1 + e) * (1 + e));
}

export const OPERATORS = {
  add: { arity: 2, value: (a, b) => a + b },
  sub: { arity: 2, value: (a, b) => a - b },
  mul: { arity: 2, value: (a, b) => a * b },
  div: { arity: 2, value: (a, b) => a / b },
  pow: { arity: 2, value: (a, b) => a ** b },
  neg: { arity: 1, value: (a) => -a },
  less: { arity: 2, value: (a, b) => Number(a < b) },
  lessEqual: { arity: 2, value: (a, b) => Number(a <= b) },
  where: { arity: 3, value: (c, a, b) => (c === 0 ? b : a) },
  exp: { arity: 1, value: Math.exp },
  log: { arity: 1, value: Math.log },
  log1p: { arity: 1, value: Math.log1p },
  expm1: { arity: 1, value: Math.expm1 },
  sqrt: { arity: 1, value: Math.sqrt },
  abs: { arity: 1, value: Math.abs },
  sign: { arity: 1, value: Math.sign },
  max: { arity: 2, value: (a, b) => Math.max(a, b) },
  min: { arity: 2, value: (a, b) => Math.min(a, b) },
  sin: { arity: 1, value: Math.sin },
  cos: { arity: 1, value: Math.cos },
  tanh: { arity: 1, value: Math.tanh },
  sigmoid: { arity: 1, value: logistic },
  softplus: { arity: 1, value: (a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))) },
  erf: { arity: 1, value: (a) => erf(a) },
  erfc: { arity: 1, value: (a) => erfc(a) },
  relu: { arity: 1, value: (a) => Math.max(a, 0) },
  /** sech² */
  tanhSlope: { arity: 1, value: (a) => 4 * logisticSlope(2 * a), hidden: true },
  sigmoidSlope: { arity: 1, value: logisticSlope, hidden: true },
  /** (2/√π) e^(−a²) */
  erfSlope: { arity: 1, value: (a) => (2 / Math.sqrt(Math.PI)) * Math.exp(-a * a), hidden: true },
} as const satisfies Readonly<Record<string, Operator>>;

export type OperatorName = keyof typeof OPERATORS;

const TABLE: Readonly<Record<OperatorName, Operator>> = OPERATORS;

/** Written between operands, not before brackets. */
export const INFIX = { add: '+', sub: '-', mul: '*', div: '/', pow: '^' } as const satisfies Partial<
  Record<OperatorName, string>
>;

/** Functions that a formula may call; `where(c, a, b)` is none of them, its first operand is a comparison. */
export const FUNCTION_NAMES: readonly OperatorName[] = names().filter(
  (name) => !isWritten(name) && TABLE[name].hidden !== true,
);

export function isFunction(name: string): name is OperatorName {
  return (FUNCTION_NAMES as readonly string[]).includes(name);
}

export function arityOf(name: OperatorName): number {
  return TABLE[name].arity;
}

export function valueOf(name: OperatorName, [a, b = NaN, c = NaN]: readonly number[]): number {
  return TABLE[name].value(a, b, c);
}

/** The operators in the order of their codes. */
export function names(): OperatorName[] {
  return Object.keys(OPERATORS) as OperatorName[];
}

function isWritten(name: OperatorName): boolean {
  return name in INFIX || name === 'neg' || name === 'where' || name.startsWith('less');
}
