/** The canonical text of a term: no spaces, no bracket that is not needed. It parses back to the same term. */
import { INFIX } from './operators.js';
import { isApplied, type AppliedTerm, type Term } from './terms.js';

/** How tightly an operator holds its parts together. */
const STRENGTH: Readonly<Record<string, number>> = { add: 1, sub: 1, mul: 2, div: 2, neg: 3, pow: 4 };
const WHOLE = 5;
const RELATIONS: Readonly<Record<string, string>> = { less: '<', lessEqual: '<=' };

export function print(term: Term): string {
  if (term.kind === 'number') return term.text;
  if (term.kind === 'variable') return term.name;
  const { operator, parts } = term;
  if (operator === 'neg') return `-${within(parts[0], STRENGTH['neg'])}`;
  const relation = RELATIONS[operator];
  if (relation !== undefined) return `${print(parts[0])}${relation}${print(parts[1])}`;
  return operator in INFIX ? infix(term) : `${operator}(${parts.map(print).join(',')})`;
}

// Sums and products hold to the left, powers to the right.
function infix({ operator, parts: [a, b] }: AppliedTerm): string {
  const sign = INFIX[operator as keyof typeof INFIX];
  const strength = STRENGTH[operator];
  if (operator === 'pow')
    return `${within(a, WHOLE)}${sign}${within(b, isApplied(b, 'neg') ? STRENGTH['neg'] : strength)}`;
  return `${within(a, strength)}${sign}${within(b, strength + 1)}`;
}

function within(term: Term, strength: number): string {
  const own = term.kind === 'applied' ? (STRENGTH[term.operator] ?? WHOLE) : WHOLE;
  return own < strength ? `(${print(term)})` : print(term);
}
