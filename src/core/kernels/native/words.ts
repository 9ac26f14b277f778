/**
 * The words that are passed to the addon as numbers. The addon reports its own words when it is loaded; the two lists
 * must be equal.
 */
import { InputError } from '../../../base/errors.js';
import type { Activation } from '../../networks/activations.js';
import { ACTIVATION_KINDS } from '../../networks/activationTable.js';
import type { Formula } from '../../networks/formulas/formula.js';
import { names } from '../../networks/formulas/operators.js';
import { LOSS_NAMES, lossOf } from '../../networks/losses.js';
import type { Pieces } from '../../networks/pieces/pieces.js';
import { RunStatus } from '../contract.js';
import { UPDATE_RULE_NAMES, type UpdateRule } from '../updates.js';

/** The names of everything that is passed as a number, each at the index of that number (native/kernels/words.h). */
export interface AddonWords {
  readonly activations: readonly string[];
  readonly losses: readonly string[];
  readonly updateRules: readonly string[];
  readonly operators: readonly string[];
  readonly statuses: readonly string[];
}

/** The number of each word in the addon. */
export interface Codes {
  readonly activation: (activation: Pick<Activation, 'kind' | 'formula' | 'pieces'>) => number;
  /** of the name of a loss, or a formula in f and y */
  readonly loss: (name: string) => number;
  readonly updateRule: (rule: UpdateRule) => number;
}

const NATIVE = 'native/kernels/words.h';

/** Formulas and piecewise polynomials, which get a number after the words when they are passed to the addon. */
export interface Numbers {
  readonly formulaNumber: (formula: Formula) => number;
  readonly piecesNumber: (pieces: Pieces) => number;
}

/**
 * The numbers by which the addon knows the words of src/core.
 * @throws InputError when only one side has a word, or a status has another number in the addon
 */
export function codesOf(words: AddonWords | undefined, { formulaNumber, piecesNumber }: Numbers): Codes {
  if (words === undefined) throw new InputError('the native addon is older than this program: run `npm run setup`');
  const missing = [
    ...differences('activation', ACTIVATION_KINDS, 'src/core/networks/activationTable.ts', words.activations),
    ...differences('loss', LOSS_NAMES, 'src/core/networks/losses.ts', words.losses),
    ...differences('update rule', UPDATE_RULE_NAMES, 'src/core/kernels/updates.ts', words.updateRules),
    ...differences('operator of formulas', names(), 'src/core/networks/formulas/operators.ts', words.operators),
    ...differences('status', Object.keys(RunStatus), 'src/core/kernels/state.ts', words.statuses),
    ...Object.entries(RunStatus)
      .filter(([name, code]) => words.statuses.includes(name) && words.statuses[code] !== name)
      .map(
        ([name, code]) =>
          `status '${name}' is ${code} in src/core/kernels/state.ts and ${words.statuses.indexOf(name)} in ${NATIVE}`,
      ),
  ];
  if (missing.length > 0)
    throw new InputError(
      `the native addon and src/core know other words: ${missing.join('; ')}: add what is missing, or run \`npm run setup\``,
    );
  return {
    activation: ({ kind, formula, pieces }) => {
      if (pieces !== undefined) return words.activations.length + piecesNumber(pieces);
      return formula === undefined
        ? words.activations.indexOf(kind)
        : words.activations.length + formulaNumber(formula);
    },
    loss: (name) => {
      const { formula } = lossOf(name);
      return formula === undefined ? words.losses.indexOf(name) : words.losses.length + formulaNumber(formula);
    },
    updateRule: (rule) => words.updateRules.indexOf(rule),
  };
}

function differences(what: string, ours: readonly string[], file: string, native: readonly string[]): string[] {
  const absent = (from: readonly string[], than: readonly string[], where: string): string[] =>
    from.filter((name) => !than.includes(name)).map((name) => `${what} '${name}' is missing in ${where}`);
  return [...absent(ours, native, NATIVE), ...absent(native, ours, file)];
}
