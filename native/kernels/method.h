// One descent by an update rule on any function of k rows (src/core/kernels/landscapeContract.ts, MethodState).
#ifndef BASIN_KERNELS_METHOD_H_
#define BASIN_KERNELS_METHOD_H_

#include <algorithm>
#include <cmath>

#include "kernels/descent.h"

namespace basin {

// In the order of UPDATE_RULES of src/core/kernels/landscapeContract.ts.
struct Method {
  UpdateRule rule;
  bool unitRows;
  double stepSize;
  size_t rows;
  size_t rowLength;

  size_t weights() const { return rows * rowLength; }
};

// Advanced in place.
struct MethodState {
  double* weights;       // (rows, row length)
  double* firstMoment;   // (rows, row length)
  double* secondMoment;  // (rows, row length)
  int32_t* status;
  int32_t* iterations;
  double* loss;
  double* gradientNorm;
};

// Norm of the gradient; with unit rows, of its part tangential to their spheres.
double Stationarity(const Method& method, const double* weights, const double* gradient);

// One update of the weights from their gradient, which is overwritten.
void Update(const Method& method, const MethodState& state, double* gradient);

bool IsSet(const int32_t* cancel);

// Up to `updates` updates, each after an evaluation and the stop rules; none means one evaluation. `evaluate(weights,
// gradient)` returns the loss. Returns whether the state still runs.
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
