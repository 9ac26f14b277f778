#ifndef BASIN_KERNELS_PACKING_H_
#define BASIN_KERNELS_PACKING_H_

#include <span>

#include "kernels/geometry.h"

namespace basin {

// Number of doubles of packed inputs.
constexpr size_t PackedSize(size_t samples, size_t dimension) { return PaddedSamples(samples) * dimension; }

// Converts row-major (samples, dimension) inputs into the packed layout in place. Each block is transposed with one
// block of scratch memory. `values` has PackedSize doubles; elements beyond the last sample become zero.
void PackInPlace(std::span<double> values, size_t samples, size_t dimension, std::span<double> scratch);

}  // namespace basin

#endif  // BASIN_KERNELS_PACKING_H_
