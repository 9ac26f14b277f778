import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { choice, named, number, withDefault } from '../../src/settings/declare.js';
import { describeAllowed } from '../../src/settings/describe.js';
import { parseSetting } from '../../src/settings/parse.js';
import type { Vocabulary } from '../../src/settings/types.js';

const FRUIT: Vocabulary = {
  kind: 'activation',
  names: 'apple, pear',
  canonical: (text) => {
    if (!['apple', 'pear'].includes(text.toLowerCase()))
      throw new InputError(`a fruit must be one of apple, pear, got '${text}'`);
    return text.toLowerCase();
  },
};

const SETTINGS = {
  n: number({
    description: 'samples',
    integer: true,
    list: true,
    min: 1,
    max: 1e6,
    default: { smoke: [10], quick: [10, 20], paper: [30] },
  }),
  step: number({ description: 'step', words: ['auto'], min: 1e-9, max: 100, default: 'auto' }),
  law: choice(['even', 'skew'], { description: 'law', default: 'even' }),
  laws: choice(['even', 'skew'], { description: 'laws', list: true, default: ['even', 'skew'] }),
  fruit: named(FRUIT, { description: 'fruit', default: 'apple' }),
  count: number({ description: 'count', integer: true, default: 3 }),
  size: number({ description: 'size', default: 0.5 }),
};

describe('a declaration', () => {
  it('has a default for each scale', () => {
    expect(SETTINGS.n.default).toEqual({ smoke: [10], quick: [10, 20], paper: [30] });
    expect(SETTINGS.step.default).toEqual({ smoke: 'auto', quick: 'auto', paper: 'auto' });
    expect(SETTINGS.laws.default.quick).toEqual(['even', 'skew']);
  });

  it('says what it takes', () => {
    expect(Object.values(SETTINGS).map(describeAllowed)).toEqual([
      'a comma-separated list, each an integer from 1 to 1000000',
      'a number from 1e-9 to 100, or auto',
      'one of even, skew',
      'a comma-separated list, each one of even, skew',
      'one of apple, pear',
      'an integer from 1 to 1000000000',
      'a number from 0 to 1000000000000',
    ]);
  });

  it('takes another default, and nothing else changes', () => {
    expect(withDefault(SETTINGS.law, { smoke: 'even', quick: 'skew', paper: 'skew' })).toEqual({
      ...SETTINGS.law,
      default: { smoke: 'even', quick: 'skew', paper: 'skew' },
    });
  });
});

describe('a value from text', () => {
  it.each([
    ['n', ' 5, 1e3', [5, 1000]],
    ['step', 'auto', 'auto'],
    ['step', '-0', undefined],
    ['size', '-0', 0],
    ['law', 'skew', 'skew'],
    ['laws', 'skew,even', ['skew', 'even']],
    ['fruit', 'PEAR', 'pear'],
    ['fruit', 'plum', undefined],
    ['count', '1e9', 1e9],
  ] as const)('of %s: %s', (name, text, value) => {
    const parse = () => parseSetting(name, SETTINGS[name], text);
    if (value === undefined) expect(parse).toThrow(InputError);
    else expect(parse()).toEqual(value);
  });
});
