import { widthFigure } from './landscapeFigure.js';
import { SECTION_3 } from './problem.js';

/** soltanolkotabi2017, Figure 3a: quadratic, d = 20, against k. */
export const soltanolkotabi2017Fig3a = widthFigure({
  id: 'soltanolkotabi2017-fig3a',
  activation: 'quadratic',
  published: {
    axis: 'K',
    crossing: 5.5,
    rounding: 0.05,
    source: 'soltanolkotabi2017, Section 3, Figure 3a',
    settings: { ...SECTION_3, starts: 10, activation: 'quadratic', d: 20 },
  },
  K: { smoke: [1, 3, 6], quick: [3, 4, 5, 6, 7, 8, 9], paper: [2, 3, 4, 5, 6, 7, 8, 9, 10] },
  d: { smoke: 6, quick: 20, paper: 20 },
  iterations: { smoke: 2000, quick: 20_000, paper: 100_000 },
  choices: [
    'Dimension: the text says d = 20, the caption d = 10; the text’s counts fit its crossing, k d − k(k−1)/2 passes n = 100 between k = 5 and 6.',
  ],
});
