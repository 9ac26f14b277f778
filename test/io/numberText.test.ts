import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXPERIMENTS } from '../../src/experiments/registry.js';
import { STUDY_SETTING_TABLE } from '../../src/experiments/own/settings.js';
import { parseCsv } from '../../src/io/csv.js';
import { isMissing } from '../../src/io/field.js';
import { doubleText } from '../../src/io/numberText.js';

describe('numbers as text', () => {
  it.each([
    [2, '2.0'],
    [-3, '-3.0'],
    [0, '0.0'],
    [-0, '-0.0'],
    [0.5, '0.5'],
    [1e21, '1e+21'],
    [1e20, '100000000000000000000.0'],
    [1e-7, '1e-7'],
    [Infinity, 'inf'],
    [-Infinity, '-inf'],
  ])('%d', (value, text) => {
    expect(doubleText(value)).toBe(text);
  });

  it('are read back by basin itself, to the last bit', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1 }), (values) => {
        const { values: read } = parseCsv(`x\n${values.map((value) => `${doubleText(value)}\n`).join('')}`, 'table');
        expect(Array.from(read)).toEqual(values);
      }),
    );
  });
});

it('no word of a setting is one that readers of a table take for a missing value', () => {
  const settings: { readonly words?: readonly string[] }[] = [
    ...EXPERIMENTS.flatMap(({ settings }) => Object.values(settings)),
    ...Object.values(STUDY_SETTING_TABLE),
  ];
  const words = settings.flatMap((setting) => setting.words ?? []);
  expect(words.length).toBeGreaterThan(50);
  expect(words.filter(isMissing)).toEqual([]);
});
