#ifndef BASIN_KERNELS_DESCENT_H_
#define BASIN_KERNELS_DESCENT_H_

#include <span>

#include "kernels/geometry.h"
#include "kernels/updates.h"
#include "kernels/workspace.h"

namespace basin {

// The state of all descents of a batch, advanced in place (src/core/kernels/state.ts, DescentState).
struct Descents {
  size_t starts;
  double* weights;
  double* outputWeights;
  bool trainOutput;
  bool signOutput;    // v is replaced by its sign after every step
  double* stepSizes;  // halved by backtracking, otherwise read only
  int32_t* status;
  int32_t* iterations;
  double* firstLoss;
  double* loss;
  double* gradientNorm;
  bool backtracking = false;
  Updates updates = {};  // not with backtracking or signs of v
};

struct StopRule {
  double tolerance;
  double divergenceFactor;
  double divergenceFloor;
  double lossTolerance = -1.0;
  double leastProgress = 0.0;
};

size_t DescentWorkspaceBytes(const Geometry& shape, size_t starts, bool trainOutput, bool backtracking = false);

// Performs up to `updates` iterations of every running start. An iteration evaluates the start and applies the stop
// rules before the start moves. With `updates` = 0 there is one evaluation. Returns early when *cancel (if any) is not
// zero between iterations. Returns the number of starts that still run.
size_t Descend(const Problem& problem, const Descents& state, size_t updates, const StopRule& rule,
               const int32_t* cancel, std::span<std::byte> workspace);

size_t SampledWorkspaceBytes(const Geometry& shape, size_t starts, bool trainOutput, size_t size);

// Performs one update of every running start for each `size` of the rows, from the gradient of the mean over these
// samples. No stop rule is applied. Returns early when *cancel (if any) is not zero between updates. Returns the number
// of running starts.
size_t DescendSampled(const Problem& problem, const Descents& state, std::span<const int32_t> rows, size_t size,
                      const int32_t* cancel, std::span<std::byte> workspace);

}  // namespace basin

#endif  // BASIN_KERNELS_DESCENT_H_
