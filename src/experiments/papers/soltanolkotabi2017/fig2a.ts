import { widthFigure } from './landscapeFigure.js';
import { SECTION_3 } from './problem.js';

/** soltanolkotabi2017, Figure 2a: softplus, d = 10, against k. */
export const soltanolkotabi2017Fig2a = widthFigure({
  id: 'soltanolkotabi2017-fig2a',
  activation: 'softplus:10',
  published: {
    axis: 'K',
    crossing: 11.4,
    rounding: 0.005,
    allFrom: 13,
    source: 'soltanolkotabi2017, Section 3, Figure 2a',
    settings: { ...SECTION_3, starts: 10, activation: 'softplus:10', d: 10 },
  },
  K: { smoke: [2, 4, 8], quick: [8, 9, 10, 11, 12, 13, 14], paper: [7, 8, 9, 10, 11, 12, 13, 14, 15, 16] },
  d: { smoke: 4, quick: 10, paper: 10 },
  iterations: { smoke: 2000, quick: 10_000, paper: 100_000 },
});
