// One descent by an update rule, on any function of k rows (src/core/kernels/landscapeContract.ts, MethodState).
#ifndef BASIN_KERNELS_METHOD_H_
#define BASIN_KERNELS_METHOD_H_

#include <algorithm>
#include <cmath>

#include "kernels/descent.h"
#include "kernels/updates.h"

namespace basin {

struct Method {
  Updates updates;  // of one start
  bool unitRows;
  double stepSize;
  size_t rows;
  size_t rowLength;

  size_t weights() const { return rows * rowLength; }
};

// The state of the descent, advanced in place.
struct MethodState {
  double* weights;  // (rows, row length)
  int32_t* status;
  int32_t* iterations;
  double* loss;
  double* gradientNorm;
};

// Norm of the gradient. With unit rows it is the norm of the part tangential to their spheres.
double Stationarity(const Method& method, const double* weights, const double* gradient);

// Updates the weights once from their gradient, and overwrites the gradient.
void Update(const Method& method, const MethodState& state, double* gradient);

bool IsSet(const int32_t* cancel);

// Performs up to `updates` updates, each after an evaluation and the stop rules. With `updates` = 0 there is one
// evaluation. `evaluate(weights, gradient)` returns the loss. Returns whether the descent still runs.
template <class Evaluate>
bool DescendBy(const Method& method, const MethodState& state, size_t updates, double tolerance, const int32_t* cancel,
               double* gradient, const Evaluate& evaluate) {
  const size_t evaluations = std::max<size_t>(updates, 1);
  for (size_t t = 0; t < evaluations && *state.status == kRunning && !IsSet(cancel); ++t) {
    *state.loss = evaluate(state.weights, gradient);
    *state.gradientNorm = Stationarity(method, state.weights, gradient);
    if (!std::isfinite(*state.loss) || !std::isfinite(*state.gradientNorm)) {
      *state.status = kDiverged;
    } else if (*state.gradientNorm <= tolerance) {
      *state.status = kConverged;
    } else if (updates > 0) {
      Update(method, state, gradient);
    }
  }
  return *state.status == kRunning;
}

}  // namespace basin

#endif  // BASIN_KERNELS_METHOD_H_
