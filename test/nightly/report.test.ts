import { describe, expect, it } from 'vitest';
import { changeOf, colourOf, headline, previousOf } from '../../src/nightly/report.js';
import { standingOf, verdictLine } from '../../src/nightly/standing.js';
import { claim, experiment, night, reportOf } from './nights.js';

const known = claim('L-recovers-rotated', 'fails');

describe('the standing of a claim', () => {
  it.each([
    ['fu2018-fig3', claim('n50-ratio', 'holds'), true, 'holds'],
    ['fu2018-fig3', claim('n50-ratio', 'undecided'), true, 'undecided'],
    ['fu2018-fig3', claim('n50-ratio', 'fails'), true, 'fails'],
    ['fu2018-fig3', claim('n50-ratio', 'fails'), false, 'unfinished'],
    ['gao2018-fig3', known, true, 'expected'],
    ['fu2018-fig3', known, true, 'fails'],
    ['gao2018-fig3', claim('L-recovers-rotated', 'undecided'), true, 'undecided'],
    ['gao2018-fig3', claim('L-recovers-rotated', 'holds'), true, 'surprise'],
  ] as const)('%s %j, complete %s: %s', (id, one, complete, standing) => {
    expect(standingOf(id, one, complete).standing).toBe(standing);
  });

  it('is a line with number, statement and verdict', () => {
    const ratio = claim('n50-ratio', 'holds', { statement: 'linear in d', value: 1.06, low: 0.92, high: 1.23 });
    expect(verdictLine(standingOf('fu2018-fig3', ratio, true))).toBe(
      'fu2018-fig3 n50-ratio 1.06 [0.92, 1.23], linear in d: holds',
    );
    expect(verdictLine(standingOf('gao2018-fig3', known, true))).toMatch(
      /: fails, as expected: .+ \(docs\/papers\/gao2018\.md\)$/,
    );
    expect(verdictLine(standingOf('gao2018-fig3', { ...known, verdict: 'holds' }, true))).toMatch(
      /: holds, was expected to fail$/,
    );
  });
});

describe('a night', () => {
  const good = { 'fu2018-fig3': [claim('a', 'holds'), claim('b', 'undecided')] };

  it.each([
    [night(1), good, 'green', 'green: round 1, complete; 1 × holds, 1 × undecided'],
    [
      night(1, { experiments: [experiment('gao2018-fig3')] }),
      { 'gao2018-fig3': [known] },
      'green',
      'green: round 1, complete; 1 × fails as expected',
    ],
    [
      night(1, {
        over: false,
        ending: 'budget',
        experiments: [experiment('fu2018-fig3'), experiment('fu2018-fig4', { done: 3 })],
      }),
      good,
      'amber',
      'amber: round 1, 1 of 2 experiments complete, stopped by the budget; 1 × holds, 1 × undecided',
    ],
    [
      night(1, { over: false, ending: 'signal', experiments: [experiment('fu2018-fig3', { done: 0 })] }),
      { 'fu2018-fig3': [claim('a', 'fails')] },
      'amber',
      'amber: round 1, 0 of 1 experiment complete, stopped by a signal',
    ],
    [
      night(1, { over: false, ending: 'budget' }),
      { 'fu2018-fig3': [claim('a', 'fails')] },
      'red',
      'red: round 1, complete, stopped by the budget; 1 × fails unexpectedly',
    ],
    [
      night(1, { experiments: [experiment('fu2018-fig3', { failure: 'out of memory' })] }),
      good,
      'red',
      'red: round 1, complete; 1 experiment could not go on, 1 × holds, 1 × undecided',
    ],
  ] as const)('%#', (tonight, claims, colour, text) => {
    const report = reportOf(tonight, claims);
    expect(colourOf(report)).toBe(colour);
    expect(headline(report)).toBe(text);
  });
});

describe('against the round before', () => {
  const record = (verdict: 'holds' | 'fails', low: number, high: number) => ({
    experiment: 'fu2018-fig3',
    id: 'a',
    verdict,
    value: (low + high) / 2,
    low,
    high,
  });
  const earlier = [
    night(1, { claims: [record('fails', 3, 4)] }),
    night(2, { claims: [record('holds', 2, 3)] }),
    night(3),
  ];

  it.each([
    [claim('a', 'holds', { low: 0.5, high: 1.5 }), 'intervals apart'],
    [claim('a', 'holds', { low: 0.5, high: 2 }), ''],
    [claim('a', 'fails', { low: 2, high: 3 }), 'holds → fails'],
    [claim('new', 'fails'), ''],
  ])('%j: %s', (one, change) => {
    const report = reportOf(night(4), { 'fu2018-fig3': [one] }, { earlier });
    expect(changeOf(report.claims[0], previousOf(report, report.claims[0]))).toBe(change);
  });
});
