#ifndef BASIN_KERNELS_LOCAL_MOMENTS_H_
#define BASIN_KERNELS_LOCAL_MOMENTS_H_

#include <span>

#include "kernels/geometry.h"

namespace basin {

struct LocalSamples {
  size_t samples;
  size_t dimension;
  const double* inputs;  // packed: (blocks, dimension, kBlock)
  double bandwidth;
};

// The points at which moments are computed, and the arrays for the moments.
struct LocalPoints {
  size_t count;
  const double* points;  // (count, dimension)
  size_t leftOut;        // point i leaves out sample leftOut + i; no point does if leftOut >= samples
  double* shares;        // (count)
  double* means;         // (count, dimension)
  double* covariances;   // (count, dimension, dimension)
};

size_t LocalMomentsWorkspaceBytes(size_t samples, size_t dimension, size_t points);

// The moments of the samples around each point x. Weights are exp(-|X_i - x|^2 / 2 h^2), divided by the weight of the
// nearest sample. The moments are: the share of weight away from the nearest sample, the mean of X_i - x, and the
// covariance about the mean.
void LocalMoments(const LocalSamples& at, const LocalPoints& points, std::span<std::byte> workspace);

}  // namespace basin

#endif  // BASIN_KERNELS_LOCAL_MOMENTS_H_
