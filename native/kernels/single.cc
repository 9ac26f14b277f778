#include "kernels/single.h"

#include <algorithm>

#include "kernels/descent_rules.h"
#include "kernels/risk.h"

namespace basin {
namespace {

struct Parts {
  Parts(const Geometry& shape, size_t starts, bool trainOutput, Workspace& workspace)
      : views(workspace.Take<StartView>(starts)), losses(workspace.Take<double>(starts)), risk(shape, starts, trainOutput, workspace) {}

  StartView* views;
  double* losses;
  RiskEvaluatorOf<float> risk;
};

StartView ViewOf(const Geometry& shape, const SingleDescents& state, size_t l, double* loss) {
  double* const outputGradient = state.outputGradient == nullptr ? nullptr : state.outputGradient + l * shape.units();
  return {state.weights + l * shape.weights(), state.outputWeights + l * shape.units(), loss,
          state.gradient + l * shape.weights(), outputGradient};
}

void Look(const Geometry& shape, const SingleDescents& state, const StartView& at, size_t l) {
  state.leastNorm[l] = std::min(state.leastNorm[l], GradientNorm(at, shape));
  if (at.loss != nullptr) state.largestLoss[l] = std::max(state.largestLoss[l], *at.loss);
}

void Move(const Geometry& shape, const SingleDescents& state, const StartView& at, size_t l) {
  double* const w = state.weights + l * shape.weights();
  MoveDown(w, at.gradient, state.stepSizes[l], shape.weights(), w);
  if (at.outputGradient == nullptr) return;
  double* const v = state.outputWeights + l * shape.units();
  MoveDown(v, at.outputGradient, state.stepSizes[l], shape.units(), v);
}

}  // namespace

size_t SingleWorkspaceBytes(const Geometry& shape, size_t starts, bool trainOutput) {
  Workspace counting;
  const Parts parts(shape, starts, trainOutput, counting);
  return counting.used();
}

void DescendSingle(const ProblemOf<float>& problem, const SingleDescents& state, size_t updates, const int32_t* cancel,
                   std::span<std::byte> buffer) {
  Workspace workspace(buffer);
  const Parts parts(problem.shape, state.starts, state.outputGradient != nullptr, workspace);
  const std::span<StartView> views(parts.views, state.starts);
  const bool bounded = problem.loss == Loss::kCrossEntropy;
  for (size_t l = 0; l < state.starts; ++l) views[l] = ViewOf(problem.shape, state, l, bounded ? nullptr : parts.losses + l);
  if (updates == 0) parts.risk.Evaluate(problem, views);
  for (size_t t = 0; t < updates && !IsCancelled(cancel); ++t) {
    parts.risk.Evaluate(problem, views);
    for (size_t l = 0; l < state.starts; ++l) {
      Look(problem.shape, state, views[l], l);
      Move(problem.shape, state, views[l], l);
    }
  }
}

}  // namespace basin
