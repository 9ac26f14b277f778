/** Random numbers by counter. */
/**
 * Where a stream's numbers come from: Philox4x32-10 with this key and the 128-bit counter
 * (block low, block high, `trial`, `purpose`). Block b gives four 32-bit words.
 */
export interface StreamAddress {
  /** two unsigned 32-bit words */
  readonly key: readonly [number, number];
  readonly trial: number;
  readonly purpose: number;
}

export interface RandomKernels {
  /**
   * One block of Philox4x32-10 (Salmon et al. 2011), for known-answer tests: 4 words from a 4-word counter and 2-word
   * key.
   */
  philox(counter: Uint32Array, key: Uint32Array): Uint32Array;
  /**
   * Fills `out` with uniforms on (0, 1). Two per block: u₀ from words (0, 1), u₁ from words (2, 3), each
   * u = ((hi·2³² + lo) >> 11 + ½)·2⁻⁵³ with lo the earlier word. `firstBlock` is the index of the first block used.
   */
  uniforms(address: StreamAddress, firstBlock: number, out: Float64Array): void;
  /** Fills `out` with N(0,1) by Box–Muller on those pairs: √(−2 ln u₀)·(cos 2πu₁, sin 2πu₁). Two per block. */
  normals(address: StreamAddress, firstBlock: number, out: Float64Array): void;
  /**
   * Fills `out` with N(0,1) in float32, for samples that are drawn in every step: Box–Muller on u = (⌊w/2⌋ + ½)·2⁻³¹ of
   * the words w (0, 1), then (2, 3). Four per block. Implementations agree within some units in the last place.
   */
  singleNormals(address: StreamAddress, firstBlock: number, out: Float32Array): void;
}
