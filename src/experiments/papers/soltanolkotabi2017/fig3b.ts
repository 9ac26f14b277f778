import { dimensionFigure } from './landscapeFigure.js';
import { SECTION_3 } from './problem.js';

/** soltanolkotabi2017, Figure 3b: quadratic, k = 5, against d. */
export const soltanolkotabi2017Fig3b = dimensionFigure({
  id: 'soltanolkotabi2017-fig3b',
  activation: 'quadratic',
  published: {
    axis: 'd',
    crossing: 25.4,
    rounding: 0.005,
    source: 'soltanolkotabi2017, Section 3, Figure 3b',
    settings: { ...SECTION_3, starts: 10, activation: 'quadratic', K: 5 },
  },
  K: { smoke: 3, quick: 5, paper: 5 },
  d: {
    smoke: [2, 6, 10],
    quick: [18, 22, 24, 26, 28, 30, 34],
    paper: [18, 20, 21, 22, 23, 24, 25, 26, 27, 28, 30, 32, 34],
  },
  iterations: { smoke: 2000, quick: 20_000, paper: 100_000 },
  choices: ['Width: the text says k = 5, the caption k = 10; the text’s is taken.'],
});
