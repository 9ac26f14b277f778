/** Formulas passed to the addon: each gets a number there, after those of the words. */
import type { Formula } from '../../networks/formulas/formula.js';
import { names } from '../../networks/formulas/operators.js';
import { INSTRUCTION_LENGTH, type Program } from '../../networks/formulas/program.js';

/** variables, constants, registers, code, outputs */
type ProgramArguments = [number, Float64Array, number, Int32Array, Int32Array];

export interface FormulaAddon {
  defineFormula: (...args: [...slopes: ProgramArguments, ...curvatures: ProgramArguments]) => number;
}

/** The number of a formula in the addon, whose operators have an order of their own. */
export function formulaNumbers(addon: FormulaAddon, operators: readonly string[]): (formula: Formula) => number {
  const known = new Map<string, number>();
  const codes = names().map((name) => operators.indexOf(name));
  return (formula) => {
    const number =
      known.get(formula.text) ??
      addon.defineFormula(...handed(formula.slopes, codes), ...handed(formula.curvatures, codes));
    known.set(formula.text, number);
    return number;
  };
}

function handed(
  { variables, constants, registers, code, outputs }: Program,
  codes: readonly number[],
): ProgramArguments {
  return [
    variables,
    constants,
    registers,
    code.map((word, i) => (i % INSTRUCTION_LENGTH === 0 ? codes[word] : word)),
    outputs,
  ];
}
