import { describe, expect, it } from 'vitest';
import { studyExperiment } from '../../../src/experiments/own/experiment.js';
import type { FigureSpec, StudySpec } from '../../../src/experiments/own/spec.js';
import type { Figure, FigureRow } from '../../../src/experiments/spec.js';
import { drawFigure } from '../../../src/report/figures.js';
import { mean } from '../../../src/statistics/means.js';
import { rate } from '../../../src/statistics/rates.js';
import { performInProcess } from '../inProcess.js';

const FIGURES: readonly FigureSpec[] = [
  { kind: 'nested-loop', measure: 'finalLoss', loops: ['n', 'd'], colour: 'start' },
  { kind: 'zip', measure: 'finalLoss', error: 'finalLoss*sqrt(2/n)', truth: 'noise^2/2' },
  { kind: 'difference', measure: 'gap', x: 'n', colour: 'd' },
  { kind: 'scatter', measure: 'finalLoss', against: 'relativeError', colour: 'n' },
  { kind: 'scatter', points: 'trials', measure: 'finalLoss', against: 'log(relativeError)', facet: 'd' },
  {
    kind: 'vega-lite',
    title: 'mine',
    spec: {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      mark: 'point',
      encoding: {
        x: { field: 'n', type: 'quantitative' },
        y: { field: 'sdN_low', type: 'quantitative' },
        color: { field: 'setting_iterations', type: 'nominal' },
      },
    },
  },
];

const SPEC: StudySpec = {
  title: 'kinds',
  description: '',
  grid: { d: [3, 4], n: [20, 40], start: ['sphere', 'gaussian'], starts: [2], noise: [0.2], iterations: [20] },
  trials: 6,
  measures: [],
  differences: { gap: { of: 'finalLoss', statistic: 'mean', between: { start: ['gaussian', 'sphere'] } } },
  figures: FIGURES,
};

const { figures, outcomes, cells } = performInProcess(studyExperiment(SPEC), {});
const of = ({ rows }: Figure, kind: string): readonly FigureRow[] => rows.filter((row) => row['kind'] === kind);
const lossesOf = (at: number): number[] => outcomes[at].map(({ measures }) => measures['finalLoss']);

describe('figures of single trials and of many cells', () => {
  it.each(FIGURES.map(({ kind }, at) => [kind, at] as const))('%s is drawn', async (_, at) => {
    expect((await drawFigure(figures[at])).svg).not.toMatch(/NaN|undefined/);
  });

  it('a nested loop has its cells in the order of the loops', () => {
    const values = of(figures[0], 'value').filter((row) => row['line'] === 'sphere');
    expect(values.map((row) => [row['n'], row['d'], Math.floor(Number(row['at']))])).toEqual([
      [20, 3, 0],
      [20, 4, 1],
      [40, 3, 2],
      [40, 4, 3],
    ]);
    const steps = of(figures[0], 'loop').filter((row) => row['setting'] === 'd');
    expect(steps.map((row) => row['step'])).toEqual([0, 0, 1, 1, 0, 0, 1, 1]);
  });

  it('a zip plot sorts by the distance in standard errors, and counts what covers the truth', () => {
    const [band] = of(figures[1], 'coverage');
    const rows = of(figures[1], 'trial').filter((row) => row['panel'] === band['panel']);
    const { n } = cells[0].settings;
    const distances = lossesOf(0).map((loss) => Math.abs(loss - 0.02) / (loss * Math.sqrt(2 / Number(n))));
    const order = [...distances.keys()].sort((a, b) => distances[a] - distances[b]);
    expect(rows.map((row) => row['trial'])).toEqual(order);
    for (const row of rows)
      expect(row['covers'] === 'covers the truth').toBe(Number(row['low']) <= 0.02 && 0.02 <= Number(row['high']));
    const { value, low, high } = rate(Float64Array.from(distances, (one) => (one <= 1.959964 ? 1 : 0)));
    expect(band).toMatchObject({
      truth: 0.2 ** 2 / 2,
      coverage: 100 * value,
      coverageLow: 100 * low,
      coverageHigh: 100 * high,
    });
  });

  it('a difference is that of the same training sets, with the interval of its mean', () => {
    const at = (start: string): number =>
      cells.findIndex(({ settings: { d = 3, n, start: one = 'sphere' } }) => d === 3 && n === 20 && one === start);
    const [gaussian, sphere] = [lossesOf(at('gaussian')), lossesOf(at('sphere'))];
    const { value, low, high } = mean(Float64Array.from(gaussian, (loss, trial) => loss - sphere[trial]));
    const [point] = of(figures[2], 'point').filter((row) => row['x'] === 20 && row['line'] === 3);
    expect(point).toMatchObject({ value, low, high, trials: 6 });
  });

  it('a scatter plot has a point for each cell with both intervals, or for each trial', () => {
    expect(figures[3].rows).toHaveLength(8);
    const { finalLoss, relativeError } = cells[0].measures;
    expect(figures[3].rows[0]).toMatchObject({
      x: relativeError.value,
      xLow: relativeError.low,
      value: finalLoss.value,
    });
    expect(figures[4].rows).toHaveLength(48);
    expect(figures[4].rows[0]).toMatchObject({ x: Math.log(outcomes[0][0].measures['relativeError']), trial: 0 });
  });

  it('a spec of the user has the table of cells, with the measures that it draws', () => {
    expect(figures[5].rows).toHaveLength(8);
    expect(figures[5].rows[0]).toMatchObject({
      n: 20,
      trials: 6,
      setting_iterations: 20,
      sdN: cells[0].measures['sdN'].value,
    });
  });

  it('a spec that Vega-Lite does not take is one line', async () => {
    const mine = {
      kind: 'vega-lite',
      spec: { mark: 'point', encoding: { x: { field: 'n', type: 'quantitaive' } } },
    } as const;
    const [figure] = performInProcess(studyExperiment({ ...SPEC, trials: 1, figures: [mine] }), {}).figures;
    await expect(drawFigure(figure)).rejects.toThrow(/^figure study-fig1: Invalid .*$/);
  });
});
