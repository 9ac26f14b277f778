import { describe, expect, it } from 'vitest';
import { parseSchedule, SCHEDULE_SPELLINGS } from '../../../src/core/descent/schedules.js';

/** Σ_{t < updates} of a schedule's factors. */
function sum(text: string, updates: number): number {
  const { factor } = parseSchedule(text);
  let total = 0;
  for (let t = 0; t < updates; t++) total += factor?.(t) ?? 1;
  return total;
}

function harmonic(last: number): number {
  let total = 0;
  for (let i = 1; i <= last; i++) total += 1 / i;
  return total;
}

describe('the sum of the factors', () => {
  it('of a constant schedule is the number of updates', () => {
    expect(sum('constant', 17)).toBe(17);
  });

  it('of inverse-time:T0 is T0 times a difference of harmonic numbers', () => {
    expect(sum('inverse-time:7', 500)).toBeCloseTo(7 * (harmonic(506) - harmonic(6)), 10);
  });

  it('of inverse-sqrt:1 is 2√T + ζ(1/2) + 1/(2√T), but for terms of order T^(−3/2)', () => {
    const T = 10_000;
    expect(sum('inverse-sqrt:1', T)).toBeCloseTo(2 * Math.sqrt(T) - 1.4603545088095868 + 1 / (2 * Math.sqrt(T)), 6);
  });

  it('of cosine:T is (T + 1)/2, and no more after T', () => {
    expect(sum('cosine:40', 40)).toBeCloseTo(20.5, 12);
    expect(sum('cosine:40', 1000)).toBe(sum('cosine:40', 40));
  });

  it('of step:EVERY:FACTOR is a geometric sum of EVERY updates each', () => {
    expect(sum('step:10:0.5', 50)).toBeCloseTo((10 * (1 - 0.5 ** 5)) / 0.5, 12);
  });
});

it('a schedule begins with the whole step size and has a canonical name', () => {
  for (const text of ['inverse-time:50', 'inverse-sqrt:0.5', 'cosine:3', 'step:7:0.25'])
    expect(parseSchedule(text).factor?.(0)).toBe(1);
  expect(parseSchedule('constant').factor).toBeUndefined();
  expect(parseSchedule('step:1e2: 0.50').name).toBe('step:100:0.5');
  expect(SCHEDULE_SPELLINGS).toEqual([
    'constant',
    'inverse-time:T0',
    'inverse-sqrt:T0',
    'cosine:T',
    'step:EVERY:FACTOR',
  ]);
});

it.each([
  ['cosin:3', "schedule must be one of constant, inverse-time, inverse-sqrt, cosine, step, got 'cosin'"],
  ['cosine', "schedule cosine must be written as cosine:T, got 'cosine'"],
  ['constant:1', "schedule constant must be written as constant, got 'constant:1'"],
  ['step:10', "schedule step must be written as step:EVERY:FACTOR, got 'step:10'"],
  ['cosine:1.5', "T of schedule cosine:T must be an integer from 1 to 1e9, got 'cosine:1.5'"],
  ['inverse-time:0', "T0 of schedule inverse-time:T0 must be a number above 0 and at most 1e9, got 'inverse-time:0'"],
  ['step:10:1.5', "FACTOR of schedule step:EVERY:FACTOR must be a number above 0 and at most 1, got 'step:10:1.5'"],
])('%s is refused', (text, message) => {
  expect(() => parseSchedule(text)).toThrow(message);
});
