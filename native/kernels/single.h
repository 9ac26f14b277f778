#ifndef BASIN_KERNELS_SINGLE_H_
#define BASIN_KERNELS_SINGLE_H_

#include <span>

#include "kernels/geometry.h"
#include "kernels/workspace.h"

namespace basin {

// Descents whose gradients are made in floats and whose points stay doubles: steps below a float's last place add up.
struct SingleDescents {
  size_t starts;
  double* weights;          // (starts, rows, row length)
  double* outputWeights;    // (starts, units): moved where outputGradient is given
  const double* stepSizes;  // (starts)
  double* gradient;         // (starts, rows, row length)
  double* outputGradient;   // (starts, units) or null
  double* leastNorm;        // (starts): lowered to the gradient norm of every point that a step leaves
  double* largestLoss;      // (starts): raised to its loss; not by cross entropy, which is bounded
};

size_t SingleWorkspaceBytes(const Geometry& shape, size_t starts, bool trainOutput);

// Exactly `updates` steps of every start, or, with no updates, the gradient where it stands. No rule stops a start; a
// step that is not finite is made like any other. Returns early when *cancel (if any) is not zero between steps.
void DescendSingle(const ProblemOf<float>& problem, const SingleDescents& state, size_t updates, const int32_t* cancel,
                   std::span<std::byte> workspace);

}  // namespace basin

#endif  // BASIN_KERNELS_SINGLE_H_
