import { countsExperiment } from './counts.js';

/** Safran and Shamir 2018 (n = k): how many starts end at spurious minima. */
export const safran2018Square = countsExperiment({
  id: 'safran2018-square',
  source: 'safran2018, result files for n = k',
  title: 'Spurious minima of ReLU networks as wide as their teacher',
  extra: 0,
  sizes: { smoke: [7], quick: [6, 7, 9, 11], paper: [6, 7, 9, 11, 13, 15, 17, 20] },
  published: new Map([
    [6, 3],
    [7, 55],
    [9, 218],
    [11, 455],
    [13, 730],
    [15, 803],
    [17, 897],
    [20, 949],
  ]),
});
