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

// The points at which moments are taken, and where they go.
struct LocalPoints {
  size_t count;
  const double* points;  // (count, dimension)
  size_t leftOut;        // the sample that the first point leaves out, the next leaves out the next; none from `samples` on
  double* shares;        // (count)
  double* means;         // (count, dimension)
  double* covariances;   // (count, dimension, dimension)
};

size_t LocalMomentsWorkspaceBytes(size_t samples, size_t dimension, size_t points);

// The moments of the samples around each point with weights exp(-|X_i - x|^2 / 2 h^2), relative to the nearest sample's:
// the share of weight that is not where the nearest sample is, the mean of X_i - x, the covariance about the mean.
void LocalMoments(const LocalSamples& at, const LocalPoints& points, std::span<std::byte> workspace);

}  // namespace basin

#endif  // BASIN_KERNELS_LOCAL_MOMENTS_H_
