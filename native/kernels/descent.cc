#include "kernels/descent.h"

#include <algorithm>
#include <limits>

#include "kernels/backtracking.h"
#include "kernels/descent_rules.h"
#include "kernels/risk.h"

namespace basin {
namespace {

class Batch {
 public:
  Batch(const Geometry& shape, size_t starts, bool trainOutput, Workspace& workspace)
      : shape_(shape),
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
      views_[count_++] = {state.weights + l * shape_.weights(), state.outputWeights + l * shape_.units(),
                          state.loss + l, gradient_ + l * shape_.weights(), outputGradientOf(l)};
    }
    return count_;
  }

  // Computing the loss costs logarithms. It is skipped where no rule can act on it: the loss is at most `largest`, and
  // `largest` is below the limit of divergence.
  void DropIdleLosses(const Descents& state, const StopRule& rule, double largest) const {
    if (rule.lossTolerance >= 0.0) return;
    for (size_t i = 0; i < count_; ++i) {
      const size_t l = running_[i];
      const bool known = state.loss[l] <= largest;
      if (known && largest <= rule.divergenceFactor * state.firstLoss[l]) views_[i].loss = nullptr;
    }
  }

  void DropLosses() const {
    for (size_t i = 0; i < count_; ++i) views_[i].loss = nullptr;
  }

  void Evaluate(const Problem& problem) const { risk_.Evaluate(problem, {views_, count_}); }

  void Test(const Descents& state, const StopRule& rule) const {
    for (size_t i = 0; i < count_; ++i) {
      const size_t l = running_[i];
      ApplyStopRules(state, rule, l, state.loss[l], GradientNorm(views_[i], shape_));
    }
  }

  // A start that has stopped reports the loss at its current point.
  void FillDroppedLosses(const Problem& problem, const Descents& state) const {
    for (size_t i = 0; i < count_; ++i) {
      const size_t l = running_[i];
      if (state.status[l] == kRunning || views_[i].loss != nullptr) continue;
      views_[i].loss = state.loss + l;
      risk_.Evaluate(problem, {views_ + i, 1});
    }
  }

  void Update(const Descents& state) const {
    for (size_t i = 0; i < count_; ++i) {
      if (state.status[running_[i]] == kRunning) UpdateStart(state, running_[i]);
    }
  }

 private:
  double* outputGradientOf(size_t l) const {
    return outputGradient_ == nullptr ? nullptr : outputGradient_ + l * shape_.units();
  }

  void UpdateStart(const Descents& state, size_t l) const {
    const double made = static_cast<double>(state.iterations[l]);
    const double stepSize = state.stepSizes[l] * state.updates.Factor(state.iterations[l]);
    const size_t variables = shape_.weights() + (outputGradient_ == nullptr ? 0 : shape_.units());
    const Moments moments = state.updates.moments.From(l * variables);
    double* const w = state.weights + l * shape_.weights();
    double* const gradient = gradient_ + l * shape_.weights();
    Turn(state.updates, moments, &made, 1, shape_.weights(), gradient);
    MoveDown(w, gradient, stepSize, shape_.weights(), w);
    if (outputGradient_ != nullptr) {
      double* const v = state.outputWeights + l * shape_.units();
      Turn(state.updates, moments.From(shape_.weights()), &made, 1, shape_.units(), outputGradientOf(l));
      MoveOutputDown(state, v, outputGradientOf(l), stepSize, shape_.units(), v);
    }
    ++state.iterations[l];
  }

  Geometry shape_;
  double* gradient_;
  double* outputGradient_;
  size_t* running_;
  StartView* views_;
  RiskEvaluator risk_;
  size_t count_ = 0;
};

// Some samples of a training set, packed like a training set of their own.
class Sampled {
 public:
  Sampled(const Geometry& shape, size_t size, Workspace& workspace)
      : inputs_(workspace.Take<double>(PaddedSamples(size) * shape.dimension)), labels_(workspace.Take<double>(size)) {}

  static Geometry ShapeOf(const Geometry& shape, size_t size) {
    Geometry sampled = shape;
    sampled.samples = size;
    return sampled;
  }

  Problem Take(const Problem& from, std::span<const int32_t> rows) const {
    const size_t dimension = from.shape.dimension;
    std::fill_n(inputs_ + rows.size() / kBlock * kBlock * dimension, (rows.size() % kBlock ? kBlock : 0) * dimension, 0.0);
    for (size_t i = 0; i < rows.size(); ++i) {
      const size_t row = static_cast<size_t>(rows[i]);
      const double* const x = from.inputs + row / kBlock * kBlock * dimension + row % kBlock;
      double* const to = inputs_ + i / kBlock * kBlock * dimension + i % kBlock;
      for (size_t j = 0; j < dimension; ++j) to[j * kBlock] = x[j * kBlock];
      labels_[i] = from.labels[row];
    }
    Problem sampled = from;
    sampled.shape = ShapeOf(from.shape, rows.size());
    sampled.inputs = inputs_;
    sampled.labels = labels_;
    return sampled;
  }

 private:
  double* inputs_;
  double* labels_;
};

}  // namespace

size_t SampledWorkspaceBytes(const Geometry& shape, size_t starts, bool trainOutput, size_t size) {
  Workspace counting;
  const Sampled sampled(shape, size, counting);
  const Batch batch(Sampled::ShapeOf(shape, size), starts, trainOutput, counting);
  return counting.used();
}

size_t DescendSampled(const Problem& problem, const Descents& state, std::span<const int32_t> rows, size_t size,
                      const int32_t* cancel, std::span<std::byte> buffer) {
  Workspace workspace(buffer);
  const Sampled sampled(problem.shape, size, workspace);
  Batch batch(Sampled::ShapeOf(problem.shape, size), state.starts, state.trainOutput, workspace);
  for (size_t first = 0; first < rows.size() && batch.ListRunning(state) > 0 && !IsCancelled(cancel); first += size) {
    batch.DropLosses();
    batch.Evaluate(sampled.Take(problem, rows.subspan(first, size)));
    batch.Update(state);
  }
  return batch.ListRunning(state);
}

size_t DescentWorkspaceBytes(const Geometry& shape, size_t starts, bool trainOutput, bool backtracking) {
  if (backtracking) return BacktrackingWorkspaceBytes(shape, starts, trainOutput);
  Workspace counting;
  const Batch batch(shape, starts, trainOutput, counting);
  return counting.used();
}

size_t Descend(const Problem& problem, const Descents& state, size_t updates, const StopRule& rule,
               const int32_t* cancel, std::span<std::byte> buffer) {
  if (state.backtracking) return DescendBacktracking(problem, state, updates, rule, cancel, buffer);
  Workspace workspace(buffer);
  Batch batch(problem.shape, state.starts, state.trainOutput, workspace);
  const size_t evaluations = std::max<size_t>(updates, 1);
  // Without weights the gradient is empty and cannot show that the loss is not a number.
  const double largest = problem.shape.weights() == 0 ? std::numeric_limits<double>::infinity() : LargestLoss(problem);
  for (size_t t = 0; t < evaluations && batch.ListRunning(state) > 0 && !IsCancelled(cancel); ++t) {
    if (t + 1 < evaluations) batch.DropIdleLosses(state, rule, largest);
    batch.Evaluate(problem);
    batch.Test(state, rule);
    batch.FillDroppedLosses(problem, state);
    if (updates > 0) batch.Update(state);
  }
  return batch.ListRunning(state);
}

}  // namespace basin
