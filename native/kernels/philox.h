#ifndef BASIN_KERNELS_PHILOX_H_
#define BASIN_KERNELS_PHILOX_H_

#include <array>
#include <cstdint>
#include <span>

namespace basin {

// Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011, section 3.3) with one key. Block b of a stream is the output of the
// generator for the counter (b low, b high, trial, purpose).
struct Stream {
  std::array<uint32_t, 2> key;
  uint32_t trial;
  uint32_t purpose;
};

std::array<uint32_t, 4> Philox(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key);

// Two numbers per block. out[i] depends on the stream, firstBlock and i alone, not on the length of `out`.
void FillUniforms(const Stream& stream, uint64_t firstBlock, std::span<double> out);
void FillNormals(const Stream& stream, uint64_t firstBlock, std::span<double> out);

// Four numbers per block, from 31 bits each, in the precision of floats: for samples that are drawn in every step.
void FillSingleNormals(const Stream& stream, uint64_t firstBlock, std::span<float> out);

}  // namespace basin

#endif  // BASIN_KERNELS_PHILOX_H_
