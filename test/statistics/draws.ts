/** Seeded draws for coverage tests (mulberry32): the same numbers on every run. */
export class Draws {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  uniform(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  binomial(trials: number, p: number): number {
    let successes = 0;
    for (let i = 0; i < trials; i++) if (this.uniform() < p) successes += 1;
    return successes;
  }
}

/** Share of `runs` intervals that contain the truth. */
export function coverage(
  runs: number,
  truth: number,
  interval: () => { readonly low: number; readonly high: number },
): number {
  let covered = 0;
  for (let run = 0; run < runs; run++) {
    const { low, high } = interval();
    if (low <= truth && truth <= high) covered += 1;
  }
  return covered / runs;
}

/** Five binomial standard errors about 95 %: what the coverage over `runs` may differ by chance. */
export function chance(runs: number): number {
  return 5 * Math.sqrt((0.95 * 0.05) / runs);
}
