import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import {
  canonicalJson,
  requireSameExperiment,
  requireSameIdentity,
  storedIdentity,
  storedOverrides,
  type StudyIdentity,
} from '../../src/store/identity.js';

const IDENTITY: StudyIdentity = { seed: 1, scale: 'smoke', overrides: { b: '2', a: '1' } };

it('equal objects give equal text', () => {
  expect(canonicalJson({ c: 1, a: [2], b: 'x', B: null })).toBe('{"B":null,"a":[2],"b":"x","c":1}');
  expect(canonicalJson({})).toBe('{}');
});

it('the number of partitions is kept among the overrides, where there is one', () => {
  expect(storedOverrides(IDENTITY)).toEqual({ a: '1', b: '2' });
  expect(storedOverrides({ ...IDENTITY, partitions: 8 })).toEqual({ a: '1', b: '2', '--partitions': '8' });
  for (const identity of [IDENTITY, { ...IDENTITY, partitions: 8 }])
    expect(storedIdentity({ ...IDENTITY, overrides: storedOverrides(identity) })).toEqual(identity);
});

it('the precision is kept among the overrides, where it is not float64', () => {
  const mixed = { ...IDENTITY, precision: 'mixed' } as const;
  expect(storedOverrides(mixed)).toEqual({ a: '1', b: '2', '--precision': 'mixed' });
  expect(storedIdentity({ ...IDENTITY, overrides: storedOverrides(mixed) })).toEqual(mixed);
});

describe('a folder is continued', () => {
  it.each<[Partial<StudyIdentity>, string]>([
    [{ seed: 2 }, '--seed 1, got 2'],
    [{ scale: 'paper' }, '--scale smoke, got paper'],
    [{ partitions: 8 }, '--partitions (not given), got (8)'],
    [{ precision: 'mixed' }, '--precision float64, got mixed'],
    [{ overrides: { a: '1', b: '3' } }, '--set values (a=1 b=2), got (a=1 b=3)'],
    [{ overrides: {} }, '--set values (a=1 b=2), got (none)'],
  ])('not with %j', (change, words) => {
    expect(() => {
      requireSameIdentity('/s', IDENTITY, { ...IDENTITY, ...change });
    }).toThrow(new InputError(`study folder '/s' must be continued with the same ${words}; or choose another --out`));
  });

  it('with the same identity, whatever the order of its overrides', () => {
    expect(() => {
      requireSameIdentity('/s', IDENTITY, { ...IDENTITY, overrides: { a: '1', b: '2' } });
    }).not.toThrow();
    expect(() => {
      requireSameIdentity('/s', { ...IDENTITY, partitions: 8 }, IDENTITY);
    }).toThrow('--partitions (8), got (not given)');
    expect(() => {
      requireSameIdentity('/s', { ...IDENTITY, precision: 'mixed' }, IDENTITY);
    }).toThrow('--precision mixed, got float64');
  });
});

describe('an experiment is continued', () => {
  const stored = { id: 'toy', version: 3, values: { n: [1, 2], law: 'gaussian', trials: 5 } };

  it('with the same values; lists may change', () => {
    expect(() => {
      requireSameExperiment('/s', stored, { ...stored, values: { ...stored.values, n: [7] } });
    }).not.toThrow();
  });

  it.each([
    [{ version: 4 }, 'toy version 3, this program has version 4'],
    [{ values: { ...stored.values, law: 'other' } }, 'toy with law=gaussian, this program has law=other'],
    [{ values: { ...stored.values, more: 1 } }, 'toy with more=undefined, this program has more=1'],
    [{ values: { n: [1, 2], law: 'gaussian' } }, 'toy with trials=5, this program has trials=undefined'],
    [{ values: { ...stored.values, n: 7 } }, 'toy with n=1,2, this program has n=7'],
  ])('not with %j', (change, words) => {
    expect(() => {
      requireSameExperiment('/s', stored, { ...stored, ...change });
    }).toThrow(new InputError(`study folder '/s' holds ${words}; choose another --out`));
  });
});
