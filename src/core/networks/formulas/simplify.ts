/** Simplifies terms as they are built. Values are equal wherever every part is finite. */
import { evaluate, isApplied, isNumber, isValue, type OperatorName, type Term, type Terms } from './terms.js';

type Rule = (make: Maker, ...parts: readonly Term[]) => Term | undefined;

/** Makes simplified terms. */
export class Maker {
  readonly terms: Terms;
  readonly #done = new Map<number, Term>();

  constructor(terms: Terms) {
    this.terms = terms;
  }

  number(value: number): Term {
    return this.terms.number(value);
  }

  make(operator: OperatorName, ...parts: readonly Term[]): Term {
    if (parts.every((part) => isNumber(part))) return this.number(evaluate(this.terms.apply(operator, ...parts), {}));
    return RULES[operator]?.(this, ...parts) ?? this.#ofSteps(operator, parts) ?? this.terms.apply(operator, ...parts);
  }

  /** A term as it was written, simplified from its parts up. */
  simplify(term: Term): Term {
    if (term.kind === 'number') return this.number(term.value);
    if (term.kind === 'variable') return term;
    const done = this.#done.get(term.id) ?? this.make(term.operator, ...term.parts.map((part) => this.simplify(part)));
    this.#done.set(term.id, done);
    return done;
  }

  /** Of numbers and one step function: a step function again. */
  #ofSteps(operator: OperatorName, parts: readonly Term[]): Term | undefined {
    if (operator === 'where' || !parts.every(isStep)) return undefined;
    const [step, ...others] = parts.filter((part) => part.kind === 'applied');
    if (others.length > 0) return undefined;
    const branch = (which: 1 | 2): Term =>
      this.make(operator, ...parts.map((part) => (part === step ? step.parts[which] : part)));
    return this.make('where', step.parts[0], branch(1), branch(2));
  }
}

/** Numbers that comparisons choose from. */
function isStep(term: Term): boolean {
  return isNumber(term) || (isApplied(term, 'where') && term.parts.slice(1).every(isStep));
}

const RULES: Partial<Record<OperatorName, Rule>> = {
  add: (make, a, b) => {
    if (isValue(a, 0)) return b;
    if (isValue(b, 0)) return a;
    if (isNumber(b) && !isNumber(a)) return make.make('add', b, a);
    if (isApplied(b, 'neg')) return make.make('sub', a, b.parts[0]);
    return isApplied(a, 'neg') ? make.make('sub', b, a.parts[0]) : undefined;
  },
  sub: (make, a, b) => {
    if (isValue(b, 0)) return a;
    if (isValue(a, 0)) return make.make('neg', b);
    if (a === b) return make.number(0);
    if (isApplied(a, 'exp') && isValue(b, 1)) return make.make('expm1', a.parts[0]);
    return isApplied(b, 'neg') ? make.make('add', a, b.parts[0]) : undefined;
  },
  mul: (make, a, b) => {
    if (isNumber(b) && !isNumber(a)) return make.make('mul', b, a);
    if (isValue(a, 0)) return a;
    if (isValue(a, 1)) return b;
    if (isValue(a, -1)) return make.make('neg', b);
    if (isApplied(a, 'neg')) return make.make('neg', make.make('mul', a.parts[0], b));
    if (isApplied(b, 'neg')) return make.make('neg', make.make('mul', a, b.parts[0]));
    if (isNumber(a) && isApplied(b, 'mul') && isNumber(b.parts[0]))
      return make.make('mul', make.number(a.value * b.parts[0].value), b.parts[1]);
    return undefined;
  },
  div: (make, a, b) => {
    if (isValue(b, 1) || isValue(a, 0)) return a;
    if (isApplied(a, 'neg')) return make.make('neg', make.make('div', a.parts[0], b));
    if (isNumber(b) && isApplied(a, 'mul') && isNumber(a.parts[0]))
      return make.make('mul', make.number(a.parts[0].value / b.value), a.parts[1]);
    const exponent = exponentOfOnePlusExp(b);
    return exponent && make.make('mul', a, make.make('sigmoid', make.make('neg', exponent)));
  },
  pow: (make, a, b) => {
    if (isValue(b, 0)) return make.number(1);
    if (isValue(b, 0.5)) return make.make('sqrt', a);
    return isValue(b, 1) ? a : undefined;
  },
  neg: (make, a) => {
    if (isApplied(a, 'neg')) return a.parts[0];
    if (isApplied(a, 'sub')) return make.make('sub', a.parts[1], a.parts[0]);
    return isApplied(a, 'mul') && isNumber(a.parts[0])
      ? make.make('mul', make.number(-a.parts[0].value), a.parts[1])
      : undefined;
  },
  where: choice,
  log: (make, a) => {
    const exponent = exponentOfOnePlusExp(a);
    if (exponent !== undefined) return make.make('softplus', exponent);
    return isApplied(a, 'add') && isValue(a.parts[0], 1) ? make.make('log1p', a.parts[1]) : undefined;
  },
  log1p: (make, a) => (isApplied(a, 'exp') ? make.make('softplus', a.parts[0]) : undefined),
};

function choice(make: Maker, condition: Term, a: Term, b: Term): Term | undefined {
  if (isNumber(condition)) return condition.value === 0 ? b : a;
  if (a === b) return a;
  if (isApplied(condition, 'where') && condition.parts.slice(1).every(isNumber)) {
    const [inner, ...choices] = condition.parts;
    return make.make('where', inner, ...choices.map((one) => (isValue(one, 0) ? b : a)));
  }
  return choiceOfChoices(make, condition, a, b);
}

/** Simplifies a branch whose comparison is already known to be true or false. */
function choiceOfChoices(make: Maker, condition: Term, a: Term, b: Term): Term | undefined {
  if (isApplied(a, 'where') && a.parts[0] === condition) return make.make('where', condition, a.parts[1], b);
  if (!isApplied(b, 'where')) return undefined;
  if (b.parts[0] === condition) return make.make('where', condition, a, b.parts[2]);
  // where(l < r, a, where(r < l, c, a)) is a but for r < l
  const opposite = isApplied(condition, 'less') ? make.make('less', condition.parts[1], condition.parts[0]) : undefined;
  return b.parts[0] === opposite && b.parts[2] === a ? b : undefined;
}

/** u of 1 + e^u, which overflows where the sigmoid and softplus of u do not. */
function exponentOfOnePlusExp(term: Term): Term | undefined {
  if (!isApplied(term, 'add')) return undefined;
  const [one, exponential] = term.parts;
  return isValue(one, 1) && isApplied(exponential, 'exp') ? exponential.parts[0] : undefined;
}
