// How the samples and the starts of an evaluation are cut so that the working set stays in cache. These numbers
// determine the order of every sum. They depend on the dimension of the problem alone, never on the batch.
#ifndef BASIN_KERNELS_BLOCKING_H_
#define BASIN_KERNELS_BLOCKING_H_

#include <algorithm>
#include <span>

#include "kernels/geometry.h"

namespace basin {

// A run of blocks stays in the second-level cache between the forward and the backward product.
inline constexpr size_t kRunBytes = 256 * 1024;
inline constexpr size_t kMaxRunBlocks = 16;
// The backward product adds up lanes once for each run: a run of one block would spend a third of its time on that.
inline constexpr size_t kMinRunBlocks = 2;

inline size_t BlocksPerRun(const Geometry& shape) {
  const size_t blockBytes = std::max<size_t>(shape.blockSize() * sizeof(double), 1);
  return std::clamp<size_t>(kRunBytes / blockBytes, kMinRunBlocks, kMaxRunBlocks);
}

// Starts are processed in groups that have about this many hidden units.
inline size_t StartsPerGroup(const Geometry& shape) {
  return std::max<size_t>(shape.blocking.groupUnits / std::max<size_t>(shape.units(), 1), 1);
}

inline size_t LargestGroup(const Geometry& shape, size_t starts) { return std::min(StartsPerGroup(shape), starts); }

// Calls body(first, count) for consecutive pieces of [0, total).
template <class Body>
void ForPieces(size_t total, size_t piece, const Body& body) {
  for (size_t first = 0; first < total; first += piece) body(first, std::min(piece, total - first));
}

}  // namespace basin

#endif  // BASIN_KERNELS_BLOCKING_H_
