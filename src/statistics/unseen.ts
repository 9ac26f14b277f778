/**
 * What a sample of classes does not show: the probability of the classes that are not in it, and how many there are at
 * least. `counts`: how often each class was seen; `total`: all draws, of which some may belong to no class. Derivation
 * and coverage: docs/derivations/statistics.md.
 */
import { currentLevel, positiveError, UNKNOWN, type Estimate } from './estimate.js';

/** The probability of missing at each end. */
const tail = (): number => (1 - currentLevel()) / 2;
/** Values of y in the mixture, by the arcsine law on (0, 1). */
const POINTS = Array.from({ length: 64 }, (_, j) => Math.sin((Math.PI * (j + 0.5)) / 128) ** 2);
const HALVINGS = 52;
/** Pairs of a and b: b by the arcsine law, a = t√2b with 0 < t < 1 by the same, and −log(1 − a²/2b). */
const BETS = POINTS.filter((_, j) => j % 4 === 2).flatMap((b, _, points) =>
  points.map((t) => ({ a: t * Math.sqrt(2 * b), b, rate: -Math.log1p(-(t ** 2)) })),
);

/**
 * Probability M that the next draw is of a class not seen: Good and Turing's f₁/n, f₁ the classes seen once of n draws.
 * The ends are where the mean over y of e^{ynM} Π_c (1 − y^c), c the counts, reaches 1/2.5 %: 0 < y < 1 for the upper
 * end, −½ < y < 0 for the lower. For independent draws of any law each term has the mean 1 at the true M.
 * @throws RangeError unless the counts are whole numbers above 0 whose sum is at most `total`
 * Source: Good, Biometrika 40 (1953) 237; error: Esty, Ann. Statist. 11 (1983) 905; ends: derived here.
 */
export function unseenMass(counts: readonly number[], total = sumOf(counts)): Estimate {
  requireCounts(counts, total);
  if (total === 0) return { ...UNKNOWN, low: 0, high: 1 };
  const [once, twice] = [1, 2].map((times) => seen(counts, times));
  const value = once / total;
  const isExcluded = (largest: number): ((mass: number) => boolean) => {
    const terms = POINTS.map((point) => ({ y: largest * point, log: logProduct(counts, largest * point) }));
    return (mass) => meanOfExponentials(terms.map(({ y, log }) => y * total * mass + log)) >= 1 / tail();
  };
  const [above, below] = [isExcluded(1), isExcluded(-1 / 2)];
  return {
    value,
    low: Math.min(value, boundary(below, 0, 1)),
    high: Math.max(value, boundary(above, 1, 0)),
    mcse: positiveError(Math.sqrt(once * (1 - value) + 2 * twice) / total),
    sd: Number.NaN,
  };
}

/**
 * At least how many classes are unseen: Chao's (1 − 1/n) f₁²/2f₂, or (1 − 1/n) f₁(f₁ − 1)/2 where f₂ = 0; f₁ and f₂ are
 * the classes seen once and twice. Where all unseen classes are equally likely this is their expected number, otherwise
 * it is less. The lower end is where the mean over a and b of (1 − a²/2b)^N (1 + a)^f₁ (1 − b)^f₂ reaches 1/2.5 %. The
 * upper end is infinite, since a law may have any number of rare classes.
 * @throws RangeError as `unseenMass`
 * Source: Chao, Scand. J. Statist. 11 (1984) 265; lower end: derived here.
 */
export function unseenClasses(counts: readonly number[], total = sumOf(counts)): Estimate {
  requireCounts(counts, total);
  const [once, twice] = [1, 2].map((times) => seen(counts, times));
  const factor = total === 0 ? 0 : 1 - 1 / total;
  const value = factor * (twice > 0 ? once ** 2 / (2 * twice) : (once * Math.max(0, once - 1)) / 2);
  const terms = BETS.map(({ a, b, rate }) => ({ rate, log: once * Math.log1p(a) + twice * Math.log1p(-b) }));
  const isExcluded = (number: number): boolean =>
    meanOfExponentials(terms.map(({ rate, log }) => log - rate * number)) >= 1 / tail();
  return { ...UNKNOWN, value, low: boundary(isExcluded, 0, Math.max(value, 1)), high: Infinity };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function seen(counts: readonly number[], times: number): number {
  return counts.filter((count) => count === times).length;
}

function requireCounts(counts: readonly number[], total: number): void {
  const wrong = counts.find((count) => !(Number.isInteger(count) && count > 0));
  if (wrong !== undefined) throw new RangeError(`counts must be whole numbers above 0, got ${String(wrong)}`);
  const sum = sumOf(counts);
  if (!(Number.isInteger(total) && total >= sum))
    throw new RangeError(`the total must be a whole number, at least the ${sum} counted, got ${String(total)}`);
}

function logProduct(counts: readonly number[], y: number): number {
  return counts.reduce((sum, count) => sum + Math.log1p(-(y ** count)), 0);
}

function meanOfExponentials(logs: readonly number[]): number {
  const largest = Math.max(...logs);
  return Math.exp(largest) * (logs.reduce((sum, log) => sum + Math.exp(log - largest), 0) / logs.length);
}

/** Where a condition that holds at one end ceases to hold, or that end where it does not hold there. */
function boundary(holds: (x: number) => boolean, end: number, other: number): number {
  if (!holds(end)) return end;
  let [inside, outside] = [end, other];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (inside + outside) / 2;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}
