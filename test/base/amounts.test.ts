import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatNumber, formatSeconds } from '../../src/base/amounts.js';

const NONE = Number.NaN;

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [4000, '4000'],
    [0.05, '0.05'],
    [1 / 3, '0.333333'],
    [1e-13, '1e-13'],
    [2.5e-5, '2.5e-5'],
    [1234567.5, '1.23457e6'],
    [NONE, '–'],
    [-Infinity, '-∞'],
  ])('%d', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [0.4, '0.4 B'],
    [999, '1 kB'],
    [1000, '1 kB'],
    [994, '990 B'],
    [4096, '4.1 kB'],
    [123_456_789, '120 MB'],
    [2.5e12, '2.5 TB'],
    [3e19, '30000 PB'],
    [NaN, '–'],
  ])('%d', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('formatSeconds', () => {
  it.each([
    [0, '0 s'],
    [0.1234, '0.12 s'],
    [9.94, '9.9 s'],
    [42.4, '42 s'],
    [59.6, '1 min 00 s'],
    [185, '3 min 05 s'],
    [3599.7, '1 h 00 min'],
    [7620, '2 h 07 min'],
    [NONE, '–'],
    [Infinity, '–'],
  ])('%d', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });
});

it('formatCount', () => {
  expect([0, 1, 2].map((count) => formatCount(count, 'trial'))).toEqual(['0 trials', '1 trial', '2 trials']);
});
