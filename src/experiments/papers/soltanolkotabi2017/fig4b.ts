import { randomLabels } from './randomLabels.js';

/** soltanolkotabi2017, Figure 4b: quadratic on random labels, d = 20. */
export const soltanolkotabi2017Fig4b = randomLabels({
  id: 'soltanolkotabi2017-fig4b',
  source: 'soltanolkotabi2017, Section 3, Figure 4b',
  activation: 'quadratic',
  d: { smoke: 6, quick: 20, paper: 20 },
  K: { smoke: [1, 3, 8], quick: [2, 3, 4, 5, 6, 7, 8, 10], paper: [2, 3, 4, 5, 6, 7, 8, 10, 12, 15] },
});
