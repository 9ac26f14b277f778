// The instruction sets that are compiled; one is chosen at run time. This file is included before any Highway header.
// The sets are AVX2 and AVX-512 on x86 and NEON on Arm; the scalar target is the fallback for older machines. Vectors
// without a fixed length (SVE, RVV) cannot be held in register tiles.
#ifndef BASIN_KERNELS_SIMD_TARGETS_H_
#define BASIN_KERNELS_SIMD_TARGETS_H_

#define HWY_DISABLED_TARGETS \
  (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)

#endif  // BASIN_KERNELS_SIMD_TARGETS_H_
