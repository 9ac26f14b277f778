/**
 * Seeded random numbers for resampling: a function of the seed text alone. A counter goes through two rounds of a
 * 32-bit finaliser (Murmur3's), keyed by the seed. This is sufficient for the some 10⁵ numbers of an interval.
 */
export class SeededDraws {
  readonly #key: number;
  #counter = 0;
  #spare = Number.NaN;

  constructor(seed: string) {
    this.#key = hash(seed);
  }

  /** Uniform on (0, 1), 53 bits. */
  uniform(): number {
    const high = this.#word() >>> 5;
    const low = this.#word() >>> 6;
    return (high * 2 ** 26 + low + 0.5) * 2 ** -53;
  }

  /** N(0, 1) by Box–Muller. */
  normal(): number {
    if (!Number.isNaN(this.#spare)) {
      const spare = this.#spare;
      this.#spare = Number.NaN;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /**
   * Gamma of a shape ≥ 1 and scale 1.
   * Source: Marsaglia and Tsang, ACM Trans. Math. Softw. 26 (2000) 363.
   */
  gamma(shape: number): number {
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(this.uniform()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  #word(): number {
    this.#counter += 1;
    return finalise(finalise(this.#counter ^ this.#key) + this.#key);
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return state >>> 0;
}

function finalise(word: number): number {
  let w = word;
  w = Math.imul(w ^ (w >>> 16), 0x85ebca6b);
  w = Math.imul(w ^ (w >>> 13), 0xc2b2ae35);
  return (w ^ (w >>> 16)) >>> 0;
}
