import {
  categoryBars,
  curve,
  heatMap,
  lineWithBand,
  lineWithBars,
  percentileBands,
  tile,
  tileEdges,
} from '../../src/experiments/plots.js';
import type { CellSummary, Figure } from '../../src/experiments/spec.js';
import type { ExperimentContent, ReportContent } from '../../src/report/content.js';
import { UNKNOWN } from '../../src/statistics/estimate.js';
import { interval } from '../statistics/estimates.js';

const NS = [2000, 5000, 10_000, 20_000];

export const bars: Figure = {
  name: 'bars',
  title: 'Success rate against the sample size',
  caption: 'Share of training sets with SD_n ≤ 0.01 & more.',
  rows: [20, 40].flatMap((d) =>
    NS.map((n, i) => ({ d, n, rate: i / 3, low: Math.max(0, i / 3 - 0.1), high: Math.min(1, i / 3 + 0.1) })),
  ),
  spec: lineWithBars({
    x: 'n',
    y: 'rate',
    low: 'low',
    high: 'high',
    colour: 'd',
    xTitle: 'sample size n',
    yTitle: 'success rate',
    xLog: true,
    yDomain: [0, 1],
  }),
};

export const band: Figure = {
  name: 'band',
  title: 'Error against the sample size',
  caption: 'Mean error.',
  rows: [20, 40].flatMap((d) =>
    NS.map((n) => ({ d, n, error: Math.sqrt(d / n), low: 0.9 * Math.sqrt(d / n), high: 1.1 * Math.sqrt(d / n) })),
  ),
  spec: lineWithBand({
    x: 'n',
    y: 'error',
    low: 'low',
    high: 'high',
    colour: 'd',
    xTitle: 'n',
    yTitle: '‖Ŵ_n − W*‖_F',
    xLog: true,
    yLog: true,
    guideSlope: -0.5,
  }),
};

export const smooth: Figure = {
  name: 'smooth',
  title: 'A curve',
  caption: 'A parabola.',
  rows: Array.from({ length: 21 }, (_, i) => ({ x: i / 10, y: (i / 10) ** 2 })),
  spec: curve({ x: 'x', y: 'y', xTitle: 'x', yTitle: 'y', xReference: [1], yReference: [1] }),
};

const [DS, MS] = [
  [10, 20, 30],
  [1000, 2000, 3000],
];
const [acrossD, acrossM] = [tileEdges(DS), tileEdges(MS)];

export const map: Figure = {
  name: 'map',
  title: 'Recovery rate over two settings',
  caption: 'Share of recovered teachers.',
  rows: [
    ...DS.flatMap((d) =>
      MS.map((n) => ({
        d,
        n,
        rate: Math.min(1, n / (100 * d)),
        wrong: d === 30 && n === 1000 ? 1 : 0,
        ...tile(acrossD(d), acrossM(n)),
      })),
    ),
    ...DS.map((d) => ({ x: d, y: 80 * d, level: '50 %' })),
  ],
  spec: heatMap({
    xTitle: 'd',
    yTitle: 'n',
    value: 'rate',
    valueTitle: 'rate',
    valueDomain: [0, 1],
    large: 'light',
    marked: 'wrong',
    lines: 'level',
    linesTitle: 'boundary',
  }),
};

export const bands: Figure = {
  name: 'bands',
  title: 'Loss over iterations',
  caption: 'Percentiles over seeds.',
  rows: ['a', 'b'].flatMap((start, s) =>
    [0, 1, 2, 3].map((at) => ({
      start,
      at,
      p5: 10 ** -(at + s),
      p25: 2 * 10 ** -(at + s),
      p50: 3 * 10 ** -(at + s),
      p75: 4 * 10 ** -(at + s),
      p95: 6 * 10 ** -(at + s),
    })),
  ),
  spec: percentileBands({
    x: 'at',
    xTitle: 'iteration',
    yTitle: 'loss',
    yLog: true,
    colour: 'start',
    colourTitle: 'start',
  }),
};

export const categories: Figure = {
  name: 'categories',
  title: 'Share found by law and loss',
  caption: 'Mean share.',
  rows: ['first panel', 'second panel'].flatMap((panel, p) =>
    ['gaussian', 'laplace'].flatMap((law, l) =>
      ['L', 'G'].map((loss, s) => ({
        panel,
        law,
        loss,
        share: (1 + p + l + s) / 5,
        low: (p + l + s) / 5,
        high: s === 1 && l === 1 ? null : (2 + p + l + s) / 5,
      })),
    ),
  ),
  spec: categoryBars({
    category: 'law',
    categoryTitle: 'law of the inputs',
    series: 'loss',
    seriesTitle: 'loss',
    value: 'share',
    valueTitle: 'share',
    low: 'low',
    high: 'high',
    valueDomain: [0, 1],
    facet: 'panel',
  }),
};

/** Clip paths and gradients have ids, which Vega numbers through the life of the process. */
export const clipped: Figure = {
  ...smooth,
  name: 'clipped',
  spec: {
    data: { name: 'rows' },
    mark: {
      type: 'area',
      clip: true,
      color: {
        gradient: 'linear',
        stops: [
          { offset: 0, color: 'white' },
          { offset: 1, color: 'black' },
        ],
      },
    },
    encoding: {
      x: { field: 'x', type: 'quantitative', scale: { domain: [0.5, 1] } },
      y: { field: 'y', type: 'quantitative' },
    },
  },
};

export const cell: CellSummary = {
  settings: { K: 3, d: 20, n: 4000 },
  trials: 50,
  planned: 50,
  failed: 0,
  diverged: 0,
  measures: { successRate: interval(0.874, 0.861, 0.886), sdN: UNKNOWN },
};

export const experiment: ExperimentContent = {
  experiment: {
    id: 'fig-x',
    title: 'A <b>bold</b> title',
    paper: 'fu2018',
    source: 'fu2018, Figure 9',
    openChoices: ['Law of W* & "scale"'],
    settings: { K: { description: 'neurons', kind: 'integer', default: { smoke: 3, quick: 3, paper: 3 } } },
    measures: [
      {
        name: 'successRate',
        of: 'success',
        description: 'share with SD_n ≤ 0.01',
        estimate: () => cell.measures['successRate'],
      },
      { name: 'sdN', of: 'sdN', description: 'median of SD_n', estimate: () => cell.measures['sdN'] },
    ],
  },
  values: { K: 3 },
  cells: [cell, { ...cell, settings: { K: 3, d: 20, n: 8000 } }],
  findings: [],
  claims: [
    { id: 'c', statement: 'rate > 0.9', source: 'fu2018, Figure 9', verdict: 'undecided', ...interval(0.9, 0.8, 0.95) },
  ],
  figures: [bars, smooth],
  seconds: 75,
  problems: [],
};

export const report: ReportContent = {
  title: experiment.experiment.title,
  command: "basin reproduce fig-x --out 'a b'",
  complete: true,
  seed: 1,
  scale: 'quick',
  experiments: [experiment],
  provenance: { seed: '1', cpu: 'A & B' },
  makers: [
    {
      origin: { build: '0.1.0+ab', blas: 'Zen', openblas: '0.3.21', vector: 'AVX2', v8: '11.3', platform: 'linux x64' },
      trials: 30,
    },
  ],
};
