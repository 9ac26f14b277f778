// How a start moves and when it stops. Fixed steps and backtracking share these rules.
#ifndef BASIN_KERNELS_DESCENT_RULES_H_
#define BASIN_KERNELS_DESCENT_RULES_H_

#include <algorithm>
#include <cmath>

#include "kernels/descent.h"

namespace basin {

// Another thread may write the flag while it is polled here.
inline bool IsCancelled(const int32_t* cancel) {
  return cancel != nullptr && __atomic_load_n(cancel, __ATOMIC_RELAXED) != 0;
}

// to = from - stepSize gradient; `to` may be `from`.
inline void MoveDown(const double* from, const double* gradient, double stepSize, size_t count, double* to) {
  for (size_t i = 0; i < count; ++i) to[i] = from[i] - stepSize * gradient[i];
}

inline void MoveOutputDown(const Descents& state, const double* from, const double* gradient, double stepSize,
                           size_t count, double* to) {
  MoveDown(from, gradient, stepSize, count, to);
  if (!state.signOutput) return;
  for (size_t i = 0; i < count; ++i) to[i] = to[i] < 0.0 ? -1.0 : 1.0;
}

// Four interleaved sums: their order is fixed, and they are independent of each other.
inline double SumOfSquares(const double* values, size_t count) {
  double sum[4] = {0.0, 0.0, 0.0, 0.0};
  for (size_t i = 0; i < count; ++i) sum[i % 4] += values[i] * values[i];
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

// The norm over W, and over v if its gradient is given.
inline double GradientNorm(const StartView& start, const Geometry& shape) {
  double squares = SumOfSquares(start.gradient, shape.weights());
  if (start.outputGradient != nullptr) squares += SumOfSquares(start.outputGradient, shape.units());
  return std::sqrt(squares);
}

// Writes the loss and the gradient norm at the current point of start l, and stops the start if a rule applies.
inline void ApplyStopRules(const Descents& state, const StopRule& rule, size_t l, double loss, double norm) {
  state.loss[l] = loss;
  state.gradientNorm[l] = norm;
  if (std::isnan(state.firstLoss[l])) state.firstLoss[l] = loss;
  const bool isFitted = rule.lossTolerance >= 0.0 && loss <= rule.lossTolerance * state.firstLoss[l];
  const double limit = rule.divergenceFactor * std::max(state.firstLoss[l], rule.divergenceFloor);
  if (!std::isfinite(loss) || !std::isfinite(norm) || loss > limit) {
    state.status[l] = kDiverged;
  } else if (norm <= rule.tolerance || isFitted) {
    state.status[l] = kConverged;
  }
}

}  // namespace basin

#endif  // BASIN_KERNELS_DESCENT_RULES_H_
