#ifndef BASIN_KERNELS_PACKING_H_
#define BASIN_KERNELS_PACKING_H_

#include <span>

#include "kernels/geometry.h"

namespace basin {

// Doubles that packed inputs take.
constexpr size_t PackedSize(size_t samples, size_t dimension) { return PaddedSamples(samples) * dimension; }

// Turns row-major (samples, dimension) inputs into the packed layout in their own memory: each block is transposed
// with one block of scratch. `values` has PackedSize doubles; what lies beyond the last sample becomes zero.
void PackInPlace(std::span<double> values, size_t samples, size_t dimension, std::span<double> scratch);

}  // namespace basin

#endif  // BASIN_KERNELS_PACKING_H_
