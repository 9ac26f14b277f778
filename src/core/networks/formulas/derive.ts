/** Exact derivatives. At a kink the derivative is the one from the left. */
import type { Maker } from './simplify.js';
import { isValue, type OperatorName, type Term } from './terms.js';

/** The derivative of an operator's value from its parts and theirs; `slope` derives other terms. */
type Chain = (
  m: Maker,
  parts: readonly Term[],
  slopes: readonly Term[],
  whole: Term,
  slope: (term: Term) => Term,
) => Term;

/** d term / d variable, simplified. */
export function derive(maker: Maker, term: Term, variable: string): Term {
  const known = new Map<number, Term>();
  const slope = (of: Term): Term => {
    if (of.kind === 'number') return maker.number(0);
    if (of.kind === 'variable') return maker.number(of.name === variable ? 1 : 0);
    const found = known.get(of.id) ?? CHAINS[of.operator](maker, of.parts, of.parts.map(slope), of, slope);
    known.set(of.id, found);
    return found;
  };
  return slope(term);
}

/** Of a function of one variable, φ′(u)·u′. */
function through(outer: (m: Maker, u: Term, whole: Term) => Term): Chain {
  return (m, [u], [slope], whole) => m.make('mul', outer(m, u, whole), slope);
}

const flat: Chain = (m) => m.number(0);

const CHAINS: Readonly<Record<OperatorName, Chain>> = {
  add: (m, _parts, [a, b]) => m.make('add', a, b),
  sub: (m, _parts, [a, b]) => m.make('sub', a, b),
  mul: (m, [a, b], [da, db]) => m.make('add', m.make('mul', da, b), m.make('mul', a, db)),
  // (a/b)′ = (a′ − (a/b) b′)/b
  div: (m, [, b], [da, db], whole) => m.make('div', m.make('sub', da, m.make('mul', whole, db)), b),
  pow: power,
  neg: (m, _parts, [a]) => m.make('neg', a),
  less: flat,
  lessEqual: flat,
  where: switched,
  exp: through((_m, _u, whole) => whole),
  log: through((m, u) => m.make('div', m.number(1), u)),
  log1p: through((m, u) => m.make('div', m.number(1), m.make('add', m.number(1), u))),
  expm1: through((m, u) => m.make('exp', u)),
  sqrt: through((m, _u, whole) => m.make('div', m.number(0.5), whole)),
  abs: (m, [u], [du]) => bySign(m, u, du, m.make('neg', du), m.make('neg', m.make('abs', du))),
  sign: flat,
  max: (m, [a, b], [da, db]) => bySign(m, m.make('sub', a, b), da, db, m.make('min', da, db)),
  min: (m, [a, b], [da, db]) => bySign(m, m.make('sub', a, b), db, da, m.make('max', da, db)),
  sin: through((m, u) => m.make('cos', u)),
  cos: through((m, u) => m.make('neg', m.make('sin', u))),
  tanh: through((m, u) => m.make('tanhSlope', u)),
  sigmoid: through((m, u) => m.make('sigmoidSlope', u)),
  softplus: through((m, u) => m.make('sigmoid', u)),
  erf: through((m, u) => m.make('erfSlope', u)),
  erfc: through((m, u) => m.make('neg', m.make('erfSlope', u))),
  relu: (m, [u], [du]) => bySign(m, u, du, m.number(0), m.make('min', du, m.number(0))),
  tanhSlope: through((m, u, whole) => m.make('mul', m.number(-2), m.make('mul', m.make('tanh', u), whole))),
  sigmoidSlope: through((m, u, whole) =>
    m.make('neg', m.make('mul', m.make('tanh', m.make('mul', m.number(0.5), u)), whole)),
  ),
  erfSlope: through((m, u, whole) => m.make('mul', m.number(-2), m.make('mul', u, whole))),
};

/** One value where u > 0, one where u < 0, and one at the kink u = 0: what holds just left of it. */
function bySign(m: Maker, u: Term, positive: Term, negative: Term, kink: Term): Term {
  const zero = m.number(0);
  return m.make('where', m.make('less', zero, u), positive, m.make('where', m.make('less', u, zero), negative, kink));
}

/** Where the two sides of a comparison are equal, what counts is which of them is larger just left of there. */
function switched(
  m: Maker,
  [condition]: readonly Term[],
  [, a, b]: readonly Term[],
  _whole: Term,
  slope: (term: Term) => Term,
): Term {
  if (condition.kind !== 'applied') throw new Error('a condition must be a comparison');
  const [left, right] = condition.parts;
  const rises = m.make('less', slope(right), slope(left));
  const falls = m.make('less', slope(left), slope(right));
  const tie = m.make('where', rises, a, m.make('where', falls, b, condition.operator === 'lessEqual' ? a : b));
  return m.make('where', m.make('less', left, right), a, m.make('where', m.make('less', right, left), b, tie));
}

/** (u^v)′ = v u^(v−1) u′ where v does not change, else u^v (v′ log u + v u′/u). */
function power(m: Maker, [u, v]: readonly Term[], [du, dv]: readonly Term[], whole: Term): Term {
  const ofBase = m.make('mul', m.make('mul', v, m.make('pow', u, m.make('sub', v, m.number(1)))), du);
  if (isValue(dv, 0)) return ofBase;
  const ofExponent = m.make('mul', whole, m.make('mul', dv, m.make('log', u)));
  return m.make('add', ofBase, ofExponent);
}
