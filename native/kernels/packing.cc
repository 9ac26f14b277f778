#include "kernels/packing.h"

#include <algorithm>

namespace basin {
namespace {

void TransposeBlock(std::span<double> block, size_t dimension, std::span<double> scratch) {
  std::copy(block.begin(), block.end(), scratch.begin());
  for (size_t j = 0; j < dimension; ++j) {
    for (size_t i = 0; i < kBlock; ++i) block[j * kBlock + i] = scratch[i * dimension + j];
  }
}

}  // namespace

void PackInPlace(std::span<double> values, size_t samples, size_t dimension, std::span<double> scratch) {
  std::fill(values.begin() + static_cast<std::ptrdiff_t>(samples * dimension), values.end(), 0.0);
  const size_t size = kBlock * dimension;
  for (size_t b = 0; b < BlocksFor(samples); ++b) TransposeBlock(values.subspan(b * size, size), dimension, scratch);
}

}  // namespace basin
