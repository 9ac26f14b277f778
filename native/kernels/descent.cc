#include "kernels/descent.h"

#include <algorithm>
#include <cmath>

#include "kernels/risk.h"

namespace basin {
namespace {

// Another thread may write the flag while we poll it.
bool IsCancelled(const int32_t* cancel) {
  return cancel != nullptr && __atomic_load_n(cancel, __ATOMIC_RELAXED) != 0;
}

// Four interleaved sums: their order is fixed and they do not wait for each other.
double SumOfSquares(const double* values, size_t count) {
  double sum[4] = {0.0, 0.0, 0.0, 0.0};
  for (size_t i = 0; i < count; ++i) sum[i % 4] += values[i] * values[i];
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

void StepDown(double* point, const double* gradient, size_t count, double stepSize) {
  for (size_t i = 0; i < count; ++i) point[i] -= stepSize * gradient[i];
}

void ReplaceBySigns(double* values, size_t count) {
  for (size_t i = 0; i < count; ++i) values[i] = values[i] < 0.0 ? -1.0 : 1.0;
}

class Batch {
 public:
  Batch(const Geometry& shape, size_t starts, bool trainOutput, Workspace& workspace)
      : weights_(shape.weights()),
        units_(shape.units()),
        gradient_(workspace.Take<double>(starts * shape.weights())),
        outputGradient_(trainOutput ? workspace.Take<double>(starts * shape.units()) : nullptr),
        running_(workspace.Take<size_t>(starts)),
        views_(workspace.Take<StartView>(starts)),
        risk_(shape, starts, trainOutput, workspace) {}

  size_t ListRunning(const Descents& state) {
    count_ = 0;
    for (size_t l = 0; l < state.starts; ++l) {
      if (state.status[l] != kRunning) continue;
      running_[count_] = l;
      views_[count_++] = {state.weights + l * weights_, state.outputWeights + l * units_, state.loss + l,
                          gradient_ + l * weights_, outputGradientOf(l)};
    }
    return count_;
  }

  void Evaluate(const Problem& problem) const { risk_.Evaluate(problem, {views_, count_}); }

  void ApplyStopRules(const Descents& state, const StopRule& rule) const {
    for (size_t i = 0; i < count_; ++i) Test(state, rule, running_[i]);
  }

  void Update(const Descents& state) const {
    for (size_t i = 0; i < count_; ++i) {
      if (state.status[running_[i]] == kRunning) UpdateStart(state, running_[i]);
    }
  }

 private:
  double* outputGradientOf(size_t l) const { return outputGradient_ == nullptr ? nullptr : outputGradient_ + l * units_; }

  double GradientNorm(size_t l) const {
    double squares = SumOfSquares(gradient_ + l * weights_, weights_);
    if (outputGradient_ != nullptr) squares += SumOfSquares(outputGradientOf(l), units_);
    return std::sqrt(squares);
  }

  void Test(const Descents& state, const StopRule& rule, size_t l) const {
    const double loss = state.loss[l];
    const double norm = state.gradientNorm[l] = GradientNorm(l);
    if (std::isnan(state.firstLoss[l])) state.firstLoss[l] = loss;
    const double limit = rule.divergenceFactor * std::max(state.firstLoss[l], rule.divergenceFloor);
    if (!std::isfinite(loss) || !std::isfinite(norm) || loss > limit) {
      state.status[l] = kDiverged;
    } else if (norm <= rule.tolerance) {
      state.status[l] = kConverged;
    }
  }

  void UpdateStart(const Descents& state, size_t l) const {
    StepDown(state.weights + l * weights_, gradient_ + l * weights_, weights_, state.stepSizes[l]);
    if (outputGradient_ != nullptr) {
      StepDown(state.outputWeights + l * units_, outputGradientOf(l), units_, state.stepSizes[l]);
      if (state.signOutput) ReplaceBySigns(state.outputWeights + l * units_, units_);
    }
    ++state.iterations[l];
  }

  size_t weights_;
  size_t units_;
  double* gradient_;
  double* outputGradient_;
  size_t* running_;
  StartView* views_;
  RiskEvaluator risk_;
  size_t count_ = 0;
};

}  // namespace

size_t DescentWorkspaceBytes(const Geometry& shape, size_t starts, bool trainOutput) {
  Workspace counting;
  const Batch batch(shape, starts, trainOutput, counting);
  return counting.used();
}

size_t Descend(const Problem& problem, const Descents& state, size_t updates, const StopRule& rule,
               const int32_t* cancel, std::span<std::byte> buffer) {
  Workspace workspace(buffer);
  Batch batch(problem.shape, state.starts, state.trainOutput, workspace);
  const size_t evaluations = std::max<size_t>(updates, 1);
  for (size_t t = 0; t < evaluations && batch.ListRunning(state) > 0 && !IsCancelled(cancel); ++t) {
    batch.Evaluate(problem);
    batch.ApplyStopRules(state, rule);
    if (updates > 0) batch.Update(state);
  }
  return batch.ListRunning(state);
}

}  // namespace basin
