/**
 * Terms as a program of a machine whose registers hold many points at once: variables, constants, then temporaries. A
 * temporary is reused when its value is not read any more.
 */
import { names, type OperatorName } from './operators.js';
import type { Maker } from './simplify.js';
import { isApplied, isNumber, isValue, type AppliedTerm, type Term } from './terms.js';

export interface Program {
  readonly variables: number;
  readonly constants: Float64Array;
  readonly registers: number;
  /** (instructions, INSTRUCTION_LENGTH): operator, destination, second destination, three operands; −1 is none */
  readonly code: Int32Array;
  /** registers of the outputs */
  readonly outputs: Int32Array;
}

export const INSTRUCTION_LENGTH = 6;

/** Operators that the machine computes together with another one of the same operand: the second destination. */
export const PARTNERS: Readonly<Partial<Record<OperatorName, OperatorName>>> = {
  sigmoid: 'sigmoidSlope',
  tanh: 'tanhSlope',
  erf: 'erfSlope',
  softplus: 'sigmoid',
};

/** Largest number of registers. Real formulas need fewer; with this many all registers fit in the first-level cache. */
const MOST_REGISTERS = 64;
/** u^n is multiplied out up to this |n|. */
const MOST_MULTIPLIED = 64;

/** The program that computes the outputs from the variables; undefined when it needs too many registers. */
export function programOf(maker: Maker, outputs: readonly Term[], variables: readonly string[]): Program | undefined {
  const lowered = outputs.map(lowering(maker));
  const order = inOrder(lowered);
  const constants = [...new Set([...order, ...lowered].flatMap((term) => constantsOf(term)))];
  const registers = new Registers(variables, constants, order, lowered);
  const code = order.flatMap((term, at) => registers.emit(term, at));
  if (registers.count > MOST_REGISTERS) return undefined;
  return {
    variables: variables.length,
    constants: Float64Array.from(constants),
    registers: registers.count,
    code: Int32Array.from(code),
    outputs: Int32Array.from(lowered, (term) => registers.of(term)),
  };
}

/** Powers of whole numbers as products. */
function lowering(maker: Maker): (term: Term) => Term {
  const known = new Map<number, Term>();
  const lower = (term: Term): Term => {
    if (term.kind !== 'applied') return term;
    const found = known.get(term.id) ?? lowered(maker, term, lower);
    known.set(term.id, found);
    return found;
  };
  return lower;
}

function lowered(maker: Maker, term: AppliedTerm, lower: (term: Term) => Term): Term {
  const parts = term.parts.map(lower);
  const [base, exponent] = parts;
  if (term.operator !== 'pow' || !isNumber(exponent)) return maker.make(term.operator, ...parts);
  const n = exponent.value;
  if (!Number.isInteger(n) || Math.abs(n) > MOST_MULTIPLIED) return maker.make('pow', ...parts);
  const product = power(maker, base, Math.abs(n));
  return n < 0 ? maker.make('div', maker.number(1), product) : product;
}

function power(maker: Maker, base: Term, n: number): Term {
  if (n <= 1) return n === 1 ? base : maker.number(1);
  const half = power(maker, base, Math.floor(n / 2));
  const square = maker.make('mul', half, half);
  return n % 2 === 0 ? square : maker.make('mul', square, base);
}

/** Every applied term once, after its parts. */
function inOrder(outputs: readonly Term[]): AppliedTerm[] {
  const seen = new Set<Term>();
  const order: AppliedTerm[] = [];
  const visit = (term: Term): void => {
    if (seen.has(term) || term.kind !== 'applied') return;
    seen.add(term);
    term.parts.forEach(visit);
    order.push(term);
  };
  outputs.forEach(visit);
  return order;
}

function constantsOf(term: Term): number[] {
  if (term.kind === 'number') return [term.value];
  return term.kind === 'applied' ? term.parts.flatMap((part) => (isNumber(part) ? [part.value] : [])) : [];
}

/** Which register holds what, while instructions are written in order. */
class Registers {
  readonly #variables: readonly string[];
  readonly #constants: readonly number[];
  readonly #order: readonly AppliedTerm[];
  readonly #lastUse: ReadonlyMap<Term, number>;
  readonly #place = new Map<Term, number>();
  readonly #free: number[] = [];
  count: number;

  constructor(
    variables: readonly string[],
    constants: readonly number[],
    order: readonly AppliedTerm[],
    outputs: readonly Term[],
  ) {
    this.#variables = variables;
    this.#constants = constants;
    this.#order = order;
    this.#lastUse = new Map([
      ...order.flatMap((term, at) => term.parts.map((part) => [part, at] as const)),
      ...outputs.map((term) => [term, Infinity] as const),
    ]);
    this.count = variables.length + constants.length;
  }

  of(term: Term): number {
    if (term.kind === 'variable') return this.#variables.indexOf(term.name);
    if (term.kind === 'number')
      return this.#variables.length + this.#constants.findIndex((value) => isValue(term, value));
    const place = this.#place.get(term);
    if (place === undefined) throw new Error('a term is read before it is computed');
    return place;
  }

  /**
   * One instruction, with a partner that is computed later in the order; none for a term that came with its partner.
   */
  emit(term: AppliedTerm, at: number): number[] {
    if (this.#place.has(term)) return [];
    const operands = term.parts.map((part) => this.of(part));
    const partner = this.#partnerOf(term);
    const places = [term, ...(partner === undefined ? [] : [partner])].map((one) => this.#take(one));
    this.#release(at);
    const [first, second = -1] = places;
    const [a, b = -1, c = -1] = operands;
    return [names().indexOf(term.operator), first, second, a, b, c];
  }

  #partnerOf(term: AppliedTerm): AppliedTerm | undefined {
    const operator = PARTNERS[term.operator];
    if (operator === undefined) return undefined;
    return this.#order.find(
      (other) => isApplied(other, operator) && other.parts[0] === term.parts[0] && !this.#place.has(other),
    );
  }

  #take(term: Term): number {
    const place = this.#free.pop() ?? this.count++;
    this.#place.set(term, place);
    return place;
  }

  // The destination is never a register of an operand of the same instruction: operands are released after it.
  #release(at: number): void {
    for (const [term, place] of this.#place) {
      if (this.#lastUse.get(term) === at) this.#free.push(place);
    }
  }
}
