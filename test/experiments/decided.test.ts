/** An experiment that goes on until its claims are decided. */
import { describe, expect, it } from 'vitest';
import { stateClaim } from '../../src/experiments/claims.js';
import { asAsked, mostOf, priceOf, untilDecided } from '../../src/experiments/decided.js';
import type { Cell, CellSummary, Claim, Experiment, TrialPrefixes } from '../../src/experiments/spec.js';
import type { ValuesByName } from '../../src/settings/types.js';
import { exact } from '../../src/statistics/estimate.js';
import { rate } from '../../src/statistics/rates.js';
import { findExperiment } from '../pool/fixtures/laboratory.mjs';
import { Draws } from '../statistics/draws.js';

const FIRST = 20;
const REGION = { low: 0.9, high: 1 };

/** Three cells; one claim on each of the first two, and one that nothing random decides on the third. */
const base: Experiment = {
  ...findExperiment('toy-mixed'),
  settings: {},
  cells: () => [1, 2, 3].map((n) => ({ settings: { n }, trials: n === 3 ? 1 : FIRST })),
  cost: () => 40e9,
  claims: (cells) => [
    stateClaim({ id: 'first', statement: '', source: '' }, () => cells[0].measures['rate'], REGION),
    stateClaim({ id: 'second', statement: '', source: '' }, () => cells[1].measures['rate'], REGION),
    stateClaim({ id: 'exact', statement: '', source: '' }, () => cells[2].measures['rate'], { low: 2, high: 3 }),
  ],
};

/** Trials that succeed at these rates; what `stored` says is missing beyond its count. */
function prefixesOf(rates: readonly number[], seed: number, stored = (): number => Infinity): TrialPrefixes {
  const draws = new Draws(seed);
  const columns = rates.map((p) => Float64Array.from({ length: 2_000 }, () => (draws.uniform() < p ? 1 : 0)));
  const summaryOf = ({ settings, trials }: Cell): CellSummary => {
    const at = Number(settings['n']) - 1;
    const estimate = at === 2 ? exact(1) : rate(columns[at].subarray(0, trials));
    return { settings, trials, planned: trials, failed: 0, diverged: 0, measures: { rate: estimate } };
  };
  return {
    estimate: () => undefined,
    summaries: (cells) => (cells.some(({ trials }) => trials > stored()) ? undefined : cells.map(summaryOf)),
  };
}

function courseOf(prefixes: TrialPrefixes, most: number): { trials: number[]; claims: readonly Claim[] | undefined } {
  const values = untilDecided({}, most);
  const experiment = asAsked(base, values);
  return {
    trials: (experiment.grow?.(values, prefixes) ?? []).map(({ trials }) => trials),
    claims: experiment.decided?.(values, prefixes),
  };
}

const verdicts = (claims: readonly Claim[] = []): string[] => claims.map(({ verdict }) => verdict);

describe('an experiment that goes on until its claims are decided', () => {
  it('begins with its own grid, and says nothing before the first look', () => {
    expect(
      courseOf(
        prefixesOf([0.5, 0.5], 1, () => 5),
        1e6,
      ),
    ).toEqual({ trials: [FIRST, FIRST, 1], claims: undefined });
  });

  it('adds trials only to cells on which an open claim rests', () => {
    const { trials, claims } = courseOf(prefixesOf([0.2, 0.97], 1), 2000);
    expect(trials[0]).toBe(FIRST);
    expect(trials[1]).toBeGreaterThan(2 * FIRST);
    expect(trials[2]).toBe(1);
    expect(verdicts(claims)).toEqual(['fails', 'holds', 'fails']);
  });

  it('takes what is read while claims are stated for something on which all of them rest', () => {
    const values = untilDecided({}, 2000);
    const eager: Experiment = {
      ...base,
      claims: (cells, given) => (cells[0].measures['rate'].value > 0 ? base.claims(cells, given) : []),
    };
    const prefixes = prefixesOf([0.2, 0.97], 1);
    const [first, second, third] = asAsked(eager, values).grow?.(values, prefixes) ?? [];
    expect(first.trials).toBe(second.trials);
    expect([second.trials > 2 * FIRST, third.trials]).toEqual([true, 1]);
  });

  it('ends before a look that would cost too much, and says so', () => {
    const { trials, claims } = courseOf(prefixesOf([0.9, 0.2], 1), 130);
    expect(trials).toEqual([4 * FIRST, FIRST, 1]);
    expect(claims?.[0]).toMatchObject({
      verdict: 'undecided',
      reason: 'undecided after 3 looks: the next one would cost more than --most allows',
    });
  });

  it('comes to the same cells when it learns of one look after the other', () => {
    const whole = courseOf(prefixesOf([0.86, 0.95], 3), 2000);
    let known = FIRST;
    const steps = prefixesOf([0.86, 0.95], 3, () => known);
    for (let at = 0; at < 20; at++) known = Math.max(...courseOf(steps, 2000).trials);
    expect(courseOf(steps, 2000)).toEqual(whole);
  });

  it('is wrong in at most 5 % of the studies, wherever they end', () => {
    const runs = 150;
    const wrong = (p: number, verdict: string): number =>
      Array.from({ length: runs }, (_, seed) => courseOf(prefixesOf([p, 0.2], seed), 800).claims?.[0].verdict).filter(
        (one) => one === verdict,
      ).length;
    // On the edge of the region and just outside: looks at 95 % would be wrong in about a fifth of the studies.
    const most = runs * 0.05 + 3 * Math.sqrt(runs * 0.05 * 0.95);
    expect(wrong(0.9, 'fails')).toBeLessThan(most);
    expect(wrong(0.8999, 'holds')).toBeLessThan(most);
  });
});

describe('the cost', () => {
  it('is that of the cost model, and kept among the values', () => {
    const values: ValuesByName = untilDecided({ n: [1] }, 90);
    expect([mostOf(values), mostOf({ n: [1] })]).toEqual([90, undefined]);
    expect(asAsked(base, {})).toBe(base);
    expect(priceOf(base, values, base.cells({}))).toBe(2 * FIRST + 1);
  });
});
