import { describe, expect, it } from 'vitest';
import { claimTable, cellTable, formatSetting, terminalClaims, terminalTable } from '../../src/report/tables.js';
import { USUAL_WIDTH } from '../../src/report/textTable.js';
import type { ExperimentFacts } from '../../src/report/content.js';
import { cell, experiment } from './fixtures.js';

describe('the table of cells', () => {
  it('says once what all cells share, then aligns settings, trials and measures', () => {
    expect(terminalTable(experiment, USUAL_WIDTH)).toBe(
      [
        'K = 3, d = 20, trials = 50',
        '   n           successRate  sdN',
        '4000  0.874 [0.861, 0.886]    –',
        '8000  0.874 [0.861, 0.886]    –',
      ].join('\n'),
    );
  });

  it('counts failed and diverged trials only when there are any, and says what is missing', () => {
    const cells = [
      { ...cell, trials: 40, failed: 2, diverged: 0 },
      { ...cell, diverged: 3 },
    ];
    const {
      constants,
      table: { columns, rows },
    } = cellTable({ ...experiment, cells });
    expect(constants.map(({ title }) => title)).toEqual(['K', 'd', 'n']);
    expect(columns.map(({ title }) => title)).toEqual(['trials', 'failed', 'diverged', 'successRate', 'sdN']);
    expect(rows.map((row) => row.slice(0, 3))).toEqual([
      ['40/50', '2', '0'],
      ['50/50', '0', '3'],
    ]);
  });

  it('shows what settings leave out, where the experiment says it', () => {
    const cells = [
      { ...cell, settings: { n: 1 } },
      { ...cell, settings: { n: 1, radius: 0.3 } },
    ];
    const radii = (shownSettings?: ExperimentFacts['shownSettings']): string[] =>
      cellTable({
        experiment: { ...experiment.experiment, ...(shownSettings && { shownSettings }) },
        cells,
      }).table.rows.map(([radius]) => radius);
    expect(radii()).toEqual(['–', '0.3']);
    expect(radii((settings) => ({ radius: 0.1, other: 5, ...settings }))).toEqual(['0.1', '0.3']);
  });

  it('counts censored trials beside those that are done', () => {
    const {
      table: { columns, rows },
    } = cellTable({ ...experiment, cells: [{ ...cell, trials: 40, censored: 10 }, cell] });
    expect(columns.slice(0, 2).map(({ title }) => title)).toEqual(['trials', 'censored']);
    expect(rows.map((row) => row.slice(0, 2))).toEqual([
      ['40/50', '10'],
      ['50/50', '0'],
    ]);
  });

  it('keeps results in the table also where they agree', () => {
    const {
      table: { columns, rows },
    } = cellTable({ ...experiment, cells: [cell, cell] });
    expect(columns.map(({ title }) => title)).toEqual(['successRate', 'sdN']);
    expect(rows).toHaveLength(2);
  });

  it('stays a table without cells', () => {
    expect(terminalTable({ ...experiment, cells: [] }, USUAL_WIDTH)).toBe('trials  successRate  sdN');
  });
});

it('claims name verdict, statement, interval and source', () => {
  const claims = (['holds', 'fails', 'undecided'] as const).map((verdict) => ({ ...experiment.claims[0], verdict }));
  expect(terminalClaims(claims, USUAL_WIDTH)).toBe(
    [
      '✓ holds      rate > 0.9',
      '             0.900 [0.800, 0.950]  (fu2018, Figure 9)',
      '✗ fails      rate > 0.9',
      '             0.900 [0.800, 0.950]  (fu2018, Figure 9)',
      '? undecided  rate > 0.9',
      '             0.900 [0.800, 0.950]  (fu2018, Figure 9)',
    ].join('\n'),
  );
});

it('claims without a verdict say why', () => {
  const reason = 'the paper has d = 20; here d = 4';
  const claim = { ...experiment.claims[0], verdict: 'not-applicable', reason } as const;
  expect(terminalClaims([claim], USUAL_WIDTH)).toBe(
    [
      '– not applicable  rate > 0.9',
      '                  0.900 [0.800, 0.950]  (fu2018, Figure 9)',
      `                  ${reason}`,
    ].join('\n'),
  );
  expect(claimTable([claim]).rows[0].slice(0, 2)).toEqual(['– not applicable', `rate > 0.9 (${reason})`]);
});

it('settings show numbers, words and lists, long ones shortened', () => {
  expect([3, 'auto', [20, 40], undefined].map(formatSetting)).toEqual(['3', 'auto', '20, 40', '–']);
  expect(formatSetting(Array.from({ length: 61 }, (_, i) => i))).toBe('0, 1, 2, …, 60 (61 values)');
});
