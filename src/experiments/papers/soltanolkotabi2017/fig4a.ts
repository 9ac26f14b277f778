import { randomLabels } from './randomLabels.js';

/** soltanolkotabi2017, Figure 4a: softplus on random labels, d = 10. */
export const soltanolkotabi2017Fig4a = randomLabels({
  id: 'soltanolkotabi2017-fig4a',
  source: 'soltanolkotabi2017, Section 3, Figure 4a',
  activation: 'softplus:10',
  d: { smoke: 4, quick: 10, paper: 10 },
  K: { smoke: [2, 6, 12], quick: [5, 8, 10, 12, 15, 20, 30], paper: [5, 8, 10, 12, 15, 20, 30] },
});
