import { UNKNOWN, type Noted } from '../../src/statistics/estimate.js';
import { median } from '../../src/statistics/means.js';
import { interval } from '../statistics/estimates.js';
import { describe, expect, it } from 'vitest';
import { judgedClaims, stateClaim } from '../../src/experiments/claims.js';
import type { Claim, Condition, StatedClaim } from '../../src/experiments/spec.js';
import type { ValuesByName } from '../../src/settings/types.js';

const WORDS = { id: 'slope', statement: 'the error falls as n^−1/2', source: 'fu2018, Section 6, Figure 4' };
const REGION = { low: -0.6, high: -0.4 };
const inside = (): Noted => interval(-0.5, -0.55, -0.45);

function judged(values: ValuesByName, ...claims: StatedClaim[]): Claim[] {
  return judgedClaims({ claims: () => claims }, [], values);
}

describe('a claim', () => {
  it('carries its words, its numbers and the verdict of its interval', () => {
    expect(judged({}, stateClaim(WORDS, inside, REGION))).toEqual([{ ...WORDS, verdict: 'holds', ...inside() }]);
    expect(
      judged(
        {},
        stateClaim(WORDS, () => interval(-0.25, -0.3, -0.2), REGION),
      )[0].verdict,
    ).toBe('fails');
  });

  it('that throws is undecided and says so; the others are judged', () => {
    const broken = stateClaim(
      { ...WORDS, id: 'broken' },
      () => {
        throw new RangeError('x must be finite, got -Infinity');
      },
      REGION,
    );
    const [first, second] = judged({}, broken, stateClaim(WORDS, inside, REGION));
    expect(first).toEqual({
      ...WORDS,
      id: 'broken',
      verdict: 'undecided',
      reason: 'it cannot be computed: x must be finite, got -Infinity',
      ...UNKNOWN,
    });
    expect(second.verdict).toBe('holds');
  });

  it('that is undecided for a reason names it, and a decided one does not', () => {
    const note = 'd = 60 has no finite n at 50 %';
    const open = judged(
      {},
      stateClaim(WORDS, () => ({ ...UNKNOWN, note }), REGION),
    )[0];
    expect(open).toMatchObject({ verdict: 'undecided', reason: note });
    expect(open).not.toHaveProperty('note');
    expect(
      judged(
        {},
        stateClaim(WORDS, () => ({ ...inside(), note }), REGION),
      )[0],
    ).not.toHaveProperty('reason');
  });

  it('is undecided where all values are equal, and says so', () => {
    const [claim] = judged(
      {},
      stateClaim(WORDS, () => median(new Float64Array(8).fill(-0.5)), REGION),
    );
    expect(claim).toMatchObject({
      verdict: 'undecided',
      low: -0.5,
      high: -0.5,
      reason: 'most trials gave this very value, which does not show how far others may lie',
    });
  });
});

describe('a claim against a printed number', () => {
  const values = { K: 3, d: [20, 40], n: [64, 128], loss: 'squared' };
  const verdictOf = (only: Condition): Claim => judged(values, stateClaim({ ...WORDS, only }, inside, REGION))[0];

  it.each<[string, Condition]>([
    ['one value', { published: { K: 3, loss: 'squared' } }],
    ['one of some', { published: { K: [2, 3] } }],
    ['some of a list', { published: { d: [20, 40, 60] } }],
    ['all of a list', { published: { n: { all: [128, 64] } } }],
    ['what it picks itself', { published: { d: 40 }, here: { d: 40 } }],
  ])('is judged where the setting has %s of the paper', (_, only) => {
    expect(verdictOf(only)).toEqual({ ...WORDS, verdict: 'holds', ...inside() });
  });

  it.each<[string, Condition, string]>([
    ['one value', { published: { K: 5, loss: 'squared' } }, 'the paper has K = 5; here K = 3'],
    [
      'a word',
      { published: { K: 5, loss: 'cross-entropy' } },
      'the paper has K = 5, loss = cross-entropy; here K = 3, loss = squared',
    ],
    ['part of a list', { published: { d: [20, 60] } }, 'the paper has d = 20, 60; here d = 20, 40'],
    [
      'too few of a list',
      { published: { n: { all: [64, 128, 256] } } },
      'the paper has n = 64, 128, 256; here n = 64, 128',
    ],
    ['what it picks itself', { published: { d: [20, 60] }, here: { d: 40 } }, 'the paper has d = 20, 60; here d = 40'],
  ])('is not applicable where the setting is another in %s, and keeps its number', (_, only, reason) => {
    expect(verdictOf(only)).toEqual({ ...WORDS, verdict: 'not-applicable', reason, ...inside() });
  });

  it('is not applicable also where its number cannot be computed', () => {
    const broken = stateClaim(
      { ...WORDS, only: { published: { K: 5 } } },
      () => {
        throw new Error('no');
      },
      REGION,
    );
    expect(judged(values, broken)[0]).toMatchObject({
      verdict: 'not-applicable',
      reason: 'the paper has K = 5; here K = 3',
      value: NaN,
    });
  });

  it('about a setting that the experiment does not have is a mistake', () => {
    expect(() => verdictOf({ published: { kappa: 2 } })).toThrow('kappa');
  });
});
