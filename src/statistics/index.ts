/** `@basin-lab/basin/statistics`: estimates with intervals, tests and curves, as studies make them; pure functions. */
export { CONFIDENCE, exact, UNKNOWN, type Estimate, type Interval, type Noted } from './estimate.js';
export { mean, meanShare, median, positiveMean } from './means.js';
export { boundedMean } from './bounded.js';
export { binomialRate, rate } from './rates.js';
export { percentileBand, quantile, type PercentileBand } from './quantiles.js';
export { meanSequence, medianSequence, rateSequence, trialsForRate } from './sequences.js';
export { logisticCrossing, type Crossing } from './crossing.js';
export { powerLawExponent, weightedSlope, type LineFit, type PowerPoint } from './regression.js';
export { censoredSlope, type SidedPoint } from './censored.js';
export { ratioOf } from './ratio.js';
export { pairedTest, unpairedTest } from './meanTests.js';
export { fisherTest, signTest } from './countTests.js';
export { holm } from './holm.js';
export { unseenClasses, unseenMass } from './unseen.js';
export { verdictWithin, type Region, type Verdict } from './verdict.js';
