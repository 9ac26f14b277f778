/**
 * Formulas as people write them: numbers, variables, pi, e, + - * / ^, brackets, functions, and where(c, a, b) with one
 * comparison c. ^ binds tightest and to the right, then the sign, then * and /, then + and −.
 */
import { InputError } from '../../../base/errors.js';
import { suggest } from '../../../base/suggest.js';
import { arityOf, FUNCTION_NAMES, isFunction } from './operators.js';
import type { Term, Terms } from './terms.js';
import { tokensOf, type Token } from './tokens.js';

export const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E };
const SUMS = { '+': 'add', '-': 'sub' } as const;
const PRODUCTS = { '*': 'mul', '/': 'div' } as const;

/**
 * The term of a formula, as written.
 * @throws InputError that begins with `what` and says where the formula is wrong
 */
export function parseTerm(terms: Terms, text: string, variables: readonly string[], what: string): Term {
  const parser = new Parser(terms, tokensOf(text, what), variables, what);
  return parser.whole();
}

class Parser {
  readonly #terms: Terms;
  readonly #tokens: readonly Token[];
  readonly #variables: readonly string[];
  readonly #what: string;
  #at = 0;

  constructor(terms: Terms, tokens: readonly Token[], variables: readonly string[], what: string) {
    this.#terms = terms;
    this.#tokens = tokens;
    this.#variables = variables;
    this.#what = what;
  }

  whole(): Term {
    const term = this.#sum();
    if (this.#next.kind !== 'end') throw this.#refused('an operator or the end');
    return term;
  }

  #sum(): Term {
    let term = this.#product();
    for (let sign = this.#takeOne(SUMS); sign !== undefined; sign = this.#takeOne(SUMS))
      term = this.#terms.apply(sign, term, this.#product());
    return term;
  }

  #product(): Term {
    let term = this.#signed();
    for (let sign = this.#takeOne(PRODUCTS); sign !== undefined; sign = this.#takeOne(PRODUCTS))
      term = this.#terms.apply(sign, term, this.#signed());
    return term;
  }

  #signed(): Term {
    if (this.#take('-')) return this.#terms.apply('neg', this.#signed());
    return this.#take('+') ? this.#signed() : this.#power();
  }

  #power(): Term {
    const base = this.#atom();
    return this.#take('^') ? this.#terms.apply('pow', base, this.#signed()) : base;
  }

  #atom(): Term {
    const token = this.#next;
    if (token.kind === 'number') {
      this.#at += 1;
      return this.#terms.number(Number(token.text));
    }
    if (token.kind === 'name') return this.#named(token);
    if (!this.#take('(')) throw this.#refused(`a number, ${this.#variables.join(', ')}, a function or '('`);
    const term = this.#sum();
    this.#expect(')');
    return term;
  }

  #named({ text }: Token): Term {
    if (text !== 'where' && !isFunction(text) && !this.#variables.includes(text) && !Object.hasOwn(CONSTANTS, text))
      throw this.#unknown(text);
    this.#at += 1;
    if (this.#variables.includes(text)) return this.#terms.variable(text);
    if (Object.hasOwn(CONSTANTS, text)) return this.#terms.number(CONSTANTS[text], text);
    this.#expect('(');
    if (text === 'where') return this.#where();
    if (!isFunction(text)) throw this.#unknown(text);
    const parts = [this.#sum()];
    while (parts.length < arityOf(text)) {
      this.#expect(',');
      parts.push(this.#sum());
    }
    this.#expect(')');
    return this.#terms.apply(text, ...parts);
  }

  #where(): Term {
    const condition = this.#comparison();
    this.#expect(',');
    const yes = this.#sum();
    this.#expect(',');
    const no = this.#sum();
    this.#expect(')');
    return this.#terms.apply('where', condition, yes, no);
  }

  #comparison(): Term {
    const left = this.#sum();
    const sign = ['<', '<=', '>', '>='].find((one) => this.#take(one));
    if (sign === undefined) throw this.#refused('<, <=, > or >= in the condition of where');
    const right = this.#sum();
    const operator = sign.endsWith('=') ? 'lessEqual' : 'less';
    return sign.startsWith('<') ? this.#terms.apply(operator, left, right) : this.#terms.apply(operator, right, left);
  }

  get #next(): Token {
    return this.#tokens[this.#at];
  }

  #take(sign: string): boolean {
    if (this.#next.kind !== 'sign' || this.#next.text !== sign) return false;
    this.#at += 1;
    return true;
  }

  #takeOne<Name extends string>(signs: Readonly<Record<string, Name>>): Name | undefined {
    const found = Object.keys(signs).find((sign) => this.#take(sign));
    return found === undefined ? undefined : signs[found];
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) throw this.#refused(`'${sign}'`);
  }

  #refused(allowed: string): InputError {
    const { kind, text, column } = this.#next;
    return new InputError(
      `${this.#what} must have ${allowed} at column ${column}, got ${kind === 'end' ? 'the end' : `'${text}'`}`,
    );
  }

  #unknown(name: string): InputError {
    const known = [...this.#variables, ...Object.keys(CONSTANTS), 'where', ...FUNCTION_NAMES];
    return new InputError(
      `${this.#what} must have names of ${known.join(', ')}, got '${name}' at column ${this.#next.column}${suggest(name, known)}`,
    );
  }
}
