import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../../src/core/networks/activations.js';
import {
  ACTIVATION_EXAMPLES,
  ACTIVATION_KINDS,
  ACTIVATION_NAMES,
  ACTIVATIONS,
} from '../../../src/core/networks/activationTable.js';
import {
  expectActivation,
  expectDegree,
  expectDerivatives,
  expectKinks,
  expectParity,
  expectRange,
  expectReferenceValues,
  type Rows,
} from '../tables/activation.js';

const EXAMPLES = Object.values(ACTIVATIONS).flatMap(({ examples }): [string, Rows][] => Object.entries(examples));

it.each(EXAMPLES)('activation %s is what its entry says', expectActivation);

it('every family has an example of its own', () => {
  expect(
    ACTIVATION_KINDS.filter((kind) => !ACTIVATION_EXAMPLES.some((name) => parseActivation(name).kind === kind)),
  ).toEqual([]);
});

it('the names of DESIGN, section 6, are among those that help lists', () => {
  expect(ACTIVATION_NAMES).toContain(
    'sigmoid[:b], tanh, softplus[:b], relu, leaky-relu[:a], squared-relu, quadratic, linear, erf, erf:std, erf:zhong',
  );
});

describe('the check finds what is wrong', () => {
  const phi = parseActivation('sigmoid');
  it.each([
    [
      'a reference value',
      () => {
        expectReferenceValues(phi, [[0, 0.5, 0.25, 1e-3]]);
      },
    ],
    [
      'φ′',
      () => {
        expectDerivatives({ ...phi, derivative: (z) => phi.derivative(z) * 1.001 });
      },
    ],
    [
      'φ″',
      () => {
        expectDerivatives({ ...phi, secondDerivative: (z) => -phi.secondDerivative(z) });
      },
    ],
    [
      'a kink that is none',
      () => {
        expectKinks({ ...phi, kinks: [0] });
      },
    ],
    [
      'a kink that is not said',
      () => {
        expectKinks({ ...parseActivation('relu'), kinks: [] });
      },
    ],
    [
      'the derivative from the right',
      () => {
        expectKinks({ ...parseActivation('relu'), derivative: (z) => (z >= 0 ? 1 : 0) });
      },
    ],
    [
      'parity',
      () => {
        expectParity({ ...phi, parity: 'odd' });
      },
    ],
    [
      'a range that is too wide',
      () => {
        expectRange({ ...phi, range: [-1, 1] });
      },
    ],
    [
      'a range that is too narrow',
      () => {
        expectRange({ ...phi, range: [0, 0.9] });
      },
    ],
    [
      'a degree',
      () => {
        expectDegree({ ...parseActivation('quadratic'), degree: 1 });
      },
    ],
  ])('%s', (_, check) => {
    expect(check).toThrow();
  });
});

describe('derivatives keep their digits in the tails', () => {
  it('sigmoid′(40) = e^{−40} to relative accuracy', () => {
    expect(parseActivation('sigmoid').derivative(40) / Math.exp(-40)).toBeCloseTo(1, 12);
    expect(parseActivation('tanh').derivative(-25) / (4 * Math.exp(-50))).toBeCloseTo(1, 12);
  });
});

describe('bad names are refused with what is allowed and what was received', () => {
  it.each([
    '',
    'sigmoidd',
    'sigmoid:',
    'sigmoid:0',
    'sigmoid:-1',
    'sigmoid:nan',
    'sigmoid:Infinity',
    'softplus:1e9',
    'tanh:2',
    'leaky-relu:2',
    'erf:',
    'erf:foo',
    'relu:0',
    'constructor',
    '__proto__',
    'erf:constructor',
  ])('%j', (name) => {
    expect(() => parseActivation(name)).toThrow(/must/);
  });

  it('with a suggestion, with the variants, with the range', () => {
    expect(() => parseActivation('sigmod')).toThrow(
      `${ACTIVATION_NAMES}, or a formula in z such as z*sigmoid(1.702*z); got 'sigmod' (did you mean 'sigmoid'?)`,
    );
    expect(() => parseActivation('erf:foo')).toThrow("activation erf must be erf, erf:std or erf:zhong, got 'erf:foo'");
    expect(() => parseActivation('leaky-relu:2')).toThrow(
      "activation leaky-relu:a must have a number from 0 to 1 as a, got 'leaky-relu:2'",
    );
    expect(() => parseActivation('tanh:2')).toThrow("activation tanh must be given without an argument, got 'tanh:2'");
  });
});
