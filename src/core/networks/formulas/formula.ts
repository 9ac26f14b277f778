/**
 * A formula: an expression in some variables, its exact derivatives in one of them, its kinks and its programs.
 */
import { InputError } from '../../../base/errors.js';
import { derive } from './derive.js';
import { kinksOf } from './kinks.js';
import { machineOf } from './machine.js';
import { parseTerm } from './parse.js';
import { print } from './print.js';
import { programOf, type Program } from './program.js';
import { Maker } from './simplify.js';
import { Terms } from './terms.js';

export interface Formula {
  /** the formula in its one form, which parses back to it */
  readonly text: string;
  /** of the value and the first derivative */
  readonly slopes: Program;
  /** of the value and the first two derivatives */
  readonly curvatures: Program;
  readonly value: (...point: readonly number[]) => number;
  readonly derivative: (...point: readonly number[]) => number;
  readonly secondDerivative: (...point: readonly number[]) => number;
  /** where the formula or a derivative of it switches, of formulas in one variable; ascending */
  readonly kinks: readonly number[];
}

/**
 * Reads a formula in some variables; derivatives are those in the first one.
 * @param what what messages call it, e.g. `activation`
 * @throws InputError for a text that is no formula, with its column, or one that is too large
 */
export function parseFormula(text: string, variables: readonly string[], what: string): Formula {
  const terms = new Terms();
  const written = parseTerm(terms, text, variables, what);
  const maker = new Maker(terms);
  const value = maker.simplify(written);
  const slope = derive(maker, value, variables[0]);
  const curvature = derive(maker, slope, variables[0]);
  const programs = [
    [value, slope],
    [value, slope, curvature],
  ].map((outputs) => programOf(maker, outputs, variables));
  const [slopes, curvatures] = programs;
  const name = print(written);
  if (slopes === undefined || curvatures === undefined)
    throw new InputError(`${what} must be a formula whose derivatives are not too large, got '${name}'`);
  const at = machineOf(curvatures);
  return {
    text: name,
    slopes,
    curvatures,
    value: (...point) => at(...point)[0],
    derivative: (...point) => at(...point)[1],
    secondDerivative: (...point) => at(...point)[2],
    kinks: variables.length === 1 ? kinksOf(value, variables[0]) : [],
  };
}
