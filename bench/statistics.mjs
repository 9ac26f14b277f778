/**
 * What a run's rounds say of each workload. Ratios are taken inside a round, so that drift of the machine touches both
 * sides alike.
 */

/** @typedef {{ median: number, low: number, high: number }} Spread */

/**
 * Median, lowest and highest of some rounds.
 * @param {number[]} values
 * @returns {Spread}
 */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: sorted[Math.floor((sorted.length - 1) / 2)], low: sorted[0], high: sorted.at(-1) };
}

/** Median and, in brackets, lowest and highest round. */
export function shown({ median, low, high }, digits = 1) {
  return `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

/**
 * GFLOP/s that the products alone would allow at dgemm's rate, were activation and loss still to be done beside them.
 */
export const rooflineOf = (dgemm, flops, idleSeconds) => flops / (flops / (dgemm * 1e9) + idleSeconds) / 1e9;

/** The fastest dgemm of a round, whoever ran it. */
export const peakOf = ({ dgemm }) => Math.max(...Object.values(dgemm));

/** Contenders that a user would pick for speed: a loop over starts is shown but is not what one is measured by. */
const PLAIN = 'NumPy';

function bestOf(peers) {
  return Math.max(
    ...Object.entries(peers)
      .filter(([name]) => name !== PLAIN)
      .map(([, rate]) => rate),
  );
}

/**
 * The table of a run: for each workload the spread of each column over the rounds.
 * @param {{ flops: number, name: string }[]} cases
 * @param {{ dgemm: Record<string, number>, rates: Record<string, number>, idle: Record<string, number>, read?:
 *   Record<string, number>, peers: Record<string, Record<string, number>> }[]} rounds
 *   GFLOP/s, the seconds of an iteration with a single feature in `idle`, and in `read` the rate of reading X once in an
 *   iteration over the rate at which as much memory is read
 * @returns {Record<string, Record<string, Spread>>}
 */
export function tableOf(cases, rounds) {
  const over = (value) => spread(rounds.map(value));
  return Object.fromEntries(
    cases.map(({ name, flops }) => {
      const row = {
        'GFLOP/s': over(({ rates }) => rates[name]),
        'of dgemm': over((round) => round.rates[name] / peakOf(round)),
        'of limit': over((round) => round.rates[name] / rooflineOf(peakOf(round), flops, round.idle[name])),
      };
      if (rounds.every(({ read }) => read !== undefined)) row['of read rate'] = over(({ read }) => read[name]);
      const contenders = Object.keys(rounds[0].peers[name]);
      for (const peer of contenders) row[`× ${peer}`] = over(({ rates, peers }) => rates[name] / peers[name][peer]);
      if (contenders.some((peer) => peer !== PLAIN))
        row['× best'] = over(({ rates, peers }) => rates[name] / bestOf(peers[name]));
      return [name, row];
    }),
  );
}
