/** Random formulas in z, as terms and as text. */
import fc from 'fast-check';
import { FUNCTION_NAMES, arityOf, type OperatorName } from '../../../../src/core/networks/formulas/operators.js';
import type { Term, Terms } from '../../../../src/core/networks/formulas/terms.js';

type Build = (terms: Terms) => Term;

const leaf: fc.Arbitrary<Build> = fc.oneof(
  fc.constant<Build>((terms) => terms.variable('z')),
  fc.constantFrom(0, 0.5, 1, 2, 3, 1e-3, 1e21).map(
    (value): Build =>
      (terms) =>
        terms.number(value),
  ),
  fc.constant<Build>((terms) => terms.number(Math.PI, 'pi')),
);

/** Functions that are smooth and finite everywhere. */
export const SMOOTH: readonly OperatorName[] = ['sin', 'cos', 'tanh', 'sigmoid', 'softplus', 'erf', 'erfc'];

/** Formulas of any operators, or of some. What conditions compare is exact, so that rounding never changes a branch. */
export function formulas(
  functions: readonly OperatorName[] = FUNCTION_NAMES,
  infix: readonly OperatorName[] = ['add', 'sub', 'mul', 'div', 'pow'],
): fc.Arbitrary<Build> {
  return fc.letrec<{ term: Build }>((tie) => ({
    term: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.tuple(fc.constantFrom(...infix), tie('term'), tie('term')).map(
        ([operator, a, b]): Build =>
          (terms) =>
            terms.apply(operator, a(terms), b(terms)),
      ),
      tie('term').map(
        (a): Build =>
          (terms) =>
            terms.apply('neg', a(terms)),
      ),
      fc.tuple(fc.constantFrom(...functions), tie('term'), tie('term')).map(
        ([operator, a, b]): Build =>
          (terms) =>
            terms.apply(operator, ...[a(terms), b(terms)].slice(0, arityOf(operator))),
      ),
      fc.tuple(leaf, leaf, tie('term'), tie('term')).map(
        ([l, r, a, b]): Build =>
          (terms) =>
            terms.apply('where', terms.apply('lessEqual', l(terms), r(terms)), a(terms), b(terms)),
      ),
    ),
  })).term;
}
