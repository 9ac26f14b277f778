import { dimensionFigure } from './landscapeFigure.js';
import { SECTION_3 } from './problem.js';

/** soltanolkotabi2017, Figure 2b: softplus, k = 10, against d. */
export const soltanolkotabi2017Fig2b = dimensionFigure({
  id: 'soltanolkotabi2017-fig2b',
  activation: 'softplus:10',
  published: {
    axis: 'd',
    crossing: 10.7,
    rounding: 0.005,
    allFrom: 12,
    source: 'soltanolkotabi2017, Section 3, Figure 2b',
    settings: { ...SECTION_3, starts: 10, activation: 'softplus:10', K: 10 },
  },
  K: { smoke: 4, quick: 10, paper: 10 },
  d: { smoke: [2, 4, 8], quick: [8, 9, 10, 11, 12, 13, 14], paper: [7, 8, 9, 10, 11, 12, 13, 14, 15] },
  iterations: { smoke: 2000, quick: 10_000, paper: 100_000 },
});
