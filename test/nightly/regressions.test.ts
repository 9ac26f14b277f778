import { describe, expect, it } from 'vitest';
import type { NightRecord } from '../../src/nightly/record.js';
import { regressionLine, regressionsOf, type Comparison, type Regression } from '../../src/nightly/regressions.js';
import { claim, experiment, night, reportOf } from './nights.js';

const ID = 'fu2018-fig3';
type Verdict = NightRecord['claims'][number]['verdict'];

const judged = (round: number, verdict: Verdict, commit: string): NightRecord =>
  night(round, { commit, claims: [{ experiment: ID, id: 'a', verdict, value: 1, low: 0, high: 2 }] });

const timed = (round: number, seconds: number, rest: Parameters<typeof experiment>[1] = {}): NightRecord =>
  night(round, { commit: `c${round}`, experiments: [experiment(ID, { seconds, operations: 1e10, ...rest })] });

function compare(tonight: NightRecord, verdict: Verdict, rounds: Comparison['rounds'], id = ID): Regression[] {
  const { claims } = reportOf(tonight, { [id]: [claim(id === ID ? 'a' : 'L-recovers-rotated', verdict)] });
  return regressionsOf({
    night: tonight,
    claims,
    rounds,
    commitsBetween: (from, to) => ({ count: 1, newest: [`${from}..${to}`] }),
  });
}

describe('a regression of a claim', () => {
  const now = night(9, { commit: 'now' });

  it.each(['fails', 'undecided'] as const)('is one that held before and %s now', (verdict) => {
    const [one, ...others] = compare(now, verdict, [
      [judged(1, 'fails', 'c1')],
      [judged(2, 'holds', 'c2')],
      [night(3)],
    ]);
    expect(others).toEqual([]);
    expect(one).toMatchObject({ kind: 'claim', experiment: ID, claim: 'a', from: 'c2', to: 'now' });
    const word = verdict === 'fails' ? 'fails now' : 'is undecided now';
    expect(regressionLine(one)).toBe(
      `${ID} a: held on 2026-03-01, ${word}; commit c2 → now, 1 commit between: c2..now`,
    );
  });

  it('names the commit of the first night of the round that judged the claim', () => {
    const round = [night(2, { commit: 'none' }), judged(2, 'holds', 'first'), judged(2, 'holds', 'last')];
    expect(compare(now, 'fails', [round])[0].from).toBe('first');
  });

  it('looks past a round in which the claim did not apply', () => {
    const rounds = [[judged(1, 'holds', 'c1')], [judged(2, 'not-applicable', 'c2')]];
    expect(compare(now, 'fails', rounds)[0].from).toBe('c1');
  });

  it.each([
    ['holds', [[judged(1, 'holds', 'c1')]]],
    ['not-applicable', [[judged(1, 'holds', 'c1')]]],
    ['fails', [[judged(1, 'holds', 'c1')], [judged(2, 'undecided', 'c2')]]],
    ['fails', [[night(1)]]],
    ['fails', []],
  ] as const)('is not: %s, %#', (verdict, rounds) => {
    expect(compare(now, verdict, rounds)).toEqual([]);
  });

  it('is not of an unfinished experiment, nor of a claim that is expected to fail', () => {
    const unfinished = night(9, { experiments: [experiment(ID, { done: 3 })] });
    expect(compare(unfinished, 'fails', [[judged(1, 'holds', 'c1')]])).toEqual([]);
    const other = night(9, { experiments: [experiment('gao2018-fig3')] });
    const held = { experiment: 'gao2018-fig3', id: 'L-recovers-rotated', value: 1, low: 0, high: 2 };
    const before = night(1, { claims: [{ ...held, verdict: 'holds' }] });
    expect(compare(other, 'fails', [[before]], 'gao2018-fig3')).toEqual([]);
  });
});

describe('a regression of speed', () => {
  it('is beyond the slowest earlier round by half of it', () => {
    const rounds = [[timed(1, 20)], [timed(2, 30)], [timed(3, 25)]];
    expect(compare(timed(9, 45), 'holds', rounds)).toEqual([]);
    const [one] = compare(timed(9, 46), 'holds', rounds);
    expect(one).toMatchObject({ kind: 'speed', experiment: ID, claim: null, from: 'c3', to: 'c9' });
    expect(one.message).toMatch(
      /^fu2018-fig3: 4\.6\d* core-seconds per 10⁹ operations, at most 3\S* in 3 earlier rounds /,
    );
  });

  it.each([
    ['one round of 60 core-seconds', [[timed(1, 60)]], 91, 1],
    ['one round of less', [[timed(1, 59)]], 900, 0],
    ['rounds too short to be compared', [[timed(1, 9)], [timed(2, 9)]], 900, 0],
    ['a short night', [[timed(1, 1)], [timed(2, 1)]], 9, 0],
    ['incomplete rounds', [[timed(1, 70, { done: 5 })]], 900, 0],
    ['no operations', [[timed(1, 70, { operations: 0 })]], 900, 0],
    ['nothing', [], 900, 0],
  ] as const)('against %s', (_, rounds, seconds, count) => {
    expect(compare(timed(9, seconds), 'holds', rounds)).toHaveLength(count);
  });

  it('is of complete experiments only', () => {
    expect(compare(timed(9, 900, { done: 5 }), 'holds', [[timed(1, 60)]])).toEqual([]);
  });
});

describe('the line of a regression', () => {
  const one = {
    kind: 'claim',
    experiment: ID,
    claim: 'a',
    message: 'm',
    from: 'f'.repeat(40),
    to: 'e'.repeat(40),
  } as const;

  it.each([
    [{ between: null }, 'm; commit ffffffffffff → eeeeeeeeeeee'],
    [{ between: { count: 0, newest: [] } }, 'm; commit ffffffffffff → eeeeeeeeeeee, no commit between'],
    [
      { between: { count: 3, newest: ['b B', 'a A'] } },
      'm; commit ffffffffffff → eeeeeeeeeeee, 3 commits between: b B; a A; and 1 more',
    ],
    [{ between: null, to: one.from }, 'm; both on commit ffffffffffff'],
  ])('%#', (rest, line) => {
    expect(regressionLine({ ...one, ...rest })).toBe(line);
  });
});
