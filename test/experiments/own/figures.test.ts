import { describe, expect, it } from 'vitest';
import { studyExperiment } from '../../../src/experiments/own/experiment.js';
import { ordinalMap } from '../../../src/experiments/plots.js';
import type { FigureSpec, StudySpec } from '../../../src/experiments/own/spec.js';
import type { Figure } from '../../../src/experiments/spec.js';
import { drawFigure, renderFigure } from '../../../src/report/figures.js';
import { performInProcess } from '../inProcess.js';

function specOf(grid: StudySpec['grid'], figures: readonly FigureSpec[], measures: readonly string[] = []): StudySpec {
  return {
    title: 'a study',
    description: '',
    grid: { d: [4], n: [200], iterations: [30], ...grid },
    trials: 3,
    measures,
    figures,
  };
}

function figuresOf(spec: StudySpec): readonly Figure[] {
  return performInProcess(studyExperiment(spec), {}).figures;
}

function distinct(figure: Figure, field: string): unknown[] {
  return [...new Set(figure.rows.map((row) => row[field]))];
}

describe('figures of a study', () => {
  it('are one against n where the file wants none', () => {
    const [figure, ...others] = figuresOf(specOf({ radius: [0.1, 0.5], n: [100, '100*d'] }, []));
    expect(others).toEqual([]);
    expect(distinct(figure, 'x')).toEqual([100, 400]);
    expect(distinct(figure, 'line')).toEqual([0.1, 0.5]);
    expect(figure.title).toBe('Recovery rate against sample size n');
  });

  it('are the error over the iterations where nothing varies', () => {
    const [figure] = figuresOf(specOf({}, []));
    expect(distinct(figure, 'at')).toContain(30);
    expect(figure.caption).toContain('percentile');
  });

  it('tell apart what varies beside x, in the words of the file', () => {
    const grid = { d: [4, 8], n: ['50*d', '100*d'], start: ['sphere', 'gaussian'] };
    const [line] = figuresOf(specOf(grid, [{ kind: 'line', measure: 'finalLoss', x: 'd', facet: 'start' }]));
    expect(line.rows.length).toBe(8);
    expect(distinct(line, 'line')).toEqual(['50*d', '100*d']);
    expect(distinct(line, 'panel')).toEqual(['sphere', 'gaussian']);
    const [ratio] = figuresOf(specOf(grid, [{ kind: 'line', measure: 'finalLoss', x: 'n/d' }]));
    expect(distinct(ratio, 'x')).toEqual([50, 100]);
    expect(distinct(ratio, 'line')).toEqual(['d = 4, sphere', 'd = 4, gaussian', 'd = 8, sphere', 'd = 8, gaussian']);
  });

  it('have hues in an order for numbers, and others for names', async () => {
    const typesOf = async (grid: StudySpec['grid']): Promise<string[]> => {
      const [figure] = figuresOf(specOf({ n: [100, 200], ...grid }, [{ kind: 'line', measure: 'finalLoss', x: 'n' }]));
      const { spec } = await drawFigure(figure);
      const channels = JSON.stringify(spec).matchAll(/"color":\{[^{}]*(?:\{[^{}]*\{[^{}]*\}\}[^{}]*)?"type":"(\w+)"/g);
      return [...new Set([...channels].map(([, type]) => type))];
    };
    expect(await typesOf({ noise: [0.1, 0.2, 0.5] })).toEqual(['ordinal']);
    expect(await typesOf({ activation: ['sigmoid', 'tanh', 'erf'] })).toEqual(['nominal']);
  });

  it('hatch the tiles of a map without a cell', async () => {
    const [map] = figuresOf(
      specOf({ n: ['50*d', 400], d: [4, 8] }, [{ kind: 'heat-map', measure: 'finalLoss', x: 'n', y: 'd' }]),
    );
    expect(map.rows.filter(({ value }) => value === null).map(({ x, y }) => [x, y])).toEqual([[200, 8]]);
    expect((await drawFigure(map)).note).toContain('1 tile without a value: hatched');
  });

  it.each([
    [12, true, true],
    [30, false, false],
    [100, false, false],
  ])(
    'a map of %i columns: its tiles show numbers %s, every column has a label %s',
    async (columns, numbers, labels) => {
      const rows = Array.from({ length: columns }, (_, i) => ({ x: 1000 + i, y: 1, value: 0.125 }));
      const titles = { xTitle: 'x', yTitle: 'y', valueTitle: 'v' };
      const levels = { xNames: false, yNames: false, xLevels: columns, yLevels: 1 };
      const spec = ordinalMap({ x: 'x', y: 'y', value: 'value', ...titles, ...levels, darkAbove: 1 });
      const { svg } = await drawFigure({ name: 'map', title: '', caption: '', rows, spec });
      // The legend has the number too.
      expect(svg.split('>0.13<').length > columns).toBe(numbers);
      const [label = ''] = /<text[^>]*>1001</.exec(svg) ?? [];
      expect(!label.includes('opacity="0"')).toBe(labels);
      expect(Number(/ width="([\d.]+)"/.exec(svg)?.[1])).toBeLessThan(900);
    },
  );

  it('say what is fixed, how many training sets, and what the bars are', () => {
    const [rates, means] = figuresOf(
      specOf({ n: [100, 200], starts: [3] }, [
        { kind: 'line', measure: 'successRate', x: 'n' },
        { kind: 'line', measure: 'recoveredShare', x: 'n' },
      ]),
    );
    expect(rates.caption).toContain(
      'd = 4, iterations = 30, starts = 3, 3 training sets per point. Bars: 95 % Blaker intervals.',
    );
    expect(means.caption).toContain('intervals of the mean of bounded values (Gaffke) over training sets');
    for (const { rows } of [rates, means])
      for (const row of rows) {
        expect(row['low']).toBeGreaterThanOrEqual(0);
        expect(row['high']).toBeLessThanOrEqual(1);
      }
  });

  // What draws nothing or warns would throw.
  it.each<[string, StudySpec['grid'], FigureSpec]>([
    ['a line', { n: [100, 400] }, { kind: 'line', measure: 'medianError', x: 'n' }],
    [
      'a line in panels',
      { n: [100, 400, 800], start: ['sphere', 'ball', 'gaussian'] },
      { kind: 'line', measure: 'recoveryRate', x: 'n/d', facet: 'start', xLog: true },
    ],
    [
      'names on x',
      { activation: ['sigmoid', 'tanh'], labels: ['regression'] },
      { kind: 'line', measure: 'estimationError', x: 'activation' },
    ],
    [
      'names on x with colours and panels, and medians of too few',
      { inputs: ['gaussian', 'laplace'], start: ['sphere', 'ball'], n: [100, 200] },
      { kind: 'line', measure: 'medianError', x: 'inputs', colour: 'start', facet: 'n' },
    ],
    [
      'a map',
      { radius: [0.1, 0.5, 1], n: [100, 400] },
      { kind: 'heat-map', measure: 'recoveredShare', x: 'radius', y: 'n' },
    ],
    [
      'a map of names in panels',
      { inputs: ['gaussian', 'laplace'], n: [100, 400], start: ['sphere', 'gaussian'] },
      { kind: 'heat-map', measure: 'relativeError', x: 'inputs', y: 'n/d' },
    ],
    ['bands', { n: [100, 400] }, { kind: 'bands', measure: 'loss' }],
    [
      'bands in panels',
      { n: [100, 400], radius: [0.1, 0.3] },
      { kind: 'bands', measure: 'error', colour: 'radius', facet: 'n', xLog: false },
    ],
    [
      'bands where some runs diverge',
      { stepSize: [0.01, 1e6], activation: ['squared-relu'], labels: ['regression'] },
      { kind: 'bands', measure: 'error' },
    ],
  ])('draw %s', async (_, grid, figure) => {
    const [drawn] = figuresOf(specOf(grid, [figure]));
    const { svg } = await renderFigure(drawn);
    expect(svg).toContain('<path');
  });

  it('have no rows where nothing came out: the report says so instead of drawing an empty frame', () => {
    const [figure] = figuresOf(
      specOf({ stepSize: [1e6], activation: ['squared-relu'], labels: ['regression'] }, [
        { kind: 'bands', measure: 'error' },
      ]),
    );
    expect(figure.rows).toEqual([]);
  });

  it('refuse a measure that there is not', () => {
    expect(() => figuresOf(specOf({ n: [100, 200] }, [{ kind: 'line', measure: 'accuracy', x: 'n' }]))).toThrow(
      /recoveryRate/,
    );
    expect(() => figuresOf(specOf({}, [{ kind: 'bands', measure: 'sdN' }]))).toThrow(/one of loss, error/);
  });
});

describe('measures of a study', () => {
  it('are those that it names, those of its figures and targets, and else the usual ones', () => {
    const names = (spec: StudySpec): string[] => studyExperiment(spec).measures.map(({ name }) => name);
    expect(
      names(
        specOf(
          {},
          [
            { kind: 'bands', measure: 'error' },
            { kind: 'line', measure: 'sdN', x: 'n' },
          ],
          ['iterations', 'covered'],
        ),
      ),
    ).toEqual(['iterations', 'covered', 'sdN']);
    expect(names(specOf({}, []))).toContain('recoveryRate');
    expect(
      names({ ...specOf({}, [], ['sdN']), precision: { measure: 'estimationError', relative: 0.1, most: 100 } }),
    ).toEqual(['sdN', 'estimationError']);
  });
});
