/**
 * Looks at claims (`--until decided`) by simulation: how often some look misses the truth, and how often a study ends with
 * a wrong verdict, at looks of 20, 40, 80 … trials. `node bench/looks.mjs [runs] [looks]` prints the table of
 * docs/derivations/statistics.md, from a seeded generator.
 */
import { SeededDraws } from '../dist/statistics/draws.js';
import { atLevel } from '../dist/statistics/estimate.js';
import { mean, meanShare, median, positiveMean } from '../dist/statistics/means.js';
import { rate } from '../dist/statistics/rates.js';
import { powerLawExponent } from '../dist/statistics/regression.js';
import { levelOfLook } from '../dist/statistics/sequences.js';
import { verdictWithin } from '../dist/statistics/verdict.js';

const [RUNS = 2000, LOOKS = 8] = process.argv.slice(2).map(Number);
const FIRST = 20;
const draws = new SeededDraws('looks');
const lognormal = (sigma) => () => Math.exp(sigma * draws.normal());
const coin = (p) => () => (draws.uniform() < p ? 1 : 0);
const exponential = () => -Math.log(1 - draws.uniform());

const slope = (values) => {
  const sizes = [1, 2, 4, 8];
  return powerLawExponent(
    sizes.map((x, i) => ({ x, estimate: positiveMean(values.filter((_, at) => at % 4 === i).map((y) => y / x)) })),
  );
};

/** Kind, law, draw of one trial, estimator, truth. */
const CASES = [
  ['rate', 'p = 0.5', coin(0.5), rate, 0.5],
  ['', 'p = 0.9', coin(0.9), rate, 0.9],
  ['', 'p = 0.99', coin(0.99), rate, 0.99],
  ['share', 'uniform', () => draws.uniform(), meanShare, 0.5],
  ['mean', 'normal', () => draws.normal(), mean, 0],
  ['', 'exponential', exponential, mean, 1],
  ['positive mean', 'lognormal, σ = 0.5', lognormal(0.5), positiveMean, Math.exp(0.125)],
  ['', 'lognormal, σ = 1', lognormal(1), positiveMean, Math.exp(0.5)],
  ['median', 'lognormal, σ = 1', lognormal(1), median, 1],
  ['power law', 'four cells, lognormal, σ = 0.5', lognormal(0.5), slope, -1],
];

const covers = ({ low, high }, truth) => low <= truth && truth <= high;

/** One study: whether each look at its own level, and at 95 %, has the truth; and its verdicts on both sides of it. */
function study(draw, estimate, truth) {
  const values = Float64Array.from({ length: FIRST * 2 ** (LOOKS - 1) }, draw);
  const missed = { spent: false, naive: false, wrong: false };
  for (let look = 1; look <= LOOKS; look++) {
    const seen = values.subarray(0, FIRST * 2 ** (look - 1));
    const found = atLevel(levelOfLook(look), () => estimate(seen));
    missed.spent ||= !covers(found, truth);
    missed.naive ||= !covers(estimate(seen), truth);
    // The claim that it is above its true value, which is on the edge: no verdict is right.
    missed.wrong ||= verdictWithin(found, { low: truth, high: Infinity }) === 'fails';
  }
  return missed;
}

console.log('| estimate | law | some look misses | at 95 % each | says `fails` at the edge |');
console.log('| --- | --- | --- | --- | --- |');
for (const [kind, law, draw, estimate, truth] of CASES) {
  const runs = Array.from({ length: RUNS }, () => study(draw, estimate, truth));
  const share = (of) => ((100 * runs.filter((run) => run[of]).length) / RUNS).toFixed(1);
  console.log(`| ${[kind, law, share('spent'), share('naive'), share('wrong')].join(' | ')} |`);
}
