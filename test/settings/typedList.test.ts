import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { typedList } from '../../src/settings/typedList.js';

describe('a list as a person types it', () => {
  it.each([
    ['integer', '10, 20 ,30', '10 20 30'],
    ['integer', '10:100:30', '10 40 70 100'],
    ['integer', '10:99:30', '10 40 70'],
    ['integer', '3:5', '3 4 5'],
    ['integer', '5:1:-2', '5 3 1'],
    ['integer', '7:7', '7'],
    ['integer', '1, 10:30:10, 100', '1 10 20 30 100'],
    ['number', '0.1:0.7:0.1', '0.1 0.2 0.3 0.4 0.5 0.6 0.7'],
    ['number', '-1:1:0.5', '-1 -0.5 0 0.5 1'],
    ['number', '1e-3:3e-3:1e-3', '0.001 0.002 0.003'],
    ['number', 'linspace(0, 1, 5)', '0 0.25 0.5 0.75 1'],
    ['number', 'logspace(0.01, 100, 5)', '0.01 0.1 1 10 100'],
    ['number', 'logspace(1, 10, 3)', '1 3.16228 10'],
    ['number', 'linspace(0.12345678, 1234567, 3)', '0.12345678 617284 1234567'],
    ['integer', 'linspace(1, 2469135, 3)', '1 1234568 2469135'],
    ['integer', 'logspace(100, 10000, 5)', '100 316 1000 3162 10000'],
    ['integer', 'logspace(1, 4, 7)', '1 2 3 4'],
    ['integer', 'auto', 'auto'],
    ['activation', 'sigmoid:10, max(z, 0)', 'sigmoid:10|max(z, 0)'],
    ['choice', '1:3', '1:3'],
  ] as const)('%s %s', (kind, text, values) => {
    const separator = values.includes('|') ? '|' : ' ';
    expect(typedList('x', text, { kind })).toEqual(values.split(separator));
  });

  it.each([
    ['10:1', "x must be a range FIRST:LAST:STEP whose step leads from the first number to the last, got '10:1'"],
    ['1:10:0', 'whose step leads'],
    ['1:2:3:4', 'x must be a range'],
    ['1::2', 'x must be a range'],
    ['a:b', 'x must be a range'],
    ['1:2000', "x must be a list of at most 1000 values, got 2000 of '1:2000'"],
    ['1:1000,1:1000', 'x must be a list of at most 1000 values, got 2000'],
    ['1:1e300', 'x must be a list of at most 1000 values, got 1e+300'],
    ['logspace(0, 10, 5)', 'x must be logspace(FIRST, LAST, COUNT) with positive ends and at least 2 values'],
    ['logspace(1, 10)', 'x must be logspace(FIRST, LAST, COUNT)'],
    ['linspace(1, 10, 1)', 'x must be linspace(FIRST, LAST, COUNT) with at least 2 values'],
    ['linspace(1, 10, 2.5)', 'x must be linspace(FIRST, LAST, COUNT)'],
    ['linspace(1, 10, 1e9)', 'x must be a list of at most 1000 values, got 1000000000'],
  ])('refuses %s', (text, message) => {
    const list = (): string[] => typedList('x', text, { kind: 'number' });
    expect(list).toThrow(InputError);
    expect(list).toThrow(message);
  });
});
