import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../../../src/core/networks/activations.js';
import { derive } from '../../../../src/core/networks/formulas/derive.js';
import { parseFormula } from '../../../../src/core/networks/formulas/formula.js';
import { machineOf } from '../../../../src/core/networks/formulas/machine.js';
import { FUNCTION_NAMES } from '../../../../src/core/networks/formulas/operators.js';
import { parseTerm } from '../../../../src/core/networks/formulas/parse.js';
import { print } from '../../../../src/core/networks/formulas/print.js';
import { programOf } from '../../../../src/core/networks/formulas/program.js';
import { Maker } from '../../../../src/core/networks/formulas/simplify.js';
import { evaluate, Terms } from '../../../../src/core/networks/formulas/terms.js';
import { formulas, SMOOTH } from './arbitrary.js';

/** Functions that do not jump. */
const CONTINUOUS = FUNCTION_NAMES.filter((name) => name !== 'sign');
const parsed = (text: string) => parseFormula(text, ['z'], 'activation');

describe('the text of a formula', () => {
  it('prints in one form that parses back to the same term', () => {
    fc.assert(
      fc.property(formulas(), (build) => {
        const terms = new Terms();
        const term = build(terms);
        expect(parseTerm(terms, print(term), ['z'], 'activation')).toBe(term);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['1 / ( 1+exp( -z ) )', '1/(1+exp(-z))'],
    ['(z)^(2)', 'z^2'],
    ['z**2', 'z^2'],
    ['2^(-z)', '2^-z'],
    ['-(z^2)', '-z^2'],
    ['(-z)^2', '(-z)^2'],
    ['z-(1-z)', 'z-(1-z)'],
    ['(z-1)-z', 'z-1-z'],
    ['where(z > 0, z, 0)', 'where(0<z,z,0)'],
    ['pi*1e0', 'pi*1'],
    ['+z', 'z'],
    ['2^3^z', '2^3^z'],
    ['(2^3)^z', '(2^3)^z'],
  ])('%s is %s', (text, canonical) => {
    expect(parsed(text).text).toBe(canonical);
  });

  it.each([
    ['1/(1+exp(-z)', "must have ')' at column 13, got the end"],
    ['zz+1', "got 'zz' at column 1 (did you mean 'z'?)"],
    ['z+', 'at column 3, got the end'],
    ['max(z)', "must have ',' at column 6, got ')'"],
    ['where(z,1,2)', 'must have <, <=, > or >= in the condition of where at column 8'],
    ['3z', "must have an operator or the end at column 2, got 'z'"],
    ['z @ 2', "got '@' at column 3"],
    ['', 'at column 1, got the end'],
    ['z\u0000', 'at column 2'],
    ['relu z', "must have '(' at column 6"],
    ['z'.repeat(1001), 'at most 1000 characters, got 1001'],
    ['toString(z)', "got 'toString' at column 1"],
    ['z < 1', "must have an operator or the end at column 3, got '<'"],
  ])('%s is refused where it is wrong', (text, message) => {
    expect(() => parsed(text)).toThrow(message);
  });

  it('of any characters is a formula or refused in one line', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'z019.e+-*/^(),<>= exploglog1pwheremaxpi$'.split('')), maxLength: 30 }),
        (text) => {
          try {
            parsed(text);
          } catch (error) {
            expect((error as Error).message).toMatch(/^activation must [^\n]*$/);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a term', () => {
  it('keeps its value when it is simplified, wherever that is finite', () => {
    fc.assert(
      fc.property(formulas(CONTINUOUS), fc.double({ min: -4, max: 4, noNaN: true }), (build, z) => {
        const terms = new Terms();
        const term = build(terms);
        const [before, after] = [evaluate(term, { z }), evaluate(new Maker(terms).simplify(term), { z })];
        if (Number.isFinite(before))
          expect(Math.abs(after - before)).toBeLessThanOrEqual(1e-9 * scaleOf(terms, term, z));
      }),
      { numRuns: 300 },
    );
  });

  it('has the derivative that differences of its values tell', () => {
    // no point is at a switch, which are at the numerals of formulas
    const points = fc.integer({ min: -200, max: 200 }).map((i) => i / 100 + 0.0037);
    fc.assert(
      fc.property(formulas(SMOOTH, ['add', 'sub', 'mul']), points, (build, z) => {
        const terms = new Terms();
        const maker = new Maker(terms);
        const term = maker.simplify(build(terms));
        const [slope, h] = [derive(maker, term, 'z'), 1e-4];
        const at = (x: number): number => evaluate(term, { z: x });
        // the error of the two differences tells how well they know the slope; a switch between them shows in it
        const [near, far] = [(at(z + h) - at(z - h)) / (2 * h), (at(z + 2 * h) - at(z - 2 * h)) / (4 * h)];
        const known = Math.abs(near - far) + 1e-7 * (1 + scaleOf(terms, term, z) / h / 1e3);
        if (Number.isFinite(known) && known < 1e-3 * (1 + Math.abs(near)))
          expect(Math.abs(evaluate(slope, { z }) - near)).toBeLessThanOrEqual(4 * known);
      }),
      { numRuns: 300 },
    );
  });

  it('is what its program computes, bit for bit but for powers', () => {
    fc.assert(
      fc.property(
        formulas(FUNCTION_NAMES, ['add', 'sub', 'mul', 'div']),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (build, z) => {
          const terms = new Terms();
          const maker = new Maker(terms);
          const value = maker.simplify(build(terms));
          const outputs = [value, derive(maker, value, 'z')];
          const program = programOf(maker, outputs, ['z']);
          if (program === undefined) return;
          const computed = machineOf(program)(z);
          outputs
            .map((output) => evaluate(output, { z }))
            .forEach((wanted, i) => {
              if (Number.isFinite(wanted)) expect(computed[i] + 0).toEqual(wanted + 0);
            });
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    [2, 9],
    [3, 27],
    [7, 2187],
    [-2, 1 / 9],
    [2.5, 3 ** 2.5],
    [0.5, Math.sqrt(3)],
    [0, 1],
    [1, 3],
  ])('to the power %f is right in its program', (exponent, wanted) => {
    expect(machineOf(parsed(`z^(${exponent})`).slopes)(3)[0] / wanted).toBeCloseTo(1, 14);
  });
});

/** The largest of the values that a term is made of: what rounding errors are measured by. */
function scaleOf(terms: Terms, term: ReturnType<Terms['variable']> | ReturnType<typeof parseTerm>, z: number): number {
  const parts = term.kind === 'applied' ? term.parts.map((part) => scaleOf(terms, part, z)) : [];
  return Math.max(1e-300, ...[Math.abs(evaluate(term, { z })), ...parts].filter(Number.isFinite));
}

describe('a built-in activation as a formula', () => {
  it.each([
    ['1/(1+exp(-z))', 'sigmoid'],
    ['1/(1+exp(-3*z))', 'sigmoid:3'],
    ['tanh(z)', 'tanh'],
    ['log(1+exp(z))', 'softplus'],
    ['log(1+exp(10*z))/10', 'softplus:10'],
    ['max(z,0)', 'relu'],
    ['where(z>0,z,0.1*z)', 'leaky-relu:0.1'],
    ['relu(z)^2', 'squared-relu'],
    ['z^2', 'quadratic'],
    ['z', 'linear'],
    ['sqrt(2)*erf(z/sqrt(2))', 'erf'],
    ['erf(z)', 'erf:std'],
    ['sqrt(pi)/2*erf(z)', 'erf:zhong'],
  ])('%s is %s, derivatives and kinks included', (text, name) => {
    const [formula, builtIn] = [parsed(text), parseActivation(name)];
    expect(formula.kinks).toEqual(builtIn.kinks);
    for (const which of ['value', 'derivative', 'secondDerivative'] as const) {
      for (let z = -30; z <= 30; z += 0.125) {
        const wanted = builtIn[which](z);
        // an argument that is rounded once changes e^(−z²) by 2z² units in the last place
        expect(Math.abs(formula[which](z) - wanted)).toBeLessThanOrEqual(
          2 ** -52 * (4 + 2 * z * z) * Math.abs(wanted) + 1e-300,
        );
      }
    }
  });

  it('has the derivative from the left at a kink', () => {
    expect(parsed('abs(z)').derivative(0)).toBe(-1);
    expect(parsed('where(z>=0,z^2,-z)').derivative(0)).toBe(-1);
    expect(parsed('where(z<=0,3*z,z)').derivative(0)).toBe(3);
    expect(parsed('min(max(z,0),6)').derivative(6)).toBe(1);
    expect(parsed('relu(-z)').derivative(0)).toBe(-1);
  });

  it.each([
    ['min(max(z,0),6)', [0, 6]],
    ['where(abs(z)<1,z,sign(z))', [-1, 0, 1]],
    ['max(z^2-2,0)', [-Math.SQRT2, Math.SQRT2]],
    ['sin(z)', []],
  ])('%s has the kinks %j', (text, kinks) => {
    const found = parsed(text).kinks;
    expect(found).toHaveLength(kinks.length);
    found.forEach((kink, i) => {
      expect(kink).toBeCloseTo(kinks[i], 14);
    });
  });
});

describe('a loss as a formula', () => {
  it('has its derivatives in the output f', () => {
    const huber = parseFormula('where(abs(f-y)<=1,0.5*(f-y)^2,abs(f-y)-0.5)', ['f', 'y'], 'loss');
    expect([huber.value(3, 1), huber.derivative(3, 1), huber.derivative(-3, 1), huber.derivative(0.2, 0)]).toEqual([
      1.5, 1, -1, 0.2,
    ]);
    expect([huber.secondDerivative(0.2, 0), huber.secondDerivative(3, 0)]).toEqual([1, 0]);
  });
});

it('a formula whose derivatives grow beyond the machine is refused', () => {
  const nested = Array.from({ length: 60 }).reduce<string>((inner) => `sin(${inner}+1)`, 'z');
  expect(() => parsed(nested)).toThrow('whose derivatives are not too large');
});
