/** Arithmetic expressions in settings, e.g. `200*d`, `n/d`, `2*d^1.5`. */
import { InputError } from '../../base/errors.js';

export interface Expression {
  /** the settings it uses */
  readonly names: readonly string[];
  readonly evaluate: (values: Readonly<Record<string, number>>) => number;
}

/** The longest text of an expression. It bounds the depth of brackets, which are parsed by recursion. */
const LONGEST = 200;

type Node = (values: Readonly<Record<string, number>>) => number;

/** @throws InputError for a text that is not an expression */
export function parseExpression(text: string): Expression {
  if (text.length > LONGEST)
    throw new InputError(`an expression must have at most ${LONGEST} characters, got ${text.length}`);
  const tokens = text.match(/\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+|[A-Za-z]\w*|\S/g) ?? [];
  const names = new Set<string>();
  let at = 0;
  const bad = (): never => {
    throw new InputError(`an expression must be numbers and settings with + - * / ^ and brackets, got '${text}'`);
  };
  const sum = (): Node => {
    let left = product();
    while (tokens[at] === '+' || tokens[at] === '-') {
      const [operator, first, second] = [tokens[at++], left, product()];
      left = operator === '+' ? (v) => first(v) + second(v) : (v) => first(v) - second(v);
    }
    return left;
  };
  const product = (): Node => {
    let left = power();
    while (tokens[at] === '*' || tokens[at] === '/') {
      const [operator, first, second] = [tokens[at++], left, power()];
      left = operator === '*' ? (v) => first(v) * second(v) : (v) => first(v) / second(v);
    }
    return left;
  };
  const power = (): Node => {
    if (tokens[at] === '-') {
      at++;
      const inner = power();
      return (v) => -inner(v);
    }
    const base = atom();
    if (tokens[at] !== '^') return base;
    at++;
    const exponent = power();
    return (v) => base(v) ** exponent(v);
  };
  const atom = (): Node => {
    const token = tokens[at++] ?? bad();
    if (token === '(') {
      const inner = sum();
      if (tokens[at++] !== ')') bad();
      return inner;
    }
    if (/^[\d.]/.test(token) && Number.isFinite(Number(token))) return () => Number(token);
    if (!/^[A-Za-z]/.test(token)) bad();
    names.add(token);
    return (v) => v[token] ?? NaN;
  };
  const evaluate = sum();
  if (at < tokens.length) bad();
  return { names: [...names], evaluate };
}
