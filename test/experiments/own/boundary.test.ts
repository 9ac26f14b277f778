/** Searches for a boundary with fake trials of a known truth: n50 = 30·d^1.2. */
import { estimating } from '../prefixes.js';
import { describe, expect, it } from 'vitest';
import { studyExperiment } from '../../../src/experiments/own/experiment.js';
import type { BoundarySpec, StudySpec } from '../../../src/experiments/own/spec.js';
import type { Cell, CellSummary, Finding, PrefixEstimate } from '../../../src/experiments/spec.js';
import type { Settings } from '../../../src/settings/types.js';
import { renderFigure } from '../../../src/report/figures.js';
import { chance, Draws } from '../../statistics/draws.js';

const BOUNDARY: BoundarySpec = {
  measure: 'recoveryRate',
  level: 0.5,
  from: '2*d',
  to: '2000*d',
  relative: 0.15,
  most: 10_000,
};

function specOf(grid: StudySpec['grid'], boundary: Partial<BoundarySpec> = {}): StudySpec {
  return {
    title: '',
    description: '',
    grid,
    trials: 20,
    measures: [],
    figures: [],
    boundary: { ...BOUNDARY, ...boundary },
  };
}

const truth = (d: number): number => 30 * d ** 1.2;
const recovery = (settings: Settings): number => 1 / (1 + (truth(Number(settings['d'])) / Number(settings['n'])) ** 4);

/** The trials of a cell: always the same ones. */
function trialsOf(settings: Settings, seed: number, rate: (settings: Settings) => number): Float64Array {
  const draws = new Draws(seed + 7919 * Number(settings['n']) + 104729 * Number(settings['d']));
  return Float64Array.from({ length: 3000 }, () => (draws.uniform() < rate(settings) ? 1 : 0));
}

interface Laboratory {
  readonly estimate: PrefixEstimate;
  readonly summaries: (cells: readonly Cell[]) => CellSummary[];
}

function laboratory(spec: StudySpec, seed: number, rate = recovery): Laboratory {
  const [measure] = studyExperiment(spec).measures;
  return {
    estimate: (settings, { estimate }, trials) =>
      estimate(trialsOf(settings, seed, rate).subarray(0, trials), settings),
    summaries: (cells) =>
      cells.map(({ settings, trials }) => ({
        settings,
        trials,
        planned: trials,
        failed: 0,
        diverged: 0,
        measures: { [measure.name]: measure.estimate(trialsOf(settings, seed, rate).subarray(0, trials), settings) },
      })),
  };
}

function searched(
  spec: StudySpec,
  seed: number,
  rate = recovery,
): { readonly cells: readonly Cell[]; readonly findings: readonly Finding[]; readonly summaries: CellSummary[] } {
  const { estimate, summaries } = laboratory(spec, seed, rate);
  const { grow, findings } = studyExperiment(spec);
  const cells = grow?.({}, estimating(estimate)) ?? [];
  return { cells, findings: findings?.(summaries(cells)) ?? [], summaries: summaries(cells) };
}

const total = (cells: readonly Cell[]): number => cells.reduce((sum, { trials }) => sum + trials, 0);

describe('a study with a boundary', () => {
  const spec = specOf({ d: [5, 10, 20, 40] });

  it('finds the n of every d, and how it grows', () => {
    const { findings, summaries } = searched(spec, 1);
    expect(findings.map(({ statement }) => statement)).toEqual(
      [5, 10, 20, 40].map((d) => `n at which recoveryRate is 0.5, d = ${d}`).concat('exponent a of n ∝ d^a'),
    );
    expect(findings.every(({ value, low, high }) => low < value && value < high)).toBe(true);
    const figures = studyExperiment(spec)
      .figures(summaries, {})
      .map((make) => make());
    expect(figures[0].caption).toMatch(/; 20–\d+ training sets per point/);
    const [usual, fit, crossings] = figures;
    expect([usual, crossings].map(({ name, rows }) => [name, rows.length])).toEqual([
      ['study-fig1', summaries.length],
      ['study-boundary', 4],
    ]);
    const kinds = (kind: string): number => fit.rows.filter((row) => row['kind'] === kind).length;
    expect([fit.name, kinds('point'), kinds('crossing')]).toEqual(['study-fit', summaries.length, 4]);
    expect(kinds('fit')).toBeGreaterThan(0);
    // Where a fitted curve comes to the level, there it crosses.
    for (const { line, n } of fit.rows.filter((row) => row['kind'] === 'crossing')) {
      const curve = fit.rows.filter((row) => row['kind'] === 'fit' && row['line'] === line);
      if (curve.length > 0)
        expect(Number(curve.findLast((row) => Number(row['value']) < 0.5)?.['n'])).toBeLessThanOrEqual(Number(n));
      if (curve.length > 0)
        expect(Number(curve.find((row) => Number(row['value']) > 0.5)?.['n'])).toBeGreaterThanOrEqual(Number(n));
    }
  });

  it('covers 95 % with n and with the exponent, at the look that ends a search', () => {
    const runs = 60;
    let [sizes, exponents] = [0, 0];
    for (let seed = 0; seed < runs; seed++) {
      const { findings } = searched(spec, 1e6 * seed);
      [5, 10, 20, 40].forEach((d, i) => {
        sizes += Number(findings[i].low <= truth(d) && truth(d) <= findings[i].high);
      });
      exponents += Number(findings[4].low <= 1.2 && 1.2 <= findings[4].high);
    }
    expect(sizes / (4 * runs)).toBeGreaterThan(0.95 - chance(4 * runs));
    expect(exponents / runs).toBeGreaterThan(0.95 - chance(runs));
  });

  it('says how many trials are likely, once every search has an interval', () => {
    const narrow = specOf({ d: [5, 20] }, { relative: 0.05 });
    const { likely, grow } = studyExperiment(narrow);
    const { estimate } = laboratory(narrow, 2);
    const planned = total(grow?.({}, estimating(estimate)) ?? []);
    expect(
      likely?.(
        {},
        estimating(() => undefined),
      ),
    ).toBeUndefined();
    expect(likely?.({}, estimating(estimate))).toBe(planned);
    const early: PrefixEstimate = (settings, measure, trials) =>
      trials > 60 ? undefined : estimate(settings, measure, trials);
    expect(total(grow?.({}, estimating(early)) ?? [])).toBeLessThan(0.8 * planned);
    expect(likely?.({}, estimating(early))).toBeGreaterThan(planned / 4);
    expect(likely?.({}, estimating(early))).toBeLessThan(4 * planned);
  });

  it('comes to the same cells step by step, with nothing known beforehand but what was planned', () => {
    const { estimate } = laboratory(spec, 2);
    const { cells, grow } = studyExperiment(spec);
    const stored = new Map<string, number>();
    const known: PrefixEstimate = (settings, measure, trials) =>
      trials <= (stored.get(JSON.stringify(settings)) ?? 0) ? estimate(settings, measure, trials) : undefined;
    let planned = cells({});
    expect(planned.map(({ trials }) => trials)).toEqual([20, 20, 20, 20]);
    for (let before = 0; total(planned) > before;) {
      before = total(planned);
      for (const { settings, trials } of planned) stored.set(JSON.stringify(settings), trials);
      planned = grow?.({}, estimating(known)) ?? [];
    }
    expect(planned).toEqual(searched(spec, 2).cells);
  });

  it('needs far fewer trials than a grid of the same resolution', () => {
    expect(total(searched(spec, 3).cells)).toBeLessThan(4 * 400);
  });

  it('gives up at its most, and says so', () => {
    const { cells, findings } = searched(specOf({ d: [10] }, { most: 100, relative: 0.02 }), 4);
    expect(total(cells)).toBeLessThanOrEqual(100);
    expect(findings[0].statement).toMatch(/not yet as precise as wanted/);
  });

  it('says where the boundary lies outside', () => {
    const ends = specOf({ d: [10] });
    expect(searched(ends, 5, () => 0).findings).toMatchObject([
      { statement: 'n at which recoveryRate is 0.5, which is beyond 20000', value: NaN, low: NaN, high: NaN },
    ]);
    expect(searched(ends, 5, () => 1).findings[0].statement).toMatch(/which is below 20$/);
  });

  it('takes expressions in n, names of lines as the file writes them, and draws', async () => {
    const lines = specOf({ d: [5, 10], activation: ['sigmoid', 'tanh'], tolerance: ['1/n^3'] });
    const { cells, findings, summaries } = searched(lines, 6);
    expect(cells.every(({ settings }) => settings['tolerance'] === Number(settings['n']) ** -3)).toBe(true);
    expect(findings.at(-1)?.statement).toBe('exponent a of n ∝ d^a, tanh');
    for (const make of studyExperiment(lines).figures(summaries, {}))
      expect((await renderFigure(make())).svg).toContain('tanh');
  });
});
