/** What crosses the seam as a number is compared by name when the addon is loaded. */
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/base/errors.js';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { ACTIVATION_KINDS } from '../../../src/core/networks/activationTable.js';
import type { Addon } from '../../../src/core/kernels/native/addon.js';
import { codesOf, type AddonWords } from '../../../src/core/kernels/native/words.js';
import { UPDATE_RULE_NAMES } from '../../../src/core/kernels/updates.js';
import { LOSS_NAMES } from '../../../src/core/networks/losses.js';

const addon = createRequire(import.meta.url)('../../../build/Release/basin.node') as Addon;
const words = addon.words?.();
const NONE = { formulaNumber: () => 0, piecesNumber: () => 0 };

function wordsSaid(): AddonWords {
  if (words === undefined) throw new Error('the addon says no words');
  return words;
}

it('the built addon knows the words of src/core', () => {
  const codes = codesOf(words, NONE);
  expect(ACTIVATION_KINDS.map((kind) => codes.activation({ kind })).sort((a, b) => a - b)).toEqual(
    ACTIVATION_KINDS.map((_, at) => at),
  );
  expect(LOSS_NAMES.map(codes.loss).sort((a, b) => a - b)).toEqual(LOSS_NAMES.map((_, at) => at));
  expect(UPDATE_RULE_NAMES.map(codes.updateRule).sort((a, b) => a - b)).toEqual(UPDATE_RULE_NAMES.map((_, at) => at));
});

it('numbers follow the addon, whatever its order', () => {
  const { activations, losses } = wordsSaid();
  const turned = codesOf(
    { ...wordsSaid(), activations: [...activations].reverse(), losses: [...losses].reverse() },
    NONE,
  );
  expect(turned.activation({ kind: 'sigmoid' })).toBe(activations.length - 1);
  expect(turned.loss('squared')).toBe(losses.length - 1);
});

it('formulas have the numbers behind the words', () => {
  const { activations, losses } = wordsSaid();
  const codes = codesOf(words, { ...NONE, formulaNumber: () => 7 });
  expect(codes.activation(parseActivation('z^3'))).toBe(activations.length + 7);
  expect(codes.loss('(f-y)^4')).toBe(losses.length + 7);
});

describe('a difference is refused in one line that says what is missing where', () => {
  it.each<[string, AddonWords | undefined, string]>([
    [
      'an activation that the addon lacks',
      { ...wordsSaid(), activations: wordsSaid().activations.filter((name) => name !== 'erf') },
      "activation 'erf' is missing in native/kernels/words.h",
    ],
    [
      'an activation that src/core lacks',
      { ...wordsSaid(), activations: [...wordsSaid().activations, 'wobble'] },
      "activation 'wobble' is missing in src/core/networks/activationTable.ts",
    ],
    [
      'another name on either side',
      { ...wordsSaid(), losses: wordsSaid().losses.map((name) => (name === 'cross-entropy' ? 'crossEntropy' : name)) },
      "loss 'cross-entropy' is missing in native/kernels/words.h; loss 'crossEntropy' is missing in src/core/networks/losses.ts",
    ],
    [
      'an update rule',
      { ...wordsSaid(), updateRules: ['gd', 'momentum', 'nesterov'] },
      "update rule 'adam' is missing in native/kernels/words.h",
    ],
    [
      'a status that is missing',
      { ...wordsSaid(), statuses: ['running', 'converged', 'diverged'] },
      "status 'stalled' is missing in native/kernels/words.h",
    ],
    [
      'an operator of formulas',
      { ...wordsSaid(), operators: wordsSaid().operators.filter((name) => name !== 'erfc') },
      "operator of formulas 'erfc' is missing in native/kernels/words.h",
    ],
    [
      'statuses with other numbers',
      { ...wordsSaid(), statuses: ['running', 'diverged', 'converged', 'stalled'] },
      "status 'converged' is 1 in src/core/kernels/state.ts and 2 in native/kernels/words.h",
    ],
    [
      'an addon from before it said its words',
      undefined,
      'the native addon is older than this program: run `npm run setup`',
    ],
  ])('%s', (_, said, message) => {
    expect(() => codesOf(said, NONE)).toThrow(InputError);
    expect(() => codesOf(said, NONE)).toThrow(message);
    expect(() => codesOf(said, NONE)).not.toThrow('\n');
  });
});
