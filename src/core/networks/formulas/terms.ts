/** Terms of a formula. Equal terms are one object, so that a graph of shared parts stays small and is computed once. */
import { arityOf, valueOf, type OperatorName } from './operators.js';

export interface NumberTerm {
  readonly kind: 'number';
  readonly id: number;
  readonly value: number;
  /** as it is written: a numeral, `pi` or `e` */
  readonly text: string;
}
export interface VariableTerm {
  readonly kind: 'variable';
  readonly id: number;
  readonly name: string;
}
export interface AppliedTerm {
  readonly kind: 'applied';
  readonly id: number;
  readonly operator: OperatorName;
  readonly parts: readonly Term[];
}
export type Term = NumberTerm | VariableTerm | AppliedTerm;

/** The terms of one formula and of all that is derived from it. */
export class Terms {
  readonly #known = new Map<string, Term>();

  number(value: number, text = numeral(value)): NumberTerm {
    return this.#one(`number ${text}`, (id) => ({ kind: 'number', id, value, text }));
  }

  variable(name: string): VariableTerm {
    return this.#one(`variable ${name}`, (id) => ({ kind: 'variable', id, name }));
  }

  /** As written; `simplify.ts` has the constructor that simplifies. */
  apply(operator: OperatorName, ...parts: readonly Term[]): AppliedTerm {
    if (parts.length !== arityOf(operator))
      throw new Error(`${operator} takes ${arityOf(operator)} parts, got ${parts.length}`);
    return this.#one(`${operator} ${parts.map(({ id }) => id).join(' ')}`, (id) => ({
      kind: 'applied',
      id,
      operator,
      parts,
    }));
  }

  #one<T extends Term>(key: string, make: (id: number) => T): T {
    const found = this.#known.get(key);
    // The key begins with the kind of the term, or with its operator.
    if (found !== undefined) return found as T;
    const term = make(this.#known.size);
    this.#known.set(key, term);
    return term;
  }
}

export function isNumber(term: Term): term is NumberTerm {
  return term.kind === 'number';
}

export function isValue(term: Term, value: number): boolean {
  return isNumber(term) && term.value === value;
}

export function isApplied<O extends OperatorName>(
  term: Term,
  operator: O,
): term is AppliedTerm & { readonly operator: O } {
  return term.kind === 'applied' && term.operator === operator;
}

/** The value of a term at a point, part by part: each shared part once. */
export function evaluate(
  term: Term,
  point: Readonly<Record<string, number>>,
  known = new Map<number, number>(),
): number {
  if (term.kind === 'number') return term.value;
  if (term.kind === 'variable') return point[term.name];
  const found = known.get(term.id);
  if (found !== undefined) return found;
  const value = valueOf(
    term.operator,
    term.parts.map((part) => evaluate(part, point, known)),
  );
  known.set(term.id, value);
  return value;
}

function numeral(value: number): string {
  return String(value === 0 ? 0 : value);
}

export type { OperatorName };
