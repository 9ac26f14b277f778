/** `@basin-lab/basin/statistics`: estimates with intervals, tests and curves, as studies make them; pure functions. */
export { CONFIDENCE, exact, UNKNOWN, type Estimate, type Interval, type Noted } from '../statistics/estimate.js';
export { mean, meanShare, median, positiveMean } from '../statistics/means.js';
export { boundedMean } from '../statistics/bounded.js';
export { binomialRate, rate } from '../statistics/rates.js';
export { percentileBand, quantile, type PercentileBand } from '../statistics/quantiles.js';
export { meanSequence, medianSequence, rateSequence, trialsForRate } from '../statistics/sequences.js';
export { logisticCrossing, type Crossing } from '../statistics/crossing.js';
export { powerLawExponent, weightedSlope, type LineFit, type PowerPoint } from '../statistics/regression.js';
export { censoredSlope, type SidedPoint } from '../statistics/censored.js';
export { ratioOf } from '../statistics/ratio.js';
export { pairedTest, unpairedTest } from '../statistics/meanTests.js';
export { fisherTest, signTest } from '../statistics/countTests.js';
export { holm } from '../statistics/holm.js';
export { verdictWithin, type Region, type Verdict } from '../statistics/verdict.js';
