/**
 * Whoever is compared has the same instructions: where basin's kernels are held to AVX2, so are both OpenBLAS, NumPy's
 * loops and JAX's compiler, each by its own variable.
 */
const HELD = {
  AVX2: {
    OPENBLAS_CORETYPE: 'Haswell',
    NPY_DISABLE_CPU_FEATURES: 'AVX512_SPR AVX512_ICL X86_V4',
    XLA_FLAGS: '--xla_cpu_max_isa=AVX2',
  },
};

/** Environment variables for a vector target of basin; none for one that is the processor's best, or an older one. */
export const heldTo = (target) => HELD[target] ?? {};

/** An environment with further values; flags of XLA are added to those that are there. */
export function withFlags(environment, { XLA_FLAGS, ...more }) {
  const flags = [environment.XLA_FLAGS, XLA_FLAGS].filter((text) => text !== undefined).join(' ');
  return { ...environment, ...more, ...(flags === '' ? {} : { XLA_FLAGS: flags }) };
}
