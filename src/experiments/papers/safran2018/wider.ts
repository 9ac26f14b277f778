import { countsExperiment } from './counts.js';

/** Safran and Shamir 2018 (n = k + 1): one row more than the teacher. */
export const safran2018Wider = countsExperiment({
  id: 'safran2018-wider',
  source: 'safran2018, result files for n = k + 1',
  title: 'Spurious minima of ReLU networks with one row more than their teacher',
  extra: 1,
  sizes: { smoke: [9], quick: [11, 13], paper: [13, 15, 17, 19] },
  published: new Map([
    [13, 15],
    [15, 102],
    [17, 233],
    [19, 491],
  ]),
});
