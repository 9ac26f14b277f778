/**
 * Coverage of every kind of interval by simulation: `node bench/coverage.mjs [runs]` prints the tables of
 * docs/derivations/statistics.md. Rates are summed exactly over all counts; the rest takes its numbers from a seeded
 * generator, so that the tables are the same each time.
 */
import { logisticCrossing } from '../dist/statistics/crossing.js';
import { SeededDraws } from '../dist/statistics/draws.js';
import { deviation, rootMeanSquare } from '../dist/statistics/deviations.js';
import { mean, meanShare, median, positiveMean } from '../dist/statistics/means.js';
import { quantile } from '../dist/statistics/quantiles.js';
import { normalQuantileOf } from '../dist/statistics/estimate.js';
import { binomialRate } from '../dist/statistics/rates.js';
import { ratioOf } from '../dist/statistics/ratio.js';
import { powerLawExponent, weightedSlope } from '../dist/statistics/regression.js';
import { boundaryExponent } from '../dist/statistics/scaling.js';
import { unseenClasses, unseenMass } from '../dist/statistics/unseen.js';

const RUNS = Number(process.argv[2] ?? 2000);
const SIZES = [3, 5, 10, 20, 50];
const draws = new SeededDraws('coverage');
const [uniform, normal] = [() => draws.uniform(), () => draws.normal()];
const coin = (p) => () => (uniform() < p ? 1 : 0);
const binomial = (n, p) => Array.from({ length: n }, coin(p)).reduce((sum, one) => sum + one, 0);
const sample = (n, draw) => Float64Array.from({ length: n }, draw);
const covers = ({ low, high }, truth) => low <= truth && truth <= high;

/** Share of runs whose interval has the truth; an unknown end counts as no interval, and their share stands beside. */
function coverage(truth, estimate, runs = RUNS) {
  let [hits, unknown] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const interval = estimate();
    if (Number.isNaN(interval.low) || Number.isNaN(interval.high)) unknown += 1;
    else if (covers(interval, truth)) hits += 1;
  }
  if (unknown === runs) return 'none';
  const text = ((100 * hits) / (runs - unknown)).toFixed(1);
  return unknown > 0 ? `${text} (${((100 * unknown) / runs).toFixed(0)} none)` : text;
}

function row(kind, law, cells) {
  console.log(`| ${[kind, law, ...cells].join(' | ')} |`);
}

function exactRates() {
  const choose = (n, k) => Array.from({ length: k }, (_, i) => (n - i) / (i + 1)).reduce((a, b) => a * b, 1);
  const at = (n, p) =>
    Array.from({ length: n + 1 }, (_, k) =>
      covers(binomialRate(k, n), p) ? choose(n, k) * p ** k * (1 - p) ** (n - k) : 0,
    ).reduce((a, b) => a + b, 0);
  const grid = Array.from({ length: 199 }, (_, i) => (i + 1) / 200);
  const tables = SIZES.map((n) => grid.map((p) => at(n, p)));
  row(
    'rate',
    'mean over p',
    tables.map((all) => ((100 * all.reduce((a, b) => a + b, 0)) / all.length).toFixed(1)),
  );
  row(
    '',
    'least over p',
    tables.map((all) => (100 * Math.min(...all)).toFixed(1)),
  );
}

const BOUNDED = {
  'ten starts that agree, 0.9': [coin(0.9), 0.9],
  'ten starts that agree, 0.98': [coin(0.98), 0.98],
  'ten independent starts, ½': [() => binomial(10, 0.5) / 10, 0.5],
  'ten independent starts, 0.95': [() => binomial(10, 0.95) / 10, 0.95],
  'half agree': [() => [0, 0.5, 0.5, 1][Math.floor(4 * uniform())], 0.5],
  uniform: [uniform, 0.5],
  'one in 20 at the cap': [() => (uniform() < 0.05 ? 1 : 0.01 + 0.002 * uniform()), 0.05 + 0.95 * 0.011],
};
const POSITIVE = {
  'normal, CV 0.1': [() => 10 + normal(), 10],
  'uniform from 0': [uniform, 0.5],
  exponential: [() => -Math.log(uniform()), 1],
  'lognormal, σ = 0.5': [() => Math.exp(0.5 * normal()), Math.exp(0.125)],
  'lognormal, σ = 1': [() => Math.exp(normal()), Math.exp(0.5)],
  'lognormal, σ = 2': [() => Math.exp(2 * normal()), Math.exp(2)],
  'one in 20 tenfold': [() => (uniform() < 0.05 ? 10 : 1) * (1 + 0.1 * normal()), 1.45],
};
const ANY = {
  normal: [normal, 0],
  uniform: [uniform, 0.5],
  'difference of exponentials': [() => Math.log(uniform() / uniform()), 0],
  exponential: [() => -Math.log(uniform()), 1],
};

/** Laws with their standard deviation and root mean square. */
const SPREADS = {
  normal: [normal, 1, 1],
  uniform: [uniform, Math.sqrt(1 / 12), Math.sqrt(1 / 3)],
  exponential: [() => -Math.log(uniform()), 1, Math.SQRT2],
  'lognormal, σ = 0.5': [() => Math.exp(0.5 * normal()), Math.exp(0.125) * Math.sqrt(Math.expm1(0.25)), Math.exp(0.25)],
  'lognormal, σ = 1': [() => Math.exp(normal()), Math.exp(0.5) * Math.sqrt(Math.expm1(1)), Math.E],
};
const spreadsOf = (which) =>
  Object.fromEntries(Object.entries(SPREADS).map(([law, [draw, ...truths]]) => [law, [draw, truths[which]]]));

function laws(kind, estimator, all, runs) {
  Object.entries(all).forEach(([law, [draw, truth]], i) =>
    row(
      i === 0 ? kind : '',
      law,
      SIZES.map((n) => coverage(truth, () => estimator(sample(n, draw)), runs)),
    ),
  );
}

const skewed = () => Math.exp(2 * normal());

function ratio(n) {
  const of = (scale) => positiveMean(sample(n, () => scale * Math.exp(0.5 * normal())));
  return ratioOf(of(3), of(1));
}

function slope(n) {
  const x = [1, 2, 3, 4, 5, 6];
  const cells = x.map((at) => mean(sample(n, () => 2 - 0.5 * at + normal())));
  return weightedSlope(
    x,
    cells.map(({ value }) => value),
    cells.map(({ low, high }) => (high - low) / (2 * normalQuantileOf())),
  ).slope;
}

function exponent(n) {
  return powerLawExponent(
    [20, 40, 80, 160].map((x) => ({
      x,
      estimate: positiveMean(sample(n, () => x ** -0.5 * Math.exp(0.5 * normal()))),
    })),
  );
}

const success = (logit) => 1 / (1 + Math.exp(-logit));

function crossing(n, steepness) {
  const x = [1, 2, 3, 4, 5];
  return logisticCrossing(
    x,
    x.map((at) => binomial(n, success(steepness * (at - 2.8)))),
    x.map(() => n),
  ).crossing;
}

function boundary(n) {
  return boundaryExponent(
    [10, 20, 40].flatMap((d) =>
      [25, 50, 100, 200].map((ratioN) => ({
        d,
        n: d * ratioN,
        trials: n,
        successes: binomial(n, success(2 * Math.log(ratioN / 70))),
      })),
    ),
  );
}

row(
  'interval',
  'law',
  SIZES.map((n) => `n = ${n}`),
);
row(
  '---',
  '---',
  SIZES.map(() => '---'),
);
exactRates();
laws('share, bounded mean', meanShare, BOUNDED, RUNS / 2);
laws('positive mean', positiveMean, POSITIVE);
laws('mean', mean, ANY);
row(
  'median',
  'lognormal, σ = 2',
  SIZES.map((n) => coverage(1, () => median(sample(n, skewed)))),
);
row(
  'quantile ¼',
  'the same',
  SIZES.map((n) => coverage(Math.exp(-2 * 0.6744897501960817), () => quantile(0.25)(sample(n, skewed)))),
);
laws('standard deviation', deviation, spreadsOf(0));
laws('root mean square', rootMeanSquare, spreadsOf(1));
row(
  'ratio of means',
  'lognormal, σ = 0.5',
  SIZES.map((n) => coverage(3, () => ratio(n))),
);
row(
  'slope',
  'six cells, normal',
  SIZES.map((n) => coverage(-0.5, () => slope(n))),
);
row(
  'power law',
  'four cells, lognormal, σ = 0.5',
  SIZES.map((n) => coverage(-0.5, () => exponent(n))),
);
row(
  'crossing (n50)',
  'five cells, slope 1.5 a step',
  SIZES.map((n) => coverage(2.8, () => crossing(n, 1.5))),
);
row(
  '',
  'slope 4 a step',
  SIZES.map((n) => coverage(2.8, () => crossing(n, 4))),
);
row(
  'boundary',
  'three d, four n each',
  SIZES.map((n) => coverage(1, () => boundary(n), RUNS / 5)),
);

/** Laws of classes: their probabilities. */
const equal = (count) => Array.from({ length: count }, () => 1 / count);
const normalised = (weights) => {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / sum);
};
const CLASSES = {
  'one of 1': [1],
  '0.78, 0.21, 0.01': [0.78, 0.21, 0.01],
  '30 equal': equal(30),
  '300 equal': equal(300),
  '3000 equal': equal(3000),
  'geometric, ratio 0.8': normalised(Array.from({ length: 100 }, (_, i) => 0.8 ** i)),
  '1/i, i to 1000': normalised(Array.from({ length: 1000 }, (_, i) => 1 / (i + 1))),
  'a half, and 44 with 1/88 each': [0.5, ...Array.from({ length: 44 }, () => 1 / 88)],
};
const DRAWS = [20, 100, 500];

function drawn(probabilities, n) {
  const edges = [];
  probabilities.reduce((sum, p) => (edges.push(sum + p), sum + p), 0);
  const counts = new Map();
  for (let i = 0; i < n; i++) {
    const u = uniform();
    const at = edges.findIndex((edge) => u < edge);
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  const unseen = probabilities.filter((_, at) => !counts.has(at));
  return { counts: [...counts.values()], mass: unseen.reduce((sum, p) => sum + p, 0), classes: unseen.length };
}

function unseenCells(probabilities, estimate, truth) {
  return DRAWS.map((n) => {
    let hits = 0;
    for (let run = 0; run < RUNS / 2; run++) {
      const sample = drawn(probabilities, n);
      if (covers(estimate(sample.counts), sample[truth])) hits += 1;
    }
    return ((200 * hits) / RUNS).toFixed(1);
  });
}

console.log();
row(
  'interval',
  'probabilities',
  DRAWS.map((n) => `n = ${n}`),
);
row(
  '---',
  '---',
  DRAWS.map(() => '---'),
);
const KINDS = [
  ['unseen mass', unseenMass, 'mass'],
  ['unseen classes, at least', unseenClasses, 'classes'],
];
for (const [kind, estimate, truth] of KINDS)
  Object.entries(CLASSES).forEach(([name, law], i) =>
    row(i === 0 ? kind : '', name, unseenCells(law, estimate, truth)),
  );
