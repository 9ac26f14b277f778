#include "kernels/backtracking.h"

#include <algorithm>

#include "kernels/descent_rules.h"
#include "kernels/risk.h"

namespace basin {
namespace {

// Points or gradients, of one start or of all starts. Without trained output there are no output weights.
struct Arrays {
  double* weights;
  double* outputWeights;
};

Arrays TakeArrays(const Geometry& shape, size_t count, bool trainOutput, Workspace& workspace) {
  double* const weights = workspace.Take<double>(count * shape.weights());
  return {weights, trainOutput ? workspace.Take<double>(count * shape.units()) : nullptr};
}

class Batch {
 public:
  Batch(const Geometry& shape, size_t starts, bool trainOutput, Workspace& workspace)
      : shape_(shape),
        trainOutput_(trainOutput),
        candidates_(TakeArrays(shape, starts, trainOutput, workspace)),
        candidateLoss_(workspace.Take<double>(starts)),
        gradients_(TakeArrays(shape, 2 * starts, trainOutput, workspace)),
        slots_(workspace.Take<size_t>(starts)),
        running_(workspace.Take<size_t>(starts)),
        views_(workspace.Take<StartView>(starts)),
        risk_(shape, starts, trainOutput, workspace) {}

  size_t ListRunning(const Descents& state) {
    count_ = 0;
    for (size_t l = 0; l < state.starts; ++l) {
      if (state.status[l] == kRunning) running_[count_++] = l;
    }
    return count_;
  }

  // Evaluates loss and gradient at the current points of the running starts.
  void EvaluateHere(const Problem& problem, const Descents& state, const StopRule& rule) {
    for (size_t i = 0; i < count_; ++i) {
      const size_t l = running_[i];
      slots_[l] = 2 * l;
      const Arrays gradient = Gradient(slots_[l]);
      views_[i] = {state.weights + l * shape_.weights(), state.outputWeights + l * shape_.units(), state.loss + l,
                   gradient.weights, gradient.outputWeights};
    }
    risk_.Evaluate(problem, {views_, count_});
    for (size_t i = 0; i < count_; ++i) Arrive(state, rule, running_[i], views_[i]);
  }

  // Evaluates one candidate W - step * gradient of every running start. It is accepted, or the step size is halved.
  void Try(const Problem& problem, const Descents& state, const StopRule& rule) {
    for (size_t i = 0; i < count_; ++i) views_[i] = Candidate(state, running_[i]);
    risk_.Evaluate(problem, {views_, count_});
    for (size_t i = 0; i < count_; ++i) Judge(state, rule, running_[i], views_[i]);
  }

 private:
  // Start l owns slots 2 l and 2 l + 1: the gradient at its current point and the gradient at its candidate.
  Arrays Gradient(size_t slot) const {
    return {gradients_.weights + slot * shape_.weights(),
            trainOutput_ ? gradients_.outputWeights + slot * shape_.units() : nullptr};
  }

  StartView Candidate(const Descents& state, size_t l) const {
    const size_t w = l * shape_.weights();
    const size_t v = l * shape_.units();
    const Arrays here = Gradient(slots_[l]);
    const Arrays there = Gradient(slots_[l] ^ 1);
    MoveDown(state.weights + w, here.weights, state.stepSizes[l], shape_.weights(), candidates_.weights + w);
    if (trainOutput_) {
      MoveOutputDown(state, state.outputWeights + v, here.outputWeights, state.stepSizes[l], shape_.units(),
                     candidates_.outputWeights + v);
    }
    const double* const outputs = trainOutput_ ? candidates_.outputWeights : state.outputWeights;
    return {candidates_.weights + w, outputs + v, candidateLoss_ + l, there.weights, there.outputWeights};
  }

  void Judge(const Descents& state, const StopRule& rule, size_t l, const StartView& candidate) {
    ++state.iterations[l];
    // The condition is negated so that a NaN counts as no improvement.
    if (!(*candidate.loss <= state.loss[l])) {
      state.stepSizes[l] *= 0.5;
      if (IsStalled(state, rule, l)) state.status[l] = kStalled;
      return;
    }
    std::copy_n(candidate.weights, shape_.weights(), state.weights + l * shape_.weights());
    if (trainOutput_) std::copy_n(candidate.outputWeights, shape_.units(), state.outputWeights + l * shape_.units());
    slots_[l] ^= 1;
    Arrive(state, rule, l, candidate);
  }

  void Arrive(const Descents& state, const StopRule& rule, size_t l, const StartView& point) const {
    ApplyStopRules(state, rule, l, *point.loss, GradientNorm(point, shape_));
    if (state.status[l] == kRunning && IsStalled(state, rule, l)) state.status[l] = kStalled;
  }

  // True when the predicted decrease, step * |gradient|^2, is smaller than the rounding of the loss.
  static bool IsStalled(const Descents& state, const StopRule& rule, size_t l) {
    return state.stepSizes[l] * state.gradientNorm[l] * state.gradientNorm[l] <= rule.leastProgress * state.loss[l];
  }

  Geometry shape_;
  bool trainOutput_;
  Arrays candidates_;
  double* candidateLoss_;
  Arrays gradients_;
  size_t* slots_;
  size_t* running_;
  StartView* views_;
  RiskEvaluator risk_;
  size_t count_ = 0;
};

}  // namespace

size_t BacktrackingWorkspaceBytes(const Geometry& shape, size_t starts, bool trainOutput) {
  Workspace counting;
  const Batch batch(shape, starts, trainOutput, counting);
  return counting.used();
}

size_t DescendBacktracking(const Problem& problem, const Descents& state, size_t updates, const StopRule& rule,
                           const int32_t* cancel, std::span<std::byte> buffer) {
  Workspace workspace(buffer);
  Batch batch(problem.shape, state.starts, state.trainOutput, workspace);
  if (batch.ListRunning(state) == 0 || IsCancelled(cancel)) return batch.ListRunning(state);
  batch.EvaluateHere(problem, state, rule);
  for (size_t t = 0; t < updates && batch.ListRunning(state) > 0 && !IsCancelled(cancel); ++t) {
    batch.Try(problem, state, rule);
  }
  return batch.ListRunning(state);
}

}  // namespace basin
