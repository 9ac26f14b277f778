#ifndef BASIN_KERNELS_SINGLE_H_
#define BASIN_KERNELS_SINGLE_H_

#include <span>

#include "kernels/geometry.h"
#include "kernels/workspace.h"

namespace basin {

// Descents with gradients in floats and points in doubles, so that steps below the last place of a float still add up.
struct SingleDescents {
  size_t starts;
  double* weights;          // (starts, rows, row length)
  double* outputWeights;    // (starts, units): moved if outputGradient is given
  const double* stepSizes;  // (starts)
  double* gradient;         // (starts, rows, row length)
  double* outputGradient;   // (starts, units) or null
  double* leastNorm;        // (starts): minimum of itself and the gradient norm at every point before a step
  double* largestLoss;      // (starts): likewise the maximum of the losses; not for cross entropy, which is bounded
};

size_t SingleWorkspaceBytes(const Geometry& shape, size_t starts, bool trainOutput);

// Performs exactly `updates` steps of every start; with `updates` = 0 it computes the gradient at the current point. No
// rule stops a start, and a step that is not finite is made too. Returns early when *cancel (if any) is not zero
// between steps.
void DescendSingle(const ProblemOf<float>& problem, const SingleDescents& state, size_t updates, const int32_t* cancel,
                   std::span<std::byte> workspace);

}  // namespace basin

#endif  // BASIN_KERNELS_SINGLE_H_
